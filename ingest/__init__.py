"""Reads documents of the outside world into the library."""
