"""The suite as it was before the work on its speed, to be measured beside what it is now."""

from __future__ import annotations

import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

from benchmarks.contestants import CHECKOUT, Contestant

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "8177a6d4d292986e6d6eac279aa467851ee777eb"
"""The last one before; of 2026-11-26."""


def unpacked(folder: Path) -> Path | None:
    """Put that version into a folder, and return where; None where it is not in the history."""
    words = ("git", "archive", COMMIT)
    packed = subprocess.run(words, cwd=CHECKOUT, capture_output=True, check=False)  # noqa: S603
    if packed.returncode:
        return None
    place = folder / "earlier"
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    return place


def as_of(place: Path, contestant: Contestant) -> Contestant:
    """Return the suite as a contestant, as it was in an unpacked version."""
    command = ("env", f"PYTHONPATH={place / 'src'}", *contestant.command)
    return Contestant(f"{contestant.name}, earlier", command, place)
