"""The step summary: appended where GitHub asks for it, within what GitHub accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from neptun_conformance.reports import markdown, summary
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.results.result import Outcome
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path


def test_without_the_variable_nothing_is_written() -> None:
    assert not summary.append(samples.result(), environment={})
    assert not summary.append(samples.result(), environment={"GITHUB_STEP_SUMMARY": ""})


def test_the_report_comes_after_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "summary").write_text("before\n", "utf-8")
    environment = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    assert summary.append(samples.result(), environment=environment)
    text = (tmp_path / "summary").read_text("utf-8")
    assert text == "before\n" + markdown.render(samples.result())


def test_many_long_findings_stay_within_the_limit(tmp_path: Path) -> None:
    long = samples.exchange(body="ü" * 100_000)
    many = [samples.finding("item.size", "asks-as-owner", exchange=long) for _ in range(20)]
    result = samples.result([samples.clause("item.size", Outcome.FAIL, findings=many)])
    (tmp_path / "summary").write_text("before\n" * 1000, "utf-8")
    summary.append(result, environment={"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")})
    assert 500_000 < (tmp_path / "summary").stat().st_size <= summary.LIMIT
    assert "more findings are in the other reports" in (tmp_path / "summary").read_text("utf-8")


def test_a_full_summary_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "summary").write_text("x" * summary.LIMIT, "utf-8")
    summary.append(samples.result(), environment={"GITHUB_STEP_SUMMARY": str(tmp_path / "summary")})
    assert (tmp_path / "summary").stat().st_size == summary.LIMIT


def test_one_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="step summary"):
        summary.append(samples.result(), environment={"GITHUB_STEP_SUMMARY": str(tmp_path)})
