"""Files written whole or not at all: a report is never half there, and never costs the old one."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from neptun_conformance.targets.errors import reason_of


class OutputError(Exception):
    """An output that cannot be written; one line that names its path and why."""


def write_atomically(path: str | Path, text: str) -> None:
    """Write text as UTF-8 under a temporary name beside the path and move it there.

    A link is followed, so that its file is replaced and not the link. What is neither a file nor
    missing (a pipe, ``/dev/stdout``) cannot be replaced and is written to as it is.

    Raises:
        OutputError: the path is a directory, its folder is missing, it may not be written, or
            the disk is full. A file that was there is then as it was.
    """
    content = visible_bytes(text)
    try:
        place = _place(path)
        if place.exists() and not place.is_file():
            place.write_bytes(content)
        else:
            _replace(place, content)
    except (OSError, ValueError) as problem:
        raise OutputError(_line(path, problem)) from problem


def check_writable(path: str | Path) -> None:
    """Find out before a run whether a report could be written, and leave everything as it was.

    Raises:
        OutputError: as `write_atomically` would, except for a disk that fills up later.
    """
    try:
        place = _place(path)
        if not place.exists() or place.is_file():
            _temporary(place, b"").unlink()
    except (OSError, ValueError) as problem:
        raise OutputError(_line(path, problem)) from problem


def visible_bytes(text: str) -> bytes:
    r"""Encode as UTF-8; lone surrogates, which UTF-8 cannot hold, become ``\udXXX``."""
    return text.encode("utf-8", "backslashreplace")


def _place(path: str | Path) -> Path:
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise IsADirectoryError(None, "is a directory")
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(None, "may not be written")
    return place


def _replace(place: Path, content: bytes) -> None:
    temporary = _temporary(place, content)
    try:
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _temporary(place: Path, content: bytes) -> Path:
    """Write the content under a new name in the same folder, with the mode of the old file."""
    temporary = place.with_name(f".neptun-{secrets.token_hex(8)}.tmp")
    # 0o666 less the umask, as for any file that a program makes: readable to those who should.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(place.stat().st_mode & 0o777)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _line(path: str | Path, problem: OSError | ValueError) -> str:
    reason = reason_of(problem)
    return f"cannot write {str(path)!r}: {reason[0].lower()}{reason[1:]}"
