"""The keys that a target file may hold, read off the model.

Environment variables, suggestions for misspelt keys and the reference all come from this list,
so that none of them can drift from what is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from neptun_conformance.targets.model import Target
from neptun_conformance.targets.values import Kind, Part, Path, is_required

PREFIX = "NEPTUN_"
ITEM = "[]"  # stands in a path for any place in a list


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the target file.

    Arguments:
        path: names from the top down, `ITEM` for a place in a list.
        kind: `text`, `number`, `mapping` or `list`; a session is `text`.
        required: whether it must be there when what it belongs to is.
        description: what it is for, one sentence.
    """

    path: Path
    kind: str
    required: bool
    description: str

    @property
    def dotted(self) -> str:
        """The key as messages and documents write it."""
        return ".".join(self.path).replace(f".{ITEM}", ITEM)

    @property
    def variable(self) -> str | None:
        """The environment variable that sets it; items of lists have none."""
        return None if ITEM in self.path else PREFIX + "__".join(self.path).upper()


@cache
def keys() -> tuple[Key, ...]:
    """Return every key of the target file, in the order of the model."""
    return tuple(_keys_of(Target, ()))


def names_below(path: Path) -> list[str]:
    """Return the names that may stand directly below `path`."""
    return [key.path[-1] for key in keys() if key.path[:-1] == path]


def is_secret(path: Path) -> bool:
    """Whether values below `path` must not be shown."""
    return path[:1] in {("headers",), ("expired_session",)} or path[1:2] == ("session",)


def _keys_of(part: type[Part], above: Path) -> Iterator[Key]:
    for one in fields(part):
        path, kind = (*above, one.name), one.metadata["kind"]
        yield Key(path, kind.name, is_required(one), one.metadata["description"])
        yield from _keys_within(kind, path)


def _keys_within(kind: Kind, path: Path) -> Iterator[Key]:
    if kind.part is not None:
        yield from _keys_of(kind.part, (*path, ITEM) if kind.name == "list" else path)
