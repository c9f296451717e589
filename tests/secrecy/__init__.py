"""No artifact of any command holds a secret."""
