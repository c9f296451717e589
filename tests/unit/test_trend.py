"""The runs of a target over time, as text and as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.reports import trend
from neptun_conformance.reports.matrix import Matrix
from neptun_conformance.results.result import Outcome, Result, Setting
from tests.unit.reports import samples


def run(day: int, outcome: Outcome = Outcome.PASS, **changes: Any) -> Result:
    clauses = [samples.clause("item.size", outcome), samples.clause("item.id", Outcome.PASS)]
    started = f"2026-05-{day:02}T04:00:00Z"
    usual = samples.conformant() if outcome is Outcome.PASS else samples.result(clauses)
    return replace(usual, clauses=clauses, **{"started": started, **changes})


def drifting() -> Matrix:
    """Return a target that fails once, and is mended; the files are not in the order of time."""
    worse = run(2, Outcome.FAIL, causes=[samples.cause("it lost the size")])
    return Matrix({"a": run(3), "b": run(1), "c": worse}, ("cannot read report 'd.json'",))


def test_runs_stand_in_the_order_of_time_with_what_changed() -> None:
    assert trend.render_text(drifting()).splitlines() == [
        "https://staging.example.com",
        (
            "  1 May 2026, 04:00:00 UTC  CONFORMANT  nothing failed  "
            "(1/1 MUST, 0/0 SHOULD, 318 requests, 2.1 s)"
        ),
        (
            "  2 May 2026, 04:00:00 UTC  NONCONFORMANT  1 MUST failed  "
            "(1/2 MUST, 0/0 SHOULD, 318 requests, 2.1 s)"
        ),
        "    worse: item.size",
        "    this cause is new: it lost the size (3 findings, likely)",
        (
            "  3 May 2026, 04:00:00 UTC  CONFORMANT  nothing failed  "
            "(1/1 MUST, 0/0 SHOULD, 318 requests, 2.1 s)"
        ),
        "    better: item.size",
        "    this cause is gone: it lost the size (3 findings, likely)",
        "unreadable: cannot read report 'd.json'",
    ]


def test_the_plot_has_a_mark_for_each_run_and_fills_what_is_not_conformant() -> None:
    page = trend.render_html(drifting())
    squares = re.findall(r'<rect x="([0-9]+)" y="([0-9]+)"[^>]*class="([a-z ]+)"', page)
    assert [kind for *_, kind in squares] == ["mark", "mark bad", "mark"]
    places = [int(x) for x, *_ in squares]
    assert places[1] - places[0] == places[2] - places[1] > 0
    heights = [int(y) for _, y, _ in squares]
    assert heights[1] < heights[0] == heights[2]
    assert "<title>2 May 2026, 04:00:00 UTC: NONCONFORMANT, 1 MUST failed</title>" in page


def test_targets_are_apart() -> None:
    other = run(1, target={"base_url": Setting(value="https://x", origin="flag")})
    told = trend.history(Matrix({"a": run(1), "b": other, "c": run(2)}))
    assert {name: len(runs) for name, runs in told.items()} == {
        "https://staging.example.com": 2,
        "https://x": 1,
    }


def test_one_run_is_a_plot_too() -> None:
    assert trend.render_html(Matrix({"a": run(1)})).count('class="mark"') == 2


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    found = Matrix({"a": samples.hostile("plain"), "b": samples.hostile(text)}, (text,))
    assert "<img" not in trend.render_html(found)
    assert trend.render_html(found).count("<script>") == 1
    assert "\x1b" not in trend.render_text(found)


def test_of_many_changes_the_first_are_named() -> None:
    causes = [replace(samples.cause(), id=str(number)) for number in range(7)]
    before = run(1, Outcome.FAIL, causes=causes)
    names = [f"item.n{number}" for number in range(8)]
    failing = [samples.clause(name, Outcome.FAIL) for name in names]
    mended = [samples.clause(name, Outcome.PASS) for name in names]
    both = {"a": replace(before, clauses=failing), "b": replace(run(2), clauses=mended)}
    changes = trend.history(Matrix(both))["https://staging.example.com"][1].changes
    assert changes[0] == "better: item.n0, item.n1, item.n2, item.n3, item.n4 and 3 more"
    assert len(changes) == 1 + 5 + 1
    assert changes[-1] == "2 more causes came or went"
