"""Other forms of a user id, by what it is: a number, a UUID, or another text.

Databases take them for the same: numbers have signs and leading zeros, UUIDs may lack their
hyphens, and a collation may see neither letter case nor accents nor the width of a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

Form = Callable[[str], str]

_DIGITS = re.compile(r"[0-9]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WIDER = 0xFEE0
"""From a printable character of ASCII to its full-width form."""


def _of(number: Form, uuid: Form, text: Form) -> Form:
    """Return a form of whatever an id is."""

    def write(user_id: str) -> str:
        if _DIGITS.fullmatch(user_id):
            return number(user_id)
        return uuid(user_id) if _UUID.fullmatch(user_id) else text(user_id)

    return write


def _of_another_version(uuid: str) -> str:
    """Return a UUID whose version and variant RFC 9562 does not know."""
    return f"00{uuid[2:14]}0{uuid[15:19]}0{uuid[20:]}"


def _in_other_letters(text: str) -> str:
    if re.fullmatch("[A-Za-z0-9_-]+", text):
        return "No-such_User-of_this-Name-0123456789-abcdef"
    return re.sub("[a-z]", "q", re.sub("[A-Z]", "Q", re.sub("[0-9]", "9", text)))


far = _of(lambda n: str(int(n) + 2**32), _of_another_version, _in_other_letters)
"""Writes an id of nobody, past 32 bits, of no version of UUID, or long and with capitals."""


def wide(user_id: str) -> str:
    """Return an id with its letters and digits in full width."""
    return "".join(chr(ord(c) + _WIDER) if c.isascii() and c.isalnum() else c for c in user_id)


def accented(user_id: str) -> str:
    """Return an id with an accent on its first letter, or behind it where it has none."""
    letter = re.search("[A-Za-z]", user_id)
    end = letter.end() if letter else len(user_id)
    return normalize("NFC", f"{user_id[:end]}\N{COMBINING ACUTE ACCENT}{user_id[end:]}")


def _with_other_first_letter(text: str) -> str:
    return text[0].swapcase() + text[1:]


def _encoded(text: str) -> str:
    return "".join(f"%{octet:02X}" for octet in text[0].encode()) + text[1:]


FORMS: tuple[tuple[str, Form], ...] = (
    ("in other letter case, or with a sign", _of(lambda n: f"+{n}", str.swapcase, str.swapcase)),
    ("with a blank behind it", lambda user_id: f"{user_id} "),
    ("in full width", wide),
    (
        "with an accent, in braces, or with a zero before it",
        _of(lambda n: f"0{n}", lambda uuid: f"{{{uuid}}}", accented),
    ),
    (
        "with another first letter, without hyphens, or as a decimal",
        _of(lambda n: f"{n}.0", lambda uuid: uuid.replace("-", ""), _with_other_first_letter),
    ),
    (
        "with nothing of width in it, as a URN, or in hexadecimal",
        _of(
            lambda n: f"0x{int(n):x}",
            lambda uuid: f"urn:uuid:{uuid}",
            lambda text: f"{text[:1]}\N{ZERO WIDTH SPACE}{text[1:]}",
        ),
    ),
    ("percent-encoded once more", _encoded),
)
"""What is done to an id, and how; the likeliest to be taken for it first."""
