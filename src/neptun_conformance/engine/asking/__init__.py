"""Sends the questions of a run, and settles which answers count."""
