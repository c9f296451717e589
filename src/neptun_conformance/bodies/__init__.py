"""Reads the bodies of responses: pure functions from bytes to values and problems."""
