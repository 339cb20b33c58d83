"""The buttons under answers. All that they need stands in their ids and in the message."""
