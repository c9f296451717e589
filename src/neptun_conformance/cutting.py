"""Cuts what is too long to read.

Texts are cut in the middle, for both ends tell what a text is, and lists at their end.
"""

from __future__ import annotations

from collections.abc import Sequence


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, its middle left out where it is longer.

    Arguments:
        text: any text.
        longest: characters; an ellipsis counts as one.
    """
    if len(text) <= longest:
        return text
    behind = longest // 4
    before = longest - 1 - behind
    return f"{text[:before]}…{text[len(text) - behind :]}"


def listed(texts: Sequence[str], most: int = 5) -> str:
    """Return so many texts at most on one line, and how many more there are."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def quoted(text: str, longest: int = 60) -> str:
    """Quote a text in ASCII, so that it stays on one line and readable however long or odd it is.

    Arguments:
        text: any text.
        longest: characters of the quoted text; one that is cut is shorter, for its whole length
            stands behind it.
    """
    whole = ascii(text)
    if len(whole) <= longest:
        return whole
    return f"{cut(whole, longest * 3 // 4)} ({len(text)} characters)"
