"""Reads a body as JSON, strictly (RFC 8259), within bounds, and numbers for what they are.

Python's reader is generous: it takes NaN, swallows a repeated member and fails on deep nesting with
an error of its own. The suite must see all three, and must not be brought down by any. It also
rounds: 9007199254740993.0 would become another whole number, and 1e400 an infinite one.
"""

from __future__ import annotations

import json
import math
import re
import sys
import threading
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MOST_LEVELS = 1_000
MOST_DIGITS = 4_300
MOST_VALUES = 3_000_000
"""More values than this take more memory than a whole run may; 100,000 files are 800,000."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STRING = re.compile(rb'"[^"]*"')
_LONG_NUMBER = re.compile(rb"[0-9.]{%d,}" % (MOST_DIGITS + 1))
_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_NO_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"'))
_DIGITS_AS_ZEROS = bytes(48 if octet in b"0123456789." else 32 for octet in range(256))
_OWN_FRAMES = 200
_DEEP = threading.Lock()


@dataclass(frozen=True, slots=True)
class Document:
    """A body read as JSON.

    Arguments:
        value: the parsed value, None where there is none (``null`` is None, too: see ``read``).
        read: whether there is a value.
        problem: why it is not valid JSON in UTF-8.
        beyond_limits: why common parsers refuse it, in which case it is not judged further.
        byte_order_mark: whether it begins with one.
        repeated: a member name that an object holds twice.
    """

    value: Any = None
    read: bool = False
    problem: str | None = None
    beyond_limits: str | None = None
    byte_order_mark: bool = False
    repeated: str | None = None


class _NotJson(ValueError):
    pass


class _TooLong(ValueError):
    pass


def read(body: bytes) -> Document:
    """Read a body; never raises, whatever it holds."""
    marked = body.startswith(BYTE_ORDER_MARK)
    content = body[len(BYTE_ORDER_MARK) :] if marked else body
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Document(problem=f"not UTF-8 at byte {error.start}", byte_order_mark=marked)
    limit = _beyond_limits(content)
    if limit:
        return Document(beyond_limits=limit, byte_order_mark=marked)
    return _parsed(text, marked=marked)


def _parsed(text: str, *, marked: bool) -> Document:
    repeated: list[str] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            repeated.append(_first_repeated(pairs))
        return found

    try:
        value = json.loads(
            text, object_pairs_hook=members, parse_constant=_refuse, parse_float=_real
        )
    except RecursionError:
        return _parsed_deeply(text, marked=marked)
    except _TooLong:
        return Document(beyond_limits=_LONG, byte_order_mark=marked)
    except ValueError as error:
        return Document(problem=_one_line(error), byte_order_mark=marked)
    return Document(
        value=value,
        read=True,
        byte_order_mark=marked,
        repeated=repeated[0] if repeated else None,
    )


def _parsed_deeply(text: str, *, marked: bool) -> Document:
    """Parse again with room for the allowed levels; their number was counted before."""
    with _DEEP:  # the limit is one for all threads
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(limit + 2 * MOST_LEVELS + _OWN_FRAMES)
        try:
            return _parsed(text, marked=marked)
        finally:
            sys.setrecursionlimit(limit)


def _first_repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    return next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]


def _refuse(constant: str) -> None:
    raise _NotJson(f"{constant} is not JSON")


def _real(text: str) -> float | Decimal:
    """Read a number with a fraction or an exponent, without rounding it to a whole one.

    Raises:
        _TooLong: written out without an exponent it has more digits than the limit.
    """
    number = float(text)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    if not f"{whole}{fraction}".strip("0"):
        return number
    # A Decimal with a huge exponent is small, but everything that is done with it is not.
    if _digits_written_out(whole, fraction, int(exponent or 0)) > MOST_DIGITS:
        raise _TooLong
    exact = Decimal(text)
    rounded_to_whole = number.is_integer() or math.isinf(number)
    return exact if rounded_to_whole and number != exact else number


def _digits_written_out(whole: str, fraction: str, exponent: int) -> int:
    """Count the digits of a number other than zero, once its exponent has moved its point."""
    leading = whole.lstrip("0")
    before = len(leading) or len(fraction.lstrip("0")) - len(fraction)
    return max(before + exponent, 1) + max(len(fraction) - exponent, 0)


def _one_line(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg.removesuffix(' at')} at character {error.pos})"
    return str(error)


def _beyond_limits(content: bytes) -> str | None:
    """Count structure before parsing, because a parser would pay for it in memory first."""
    opening = content.count(b"[") + content.count(b"{")
    if opening + content.count(b",") > MOST_VALUES:
        return f"more than {MOST_VALUES:,} values"
    if opening > MOST_LEVELS and _levels(content) > MOST_LEVELS:
        return f"more than {MOST_LEVELS:,} levels"
    if len(content) > MOST_DIGITS and _longest_number(content) > MOST_DIGITS:
        return _LONG
    return None


_LONG = f"a number of more than {MOST_DIGITS:,} digits"


def _levels(content: bytes) -> int:
    """Return the depth of nesting, or a depth over the limit as soon as it is passed."""
    # Escapes go first: with its digits gone, the one at the end of a text would hide the quote.
    # Without them a text ends at the next quote, so that none is read twice.
    structure = _ESCAPED.sub(b"", content).translate(None, _NO_STRUCTURE).replace(b'""', b"")
    depth = deepest = 0
    for bracket in _STRING.sub(b"", structure):
        depth += 1 if bracket in b"[{" else -1
        if depth > deepest:
            deepest = depth
            if deepest > MOST_LEVELS:
                break
    return deepest


def _longest_number(content: bytes) -> int:
    if b"0" * (MOST_DIGITS + 1) not in content.translate(_DIGITS_AS_ZEROS):
        return 0
    found = _LONG_NUMBER.findall(_STRING.sub(b"", _ESCAPED.sub(b"", content)))
    return max((len(number.replace(b".", b"")) for number in found), default=0)
