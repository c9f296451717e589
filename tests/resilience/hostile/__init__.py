"""Servers that do what no server should: each a small named object with one line of explanation."""

from importlib import import_module

from tests.resilience.hostile.peer import BEHAVIOURS, Behaviour, Run, running

for _theme in (
    "connections",
    "framing",
    "protocols",
    "codings",
    "content",
    "certificates",
    "courses",
):
    import_module(f"tests.resilience.hostile.{_theme}")

__all__ = ["BEHAVIOURS", "Behaviour", "Run", "running"]
