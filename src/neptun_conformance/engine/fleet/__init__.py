"""Judges many targets, each in a process of its own."""
