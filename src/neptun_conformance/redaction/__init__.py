"""Keeps secrets out of whatever is shown, and writes requests that can be repeated."""
