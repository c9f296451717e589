"""Kinds of situation, and the covering array that gives each its voices.

In the array every kind of situation meets every level of every dimension of ``voices``, and every
level of a dimension meets every level of every other one. ``tools/make_array.py`` makes it when the
project is built; a run only reads it.
"""

from __future__ import annotations

import json
from enum import Enum
from functools import cache
from pathlib import Path

from neptun_conformance.questions.voices import DIMENSIONS, Level


class Kind(Enum):
    """What is asked by whom, as far as a server may treat it in a way of its own."""

    OWN_FILES = "an owner asks for the own chat with files"
    OWN_EMPTY = "an owner asks for the own empty chat"
    NO_SESSION = "somebody asks without a session"
    MADE_UP_SESSION = "somebody asks with an empty or a made-up session"
    ALTERED_SESSION = "somebody asks with an altered session"
    EXPIRED_SESSION = "somebody asks with an expired session"
    SESSION_ELSEWHERE = "somebody shows a session in another place than its cookie"
    ANONYMOUS_UNKNOWN = "somebody without a session asks for what does not exist"
    UNKNOWN_CHAT = "a user asks for a chat that does not exist"
    FOREIGN_CHAT = "a user asks for a foreign chat under the own id"
    FOREIGN_USER = "a user asks for an own chat under a foreign id"
    FOREIGN_PAIR = "a user asks for a foreign chat under its owner's id"
    UNKNOWN_USER = "a user asks under the id of nobody"
    NO_CHAT_NUMBER = "an owner asks for what cannot be a chat's number"
    FOREIGN_SPELLING = "a user asks for a foreign chat by another spelling of its number"


@cache
def voices_of(kind: Kind) -> tuple[tuple[Level, ...], ...]:
    """Return the voices of the array for a kind of situation, in their order.

    A voice has one level of each dimension, in the order of the dimensions.
    """
    return tuple(
        tuple(map(_level, range(len(DIMENSIONS)), row)) for row in rows()[kind.name.lower()]
    )


def _level(dimension: int, name: str) -> Level:
    return DIMENSIONS[dimension].level(name)


@cache
def rows() -> dict[str, list[list[str]]]:
    """Return the array as it is kept: names of levels by name of kind."""
    text = Path(__file__).with_name("array.json").read_text(encoding="utf-8")
    kept: dict[str, list[list[str]]] = json.loads(text)["rows"]
    return kept
