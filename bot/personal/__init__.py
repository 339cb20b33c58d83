"""What the bot knows of a person, told to them and erased at their wish."""
