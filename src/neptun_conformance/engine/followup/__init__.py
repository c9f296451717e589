"""Asks again where an answer is wrong: in the plain voice, smaller, in parts, several times."""
