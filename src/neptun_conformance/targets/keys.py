"""The keys that a target file may hold, read off the model.

Environment variables, suggestions for misspelt keys and the reference all come from this list,
so that none of them can drift from what is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from neptun_conformance.targets.model import Target

PREFIX = "NEPTUN_"
ITEM = "[]"  # stands in a path for any place in a list

Path = tuple[str, ...]


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


def _keys_of(model: type[BaseModel], above: Path) -> Iterator[Key]:
    for name, field in model.model_fields.items():
        path = (*above, name)
        types = list(_types(field.annotation))
        models = [part for part in types if issubclass(part, BaseModel)]
        kind = _kind([part for part in types if part not in models])
        yield Key(path, kind, field.is_required(), field.description or "")
        for part in models:
            yield from _keys_of(part, (*path, ITEM) if kind == "list" else path)


def _types(annotation: Any) -> Iterator[type]:
    """Yield the plain classes in `annotation`, None left out."""
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from _types(inner[0])
    elif get_origin(annotation) in {dict, tuple}:
        yield get_origin(annotation)
        yield from (part for part in _types(inner[0]) if part is not str)
    elif inner:
        for part in inner:
            yield from _types(part)
    elif annotation not in {type(None), ...}:
        yield annotation


def _kind(types: list[type]) -> str:
    names = {str: "text", int: "number", tuple: "list"}
    return names.get(types[0], "mapping") if types else "mapping"
