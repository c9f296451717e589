"""How long a test waits for what must come, however busy the machine is."""

PATIENCE = 600.0
"""Seconds after which a process or a thread of the tests' own hangs."""
