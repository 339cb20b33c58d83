"""The library on Discord: browsing it, and the queue of suggested sources."""
