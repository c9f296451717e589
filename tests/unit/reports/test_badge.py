"""The badge says the verdict, and never hides what was not tested."""

from __future__ import annotations

import json

import pytest

from neptun_conformance.reports import badge
from neptun_conformance.results.result import Outcome, Result, Verdict
from tests.unit.reports import samples

GAP = [
    samples.clause("item.size", Outcome.PASS),
    samples.clause("item.name", Outcome.NOT_TESTED, reason="no"),
]


@pytest.mark.parametrize(
    ("result", "message", "color"),
    [
        (samples.conformant(), "conformant, 1/1 MUST, 0 not tested", "brightgreen"),
        (samples.result(), "nonconformant, 1/6 MUST, 1 not tested", "red"),
        (
            samples.result(GAP, verdict=Verdict.INCOMPLETE),
            "incomplete, 1/2 MUST, 1 not tested",
            "yellow",
        ),
        (
            samples.conformant(verdict=Verdict.PARTIAL),
            "partial, 1/1 MUST, 0 not tested",
            "lightgrey",
        ),
        (samples.conformant(verdict=Verdict.UNREACHABLE), "unreachable", "lightgrey"),
        (samples.result(verdict=Verdict.INTERRUPTED, truncated=True), "interrupted", "lightgrey"),
    ],
)
def test_badge(result: Result, message: str, color: str) -> None:
    with_generated = json.loads(badge.render(result))
    assert (
        with_generated["schemaVersion"],
        with_generated["message"],
        with_generated["color"],
    ) == (1, message, color)
