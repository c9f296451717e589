"""Texts and path segments (RFC 3986 section 3.3)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

_MOST_KEPT = 1024
"""Texts of a run that are worked out once: most requests name the same few ids."""


@lru_cache(maxsize=_MOST_KEPT)
def segment(text: str) -> str:
    """Percent-encode a text into one path segment.

    Unpaired surrogates, which UTF-8 cannot hold, go out as the invalid octets they would be.
    """
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@lru_cache(maxsize=_MOST_KEPT)
def decoded(text: str) -> str | None:
    """Return what a path segment stands for, None where it is no UTF-8."""
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return None


def respelled(encoded: str) -> bool:
    """Tell whether a segment is an unusual encoding of a text."""
    text = decoded(encoded)
    return text is not None and encoded != segment(text)
