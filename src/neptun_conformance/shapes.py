"""The shape of a user id: digits, a UUID, or a word.

A made-up user must look like a real one, or a server may rightly say that the id is malformed.
"""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


def shape(user_id: str) -> str:
    """Return ``digits``, ``uuid`` or ``word``."""
    if user_id.isascii() and user_id.isdigit():
        return "digits"
    return "uuid" if _UUID.fullmatch(user_id) else "word"


def same_shape(one: str, other: str) -> bool:
    """Tell whether two user ids have the same shape."""
    return shape(one) == shape(other)
