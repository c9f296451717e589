"""What takes too long for each change: a sample of it runs with each, and all of it each night."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

NIGHTLY = os.environ.get("NIGHTLY") == "1"
"""Whether all of it is to run."""

_One = TypeVar("_One")


def spread(everything: Sequence[_One], number: int) -> list[_One]:
    """Return so many of a sequence, evenly spread over it."""
    return [everything[len(everything) * n // number] for n in range(number)]
