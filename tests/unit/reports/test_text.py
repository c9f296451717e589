"""Times as people write them."""

from __future__ import annotations

import pytest

from neptun_conformance.results.text import duration, moment


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0042, "4 ms"),
        (2.34, "2.3 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (65.2, "1 min 5 s"),
        (7_260, "2 h 1 min"),
    ],
)
def test_how_long_something_took(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize("started", ["2026-05-01T10:00:00Z", "2026-05-01T10:00:00.7+00:00"])
def test_when_something_was(started: str) -> None:
    assert moment(started) == "1 May 2026, 10:00:00 UTC"
