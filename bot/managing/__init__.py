"""What those who manage a server see and set."""
