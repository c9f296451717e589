"""Checks of generated questions, drawn from the schema and from strategies of our own."""
