"""Conformance suite for the chat files endpoint of the Neptun API."""

__version__ = "1.0.0"
