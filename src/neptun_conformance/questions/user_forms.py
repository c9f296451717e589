"""Other forms of a user id, by what it is: a number, a UUID, a mail address, or another text.

Databases take them for the same: numbers have signs and leading zeros, UUIDs may lack their
hyphens, and a collation may see neither letter case nor accents nor the width of a letter. Mail
comes to the same person with ``+x`` behind the name, and at some hosts whatever dots are in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize
from urllib.parse import quote

Form = Callable[[str], str]

_DIGITS = re.compile(r"[0-9]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_MAIL = re.compile(r"([^@\s/]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_WIDER = 0xFEE0
"""From a printable character of ASCII to its full-width form."""


def _of(number: Form, uuid: Form, text: Form, mail: Form | None = None) -> Form:
    """Return a form of whatever an id is; of a mail address as of a text where none is given."""

    def write(user_id: str) -> str:
        if _DIGITS.fullmatch(user_id):
            return number(user_id)
        if _MAIL.fullmatch(user_id):
            return (mail or text)(user_id)
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


_ALIKE = str.maketrans("aeocpi", "\u0430\u0435\u043e\u0441\u0440\u0456")
"""Latin letters, and Cyrillic ones that look like them."""


def _alike(text: str) -> str:
    alike = text.translate(_ALIKE)
    return alike if alike != text else f"~{text}"


def _with_other_first_letter(text: str) -> str:
    return re.sub("[A-Za-z]", lambda letter: letter[0].swapcase(), text, count=1)


def _encoded(text: str) -> str:
    return "".join(f"%{octet:02X}" for octet in text[0].encode()) + text[1:]


def _in_capitals_behind_the_at(mail: str) -> str:
    """Return an address with its domain in other letter case, in which no domain is told apart."""
    return _MAIL.sub(lambda found: f"{found[1]}@{found[2].swapcase()}", mail)


def _with_a_tag(mail: str) -> str:
    """Return an address with a tag behind its name (RFC 5233)."""
    return mail.replace("@", "+x@")


def _with_other_dots(mail: str) -> str:
    """Return an address without the dots of its name, or with one where there is none."""
    name, _, domain = mail.partition("@")
    bare = name.replace(".", "")
    return f"{bare if bare != name else f'{name[:1]}.{name[1:]}'}@{domain}"


def _with_parameter(user_id: str) -> str:
    """Return an id with a path parameter behind it (RFC 3986 section 3.3), percent-encoded."""
    return f"{quote(user_id, safe='')};v=1"


FORMS: tuple[tuple[str, Form], ...] = (
    (
        "in other letter case, or with a sign",
        _of(lambda n: f"+{n}", str.swapcase, str.swapcase, _in_capitals_behind_the_at),
    ),
    ("with a blank behind it", lambda user_id: f"{user_id} "),
    ("in full width", wide),
    (
        "with an accent, in braces, or with a zero before it",
        _of(lambda n: f"0{n}", lambda uuid: f"{{{uuid}}}", accented),
    ),
    (
        "as a decimal, without hyphens, with an at sign before it, or with a tag",
        _of(
            lambda n: f"{n}.0",
            lambda uuid: uuid.replace("-", ""),
            lambda text: f"@{text}",
            _with_a_tag,
        ),
    ),
    ("percent-encoded once more", _encoded),
)
"""What is done to an id, and how; the likeliest to be taken for it first."""

AS_A_SEGMENT: tuple[str, Form] = (
    "with a path parameter behind it, or with other dots",
    _of(
        _with_parameter,
        _with_parameter,
        _with_parameter,
        lambda mail: quote(_with_other_dots(mail), safe=""),
    ),
)
"""One more, which stands in the path as it is written here."""

RARER_FORMS: tuple[tuple[str, Form], ...] = (
    (
        "with another first letter, with letters behind it, or with underscores",
        _of(lambda n: f"{n}abc", lambda uuid: uuid.replace("-", "_"), _with_other_first_letter),
    ),
    (
        "with nothing of width in it, as a URN, or in hexadecimal",
        _of(
            lambda n: f"0x{int(n):x}",
            lambda uuid: f"urn:uuid:{uuid}",
            lambda text: f"{text[:1]}\N{ZERO WIDTH SPACE}{text[1:]}",
        ),
    ),
    ("with a line end behind it", lambda user_id: f"{user_id}\n"),
    ("with an extension", lambda user_id: f"{user_id}.json"),
    ("with what it is before it", lambda user_id: f"user_{user_id}"),
    ("with who knows it before it", lambda user_id: f"auth0|{user_id}"),
    ("with a domain before it", lambda user_id: f"DOM\\{user_id}"),
    ("in letters of another script, or with a tilde before it", _alike),
)
"""The same, less likely."""
