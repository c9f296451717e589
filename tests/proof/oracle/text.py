"""JSON texts, read so strictly that nothing is forgiven and nothing is lost (RFC 8259)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

MOST_LEVELS = 1_000
MOST_DIGITS = 4_300
MARK = b"\xef\xbb\xbf"

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class TooMuch(Exception):
    """Common parsers refuse this text, although it may be well formed."""


class NotJson(Exception):
    """This is no JSON text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a JSON text says: of members of the same name the last one counts."""

    value: Any
    repeats: bool


def read(content: bytes) -> Text:
    """Read a JSON text; a byte order mark is passed over.

    Raises:
        NotJson: it is none.
        TooMuch: it goes beyond the limits.
    """
    try:
        text = content.removeprefix(MARK).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotJson from problem
    bare = _STRING.sub('""', text)
    if _depth(bare) > MOST_LEVELS or re.search(rf"[0-9]{{{MOST_DIGITS + 1}}}", bare):
        raise TooMuch
    repeated: list[str] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in members]
        repeated.extend(name for name in names if names.count(name) > 1)
        return dict(members)

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_float=_number, parse_constant=_refuse
        )
    except ValueError as problem:
        raise NotJson from problem
    return Text(value, bool(repeated))


def _refuse(_: str) -> NoReturn:
    raise ValueError


def _number(text: str) -> Decimal:
    """Read a number with a fraction or an exponent, unless it is too long once written out."""
    mantissa, _, power = text.lower().partition("e")
    if not re.search("[1-9]", mantissa):
        return Decimal(0)
    if len(power) > len(str(MOST_DIGITS)) + 1:
        raise TooMuch
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    point = int(power or 0)
    before = (whole + fraction[: max(point, 0)]).lstrip("0") + "0" * (point - len(fraction))
    if len(before) + max(len(fraction) - point, 0) > MOST_DIGITS:
        raise TooMuch
    return Decimal(text)


def _depth(bare: str) -> int:
    deepest = level = 0
    for character in bare:
        level += (character in "[{") - (character in "]}")
        deepest = max(deepest, level)
    return deepest


def is_whole(value: object) -> bool:
    """Tell whether a JSON value is a whole number, however it is written."""
    if isinstance(value, Decimal):
        _, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)
        return exponent >= 0 or not any(digits[exponent:])
    return isinstance(value, int) and not isinstance(value, bool)
