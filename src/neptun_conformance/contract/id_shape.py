"""The shape of a user id: digits, a UUID, a word, or text with other characters.

A made-up user must look like a real one, or a server may rightly say that the id is malformed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from neptun_conformance.contract import chat_number
from neptun_conformance.contract.chat_number import Reading

_DIGITS = re.compile(r"[0-9]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_UUID_DIGITS = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"\+?[0-9]+")


def same_shape(user_id: str, owner_id: str) -> bool:
    """Tell whether a user id has the shape of the owner's.

    Digits alone have the shape of a word where the owner's id is one. An id with other characters
    shares its shape only with what differs from it in ASCII letters or digits, each in its place.
    """
    for shape in (_DIGITS, _UUID, _WORD):
        if shape.fullmatch(owner_id):
            return shape.fullmatch(user_id) is not None
    return len(user_id) == len(owner_id) and all(map(_same_kind, user_id, owner_id))


def _same_kind(one: str, other: str) -> bool:
    return one == other or _kind(one) == _kind(other) != ""


def _kind(character: str) -> str:
    if not character.isascii():
        return ""
    return "letter" if character.isalpha() else "digit" if character.isdigit() else ""


def respells(text: str, user_id: str) -> bool:
    """Tell whether a text is a second spelling of a user id, which databases take for the same.

    Letter case, blanks around it, accents, what has no width, and other forms of a number or a UUID
    do not tell ids apart there.
    """
    if text == user_id:
        return False
    return _as_compared(text) == _as_compared(user_id) or _is_the_same_number(text, user_id)


def _is_the_same_number(text: str, user_id: str) -> bool:
    number = chat_number.read(text)
    spelled = number.reading is Reading.SPELLING and _DIGITS.fullmatch(user_id) is not None
    return spelled and str(number.value) == user_id.lstrip("0")


@lru_cache(maxsize=1024)
def _as_compared(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip())
    bare = "".join(c for c in decomposed if not _adds_nothing(c)).casefold()
    compact = bare.removeprefix("urn:uuid:").strip("{}").replace("-", "")
    if _UUID_DIGITS.fullmatch(compact):
        return compact
    return bare.lstrip("+0") or "0" if _NUMBER.fullmatch(bare) else bare


def _adds_nothing(character: str) -> bool:
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"
