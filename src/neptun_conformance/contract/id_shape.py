"""The shape of a user id: digits, a UUID, a word, or free text.

A made-up user must look like a real one, or a server may rightly say that the id is malformed.
"""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WORD = re.compile(r"[A-Za-z][\w.-]{0,63}", re.ASCII)


def shape(user_id: str) -> str:
    """Return ``digits``, ``uuid``, ``word`` or ``free text``."""
    if user_id.isascii() and user_id.isdigit():
        return "digits"
    if _UUID.fullmatch(user_id):
        return "uuid"
    return "word" if _WORD.fullmatch(user_id) else "free text"


def same_shape(one: str, other: str) -> bool:
    """Tell whether two user ids have the same shape."""
    return shape(one) == shape(other)
