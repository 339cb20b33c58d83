"""A question on its way to an answer on Discord."""
