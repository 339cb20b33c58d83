"""How answers, their evidence and claims look on Discord."""
