"""Turns what is wrong with a target into the one line that a person can act on."""

from __future__ import annotations

from itertools import takewhile

from neptun_conformance.targets.errors import KeyProblemError, TargetError
from neptun_conformance.targets.keys import ITEM, is_secret, names_below
from neptun_conformance.targets.layers import Layer
from neptun_conformance.targets.model import Written
from neptun_conformance.targets.values import (
    AbsentError,
    NotTextError,
    Path,
    Problem,
    Problems,
    UnfitError,
    UnknownKeyError,
)

_LONGEST = 40
"""Characters of a value that are shown."""


def complaint(problems: Problems, leaves: Layer, *, default: str) -> TargetError:
    """Return the first thing that is wrong, with its key and where that came from.

    Unknown keys come first, because a misspelt key also makes a missing one. `default` is the
    origin to blame where nothing near the key was given at all.
    """
    first = min(problems, key=lambda found: not isinstance(found.error, UnknownKeyError))
    path, words = _blamed(first), _words(first)
    origin = _nearest(path, leaves) or default
    return TargetError(f"{origin}: {_dotted(path)}: {words}")


def _blamed(found: Problem) -> Path:
    cause = found.error
    return tuple(cause.key.split(".")) if isinstance(cause, KeyProblemError) else found.path


def _words(found: Problem) -> str:
    path, error, value = found.path, found.error, found.value
    if isinstance(error, KeyProblemError):
        return error.problem
    if isinstance(error, UnknownKeyError):
        return _unknown(path)
    if isinstance(error, AbsentError):
        advice = ": give --base-url, NEPTUN_BASE_URL or a target file"
        return f"{error}{advice if path == ('base_url',) else ''}"
    if value is None:
        return "has no value: give it one or remove the key"
    if isinstance(error, NotTextError):
        return f"{error}: put quotes around {'it' if is_secret(path) else _brief(value)}"
    hidden = is_secret(path) or isinstance(value, Written)  # a variable may hold a secret
    return (
        str(error)
        if hidden or not isinstance(error, UnfitError)
        else f"{error}, not {_brief(value)}"
    )


def _unknown(path: Path) -> str:
    names = names_below(_general(path[:-1]))
    import difflib

    near = difflib.get_close_matches(path[-1], names, 1)
    return (
        f"unknown key: did you mean {near[0]}?"
        if near
        else f"unknown key: known are {', '.join(names)}"
    )


def _general(path: Path) -> Path:
    return tuple(ITEM if part.isdecimal() else part for part in path)


def _dotted(path: Path) -> str:
    return ".".join(path)


def _brief(value: object) -> str:
    kinds = {
        dict: "a mapping",
        list: "a list",
        bool: str(value).lower(),
        str: f"the string {value!r}",
    }
    text = kinds.get(type(value)) or str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _nearest(path: Path, leaves: Layer) -> str | None:
    def shared(other: Path) -> int:
        pairs = zip(path, other, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    best = max(leaves, key=shared, default=())
    return leaves[best].origin if shared(best) else None
