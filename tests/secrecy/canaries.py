"""Secrets made up for the tests, and how to find what is left of them in any text."""

from __future__ import annotations

import base64
import codecs
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

OWNER = "Fe26.2**kQ7vZ1Xw9Tb3Rm5Hd8Ly*pN2sGc6JfA4uEoK0iVxYhW/rM+tBzUqDl~CjSg=="
STRANGER = "s%3AmV4nB8xL1cZ7kJ2hG9fD5sA3qW6eR0tY.uI%2BoPl0KjMn9hBgVfCdXsZa1Q"
EXPIRED = "eyJraWQiOiI5cTIiLCJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJleHBpcmVkIn0.wE8rT5yU2iO7pA4sD1fG6hJ"
PASS = 'Zq9Xw8Ev7Cr6Bt5Ny4Mu3"Li2\\Ko1-staging'  # noqa: S105 - a canary
SESSIONS = {"owner": OWNER, "stranger": STRANGER, "expired": EXPIRED, "pass": PASS}
SIGNATURE = "X5Amz2Signature8f3a1c9e7b4d6"
ISSUED = "newly7Issued3Session9Kd2Pw6"
WORDS = "confidential quarterly minutes"
"""What stands in bodies, and nowhere else."""

_LENGTH, _STRIDE = 14, 7


def leaks(text: str, *further: str) -> list[str]:
    """Return the pieces of secrets that stand in a text, in whatever form.

    Arguments:
        text: the text.
        further: what must not stand in it beside the sessions.
    """
    # No piece goes over the end of a line, and most lines read the same in every view.
    lines = "\n".join({line for view in _views(text) for line in view.lower().split("\n")})
    pieces = {piece for secret in (*SESSIONS.values(), *further) for piece in _pieces(secret)}
    return sorted(piece for piece in pieces if piece in lines)


def contents(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_text("utf-8", "surrogateescape")


def _pieces(secret: str) -> Iterator[str]:
    octets = secret.encode()
    forms = [secret, unquote(secret)]
    for skipped in range(3):
        core = base64.b64encode(b"\0" * skipped + octets).decode()[4:-4]
        forms += [core, core.translate(str.maketrans("+/", "-_"))]
    for form in forms:
        for start in range(0, max(len(form) - _LENGTH, 0) + 1, _STRIDE):
            yield form[start : start + _LENGTH].lower()


def _views(text: str) -> Iterator[str]:
    yield text
    yield unquote(text)
    yield unquote(unquote(text))
    yield html.unescape(text)
    yield re.sub(r"\\(.)", r"\1", text)
    yield re.sub(r"\\u00([0-9a-fA-F]{2})", _character, text)


def _character(match: re.Match[str]) -> str:
    return codecs.decode(match[1], "hex").decode("latin-1")
