"""Pictures of what people see on Discord."""
