"""Turns what is wrong with a target into the one line that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from neptun_conformance.targets.errors import KeyProblemError, TargetError
from neptun_conformance.targets.keys import ITEM, Path, is_secret, names_below
from neptun_conformance.targets.layers import Layer
from neptun_conformance.targets.model import SESSION_TAGS, Written

TEXTS = {
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "int_type": "must be a whole number",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "is blank",
    "string_unicode": "contains half of a surrogate pair, which is not a character",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to texts",
    "model_type": "must be a mapping",
}


def complaint(error: ValidationError, leaves: Layer, *, default: str) -> TargetError:
    """Return the first thing that is wrong, with its key and where that came from.

    Unknown keys come first, because a misspelt key also makes a missing one. `default` is the
    origin to blame where nothing near the key was given at all.
    """
    details = sorted(
        error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden"
    )
    path, problem = _problem(details[0])
    origin = _nearest(path, leaves) or default
    return TargetError(f"{origin}: {_dotted(path)}: {problem}")


def _problem(found: ErrorDetails) -> tuple[Path, str]:
    path = tuple(str(part) for part in found["loc"] if part not in SESSION_TAGS)
    context: Mapping[str, Any] = found.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, KeyProblemError):
        return tuple(cause.key.split(".", 1 if cause.key.startswith("headers.") else -1)), (
            cause.problem
        )
    if cause is not None:
        return path, str(cause)
    return path, _words(found, path, context)


def _words(found: ErrorDetails, path: Path, context: Mapping[str, Any]) -> str:
    kind, value = found["type"], found["input"]
    if kind == "extra_forbidden":
        return _unknown(path)
    if kind == "missing":
        advice = ": give --base-url, NEPTUN_BASE_URL or a target file"
        return f"is missing{advice if path == ('base_url',) else ''}"
    if value is None:
        return "has no value: give it one or remove the key"
    if kind == "string_type":
        quoted = "it" if is_secret(path) else _brief(value)
        return f"must be text: put quotes around {quoted}"
    told = TEXTS.get(kind, "is not what is expected").format(**context)
    hidden = is_secret(path) or isinstance(value, Written)  # a variable may hold a secret
    return told if hidden else f"{told}, not {_brief(value)}"


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


def _brief(value: object, *, longest: int = 40) -> str:
    kinds = {
        dict: "a mapping",
        list: "a list",
        bool: str(value).lower(),
        str: f"the string {value!r}",
    }
    text = kinds.get(type(value)) or str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _nearest(path: Path, leaves: Layer) -> str | None:
    def shared(other: Path) -> int:
        pairs = zip(path, other, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    best = max(leaves, key=shared, default=())
    return leaves[best].origin if shared(best) else None
