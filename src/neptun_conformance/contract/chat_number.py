"""How the text of a chat id reads as a number, and so what the contract says about it.

The documentation types ``chat_id`` as a number and no more. A text may be the plain form of a
positive whole number, another spelling of one, another number, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

LARGEST = 2**53 - 1
"""The largest whole number that a double, and so every client, tells from its neighbours."""

_BLANKS = (
    " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000\ufeff"
)
_PLAIN = re.compile(r"[1-9][0-9]*")
_DECIMAL = re.compile(r"([+-]?)(\d[\d_]*|(?=\.\d))(?:\.(\d[\d_]*)?)?(?:[eE]([+-]?\d[\d_]*))?")
_BASED = re.compile(r"[+-]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)")
# No double tells digits past these apart, or holds such powers of ten: computing would only cost.
_MOST_DIGITS = 400


class Reading(Enum):
    """What a text is as a chat id."""

    PLAIN = "a positive whole number in its plain form"
    SPELLING = "another spelling of a positive whole number"
    OTHER_NUMBER = "a number that no chat can have"
    TEXT = "no number"


@dataclass(frozen=True, slots=True)
class ChatNumber:
    """A text read as a chat id; ``value`` is the positive whole number that it stands for."""

    reading: Reading
    value: int | None = None


def read(text: str) -> ChatNumber:
    """Say what ``text`` (already percent-decoded) is as a chat id."""
    if _PLAIN.fullmatch(text) and len(text) <= len(str(LARGEST)) and int(text) <= LARGEST:
        return ChatNumber(Reading.PLAIN, int(text))
    number = _value(text.strip(_BLANKS + "\t\n\v\f\r"))
    if number is None:
        return ChatNumber(Reading.TEXT)
    whole = _as_clients_see_it(number)
    if whole is None:
        return ChatNumber(Reading.OTHER_NUMBER)
    return ChatNumber(Reading.SPELLING, whole)


def _value(text: str) -> Fraction | None:
    """Return the number that a text spells, in digits of any script, None for none."""
    if _BASED.fullmatch(text):
        try:
            return Fraction(int(text, 0))
        except ValueError:
            return None
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, exponent = ((part or "").replace("_", "") for part in match.groups())
    digits = f"{whole}{fraction}".lstrip("0")
    power = int(exponent[:9] or 0) - len(fraction)
    if len(digits) > _MOST_DIGITS:
        power += len(digits) - _MOST_DIGITS
        digits = digits[:_MOST_DIGITS]
    if abs(power) > 2 * _MOST_DIGITS:
        return Fraction(0)  # Too large or too small for a double, and no chat's number either.
    magnitude = Fraction(int(digits or 0)) * Fraction(10) ** power
    return -magnitude if sign == "-" else magnitude


def _as_clients_see_it(number: Fraction) -> int | None:
    """Return the positive whole number that a double cannot tell from ``number``, or None."""
    try:
        double = float(number)
    except OverflowError:
        return None
    if not double.is_integer() or not 1 <= double <= LARGEST:
        return None
    return int(double)
