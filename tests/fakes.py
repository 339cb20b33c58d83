"""Small real implementations that stand in for slow ones."""
