"""How the text of a chat id reads as a number, and so what the contract says about it.

The documentation types ``chat_id`` as a number and no more. A text may be the plain form of a
positive whole number, another spelling of one, another number, or none. A spelling is whatever the
usual reader of some language takes for the number; leading zeros are decimal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from unicodedata import decimal
from urllib.parse import unquote

LARGEST = 2**53 - 1
"""The largest whole number that a double, and so every client, tells from its neighbours."""

FIRST_CHAT = 987_654_321  # fits 32 bits, and few services count that far
LONGER_CHAT = 1_987_654_321  # so does this
NOBODYS_CHAT = 6_198_765_432_107
"""A number past 32 bits that no service counts to, at no border that anybody would choose."""

_BLANKS = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_PLAIN = re.compile(r"[1-9][0-9]*")
_DECIMAL = re.compile(
    r"([+-]?)([0-9]+|(?=\.[0-9]))(?:\.([0-9]*))?"
    r"(?:[eEdDfFsSlLrR]([+-]?[0-9]+)|[eE][+-]?|[dDfF])?"
)
_HEXADECIMAL = re.compile(
    r"([+-]?)0[xX]([0-9a-fA-F]+|(?=\.[0-9a-fA-F]))(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?"
)
_BASED: tuple[tuple[str, int], ...] = (
    (r"([+-]?)0[oO]([0-7]+)", 8),
    (r"([+-]?)0[bB]([01]+)", 2),
    (r"([+-]?)0[dDuU]([0-9]+)", 10),
    (r"#[xX]([+-]?)([0-9a-fA-F]+)", 16),
    (r"#[oO]([+-]?)([0-7]+)", 8),
    (r"#[bB]([+-]?)([01]+)", 2),
    (r"#[dDeE]([+-]?)([0-9]+)", 10),
    (r"([+-]?)#([0-9a-fA-F]+)", 16),
)
_FRACTION = re.compile(r"([+-]?)([0-9]+)/([0-9]+)")
_ANY_BASE = re.compile(r"#?([0-9]{1,2})(?:(?<=#..)[rR]|(?<=#.)[rR]|')([0-9a-zA-Z]+)")
_GROUPS = re.compile(r"[0-9]+(?: [0-9]+)+")
_CHARACTER = re.compile(r"0'(.)", re.DOTALL)
_LEADING = re.compile(r"[0-9]+")
_ONLY = re.compile(r"[^0-9]*([0-9]+)[^0-9]*")
# No double tells digits past these apart, or holds such powers of ten: computing would only cost.
_MOST_DIGITS = 400


class Reading(Enum):
    """What a text is as a chat id."""

    PLAIN = "a positive whole number in its plain form"
    SPELLING = "another spelling of a positive whole number"
    SURROUNDED = "a positive whole number with text about it, which a reader may drop"
    OTHER_NUMBER = "a number that no chat can have"
    TEXT = "no number"


@dataclass(frozen=True, slots=True)
class ChatNumber:
    """A text read as a chat id; ``value`` is the positive whole number that it stands for."""

    reading: Reading
    value: int | None = None


@lru_cache(maxsize=1024)
def read(text: str) -> ChatNumber:
    """Say what ``text`` (already percent-decoded) is as a chat id."""
    if _is_plain(text):
        return ChatNumber(Reading.PLAIN, int(text))
    number = _value(text)
    if number is None and "%" in text:  # Percent-encoded twice, perhaps.
        text = unquote(text)
        number = _value(text)
    if number is None:
        return _surrounded(text)
    whole = _as_clients_see_it(number)
    if whole is None:
        return ChatNumber(Reading.OTHER_NUMBER)
    return ChatNumber(Reading.SPELLING, whole)


def _is_plain(digits: str) -> bool:
    return (
        len(digits) <= len(str(LARGEST))
        and _PLAIN.fullmatch(digits) is not None
        and int(digits) <= LARGEST
    )


def _surrounded(text: str) -> ChatNumber:
    """Read the number that a text begins with, or the only one in it (``123abc``, ``[123]``)."""
    match = _LEADING.match(text) or _ONLY.fullmatch(text)
    digits = match[match.lastindex or 0].lstrip("0") if match else ""
    if not _is_plain(digits):
        return ChatNumber(Reading.TEXT)
    return ChatNumber(Reading.SURROUNDED, int(digits))


def _value(text: str) -> Fraction | None:
    """Return the number that the usual reader of some language takes a text for, None for none."""
    character = _CHARACTER.fullmatch(text)  # Prolog's number of a character
    if character is not None:
        return Fraction(ord(character[1]))
    text = _bare(text)
    number = _in_a_base(text)
    if number is not None:
        return number
    if match := _DECIMAL.fullmatch(text):
        return _decimal(*match.groups(default=""))
    if match := _HEXADECIMAL.fullmatch(text):
        return _hexadecimal(*match.groups(default=""))
    if match := _FRACTION.fullmatch(text):
        return _fraction(*match.groups())
    return None


def _bare(text: str) -> str:
    """Return a text without blanks and parentheses around it, in ASCII digits, not grouped."""
    text = text.strip(_BLANKS)
    while text[:1] == "(" and text[-1:] == ")":
        text = text[1:-1].strip(_BLANKS)
    if not text.isascii():
        text = "".join(str(decimal(c)) if c.isdecimal() else c for c in text)
    text = text.replace("_", "")
    return text.replace(" ", "") if _GROUPS.fullmatch(text) else text


def _in_a_base(text: str) -> Fraction | None:
    for pattern, base in _BASED:
        if match := re.fullmatch(pattern, text):
            return _signed(match[1], Fraction(_whole(match[2], base)))
    if match := _ANY_BASE.fullmatch(text):
        base, digits = int(match[1]), match[2]
        if 2 <= base <= 36 and all(int(digit, 36) < base for digit in digits):
            return Fraction(_whole(digits, base))
    return None


def _whole(digits: str, base: int) -> int:
    """Return a whole number; one too large for any chat is only large."""
    digits = digits.lstrip("0")
    return base**_MOST_DIGITS if len(digits) > _MOST_DIGITS else int(digits or "0", base)


def _signed(sign: str, magnitude: Fraction) -> Fraction:
    return -magnitude if sign == "-" else magnitude


def _fraction(sign: str, above: str, below: str) -> Fraction | None:
    if max(len(above), len(below)) > _MOST_DIGITS:
        return Fraction(0)  # More digits than a double sees, and no chat's number either.
    return _signed(sign, Fraction(int(above), int(below))) if int(below) else None


def _decimal(sign: str, whole: str, fraction: str, exponent: str) -> Fraction:
    digits = f"{whole}{fraction}".lstrip("0")
    power = int(exponent[:9] or 0) - len(fraction)
    if len(digits) > _MOST_DIGITS:
        power += len(digits) - _MOST_DIGITS
        digits = digits[:_MOST_DIGITS]
    if abs(power) > 2 * _MOST_DIGITS:
        return Fraction(0)  # Likewise too large or too small.
    return _signed(sign, Fraction(int(digits or 0)) * Fraction(10) ** power)


def _hexadecimal(sign: str, whole: str, fraction: str, power: str) -> Fraction:
    digits = f"{whole}{fraction}".lstrip("0")
    shift = int(power[:9] or 0) - 4 * len(fraction)
    if len(digits) > _MOST_DIGITS or abs(shift) > 4 * _MOST_DIGITS:
        return Fraction(0)  # Likewise.
    return _signed(sign, Fraction(int(digits or "0", 16)) * Fraction(2) ** shift)


def _as_clients_see_it(number: Fraction) -> int | None:
    """Return the positive whole number that a double cannot tell from ``number``, or None."""
    try:
        double = float(number)
    except OverflowError:
        return None
    if not double.is_integer() or not 1 <= double <= LARGEST:
        return None
    return int(double)
