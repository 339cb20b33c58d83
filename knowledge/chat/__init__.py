"""Speaks with the chat model that the operator chose, within limits."""
