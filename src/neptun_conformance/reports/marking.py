"""Finds the part of a JSON text that a JSON pointer (RFC 6901) names, without changing the text.

Bodies are shown as they came, perhaps cut, with the offending part marked; a parser gives values
and not places, so this walks along the pointer and lets the parser skip what lies beside it.
"""

from __future__ import annotations

import json
import re

# Numbers stay text: Python refuses to read integers of more than 4,300 digits.
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
_BLANK = re.compile(r"[ \t\r\n]*")


def find(text: str, pointer: str | None) -> tuple[int, int] | None:
    """Return where the pointer's value begins and ends in the text.

    Where a member is missing, that is the innermost part around it that is there. None where
    there is nothing narrower to show than the whole, or where the text is no JSON up to there.
    """
    if not pointer:
        return None
    root = place = _skip(text, 0)
    try:
        for token in pointer.split("/")[1:]:
            inner = _inside(text, place, token.replace("~1", "/").replace("~0", "~"))
            if inner is None:
                break
            place = inner
        return None if place in (root, len(text)) else (place, _end(text, place))
    except (IndexError, RecursionError):
        return None


def _skip(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _end(text: str, place: int) -> int:
    """Return where the value that begins here ends; a value that was cut ends with the text."""
    try:
        return _DECODER.raw_decode(text, place)[1]
    except ValueError:
        return len(text)


def _inside(text: str, place: int, token: str) -> int | None:
    """Return where a member or item of the value that begins here begins itself."""
    opened = text[place : place + 1]
    try:
        if opened == "{":
            return _member(text, _skip(text, place + 1), token)
        if opened == "[" and re.fullmatch("[0-9]{1,9}", token):
            return _item(text, _skip(text, place + 1), int(token))
    except (ValueError, IndexError):
        return None
    return None


def _member(text: str, place: int, name: str) -> int | None:
    while text[place] == '"':
        key, place = _DECODER.raw_decode(text, place)
        value = _skip(text, _skip(text, place) + 1)
        if key == name:
            return value
        place = _skip(text, _DECODER.raw_decode(text, value)[1])
        place = _skip(text, place + 1) if text[place] == "," else place
    return None


def _item(text: str, place: int, number: int) -> int | None:
    for _ in range(number):
        place = _skip(text, _DECODER.raw_decode(text, place)[1])
        if text[place] != ",":
            return None
        place = _skip(text, place + 1)
    return place if text[place] != "]" else None
