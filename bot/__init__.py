"""Speaks with people, on Discord and in the terminal."""
