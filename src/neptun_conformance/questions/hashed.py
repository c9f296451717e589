"""Values that keep their hash: those of a run are looked up some twenty thousand times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class HashedOnce:
    """A frozen dataclass with a hash that is worked out once; a base class.

    ``dataclass`` writes a method of its own into each class, so each has to name this one:
    ``__hash__ = HashedOnce.__hash__``.
    """

    __slots__ = ("_hash",)
    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            kind: Any = type(self)
            object.__setattr__(self, "_hash", hash(_compared(kind)(self)))
            return self._hash


@cache
def _compared(kind: Any) -> Callable[[object], Any]:
    """Return what takes the compared fields of a class from one of its values."""
    return attrgetter(*(one.name for one in fields(kind) if one.compare))
