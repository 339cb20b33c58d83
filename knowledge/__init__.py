"""What Caveat knows, how it finds it, and how it cites it."""
