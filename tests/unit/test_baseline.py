"""Known deviations: what is accepted, what is not any more, and what was never acceptable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.results.baseline import (
    OutdatedBaselineError,
    apply,
)
from neptun_conformance.results.result import ClauseRecord, Outcome, Verdict
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path
from tests.unit.baselines import ENTRY, baseline, clause_of, failing, run_of


def test_a_known_failure_keeps_the_verdict_and_mends_the_exit_status(tmp_path: Path) -> None:
    applied = apply(samples.result([failing()]), baseline(tmp_path, ENTRY))
    assert (applied.verdict, applied.exit_status) == (Verdict.NONCONFORMANT, 0)
    assert clause_of(applied).outcome is Outcome.KNOWN_FAILURE
    assert [finding.known for finding in clause_of(applied).findings] == ["known since March"] * 2
    assert [check.outcome.value for check in clause_of(applied).checks] == [
        "known_failure",
        "known_failure",
        "pass",
    ]
    assert (applied.counts.must.failed, applied.counts.must.known_failure) == (0, 1)
    assert applied.reason == "every failure that counts is in the baseline (1)"


def test_the_issue_is_shown_with_the_reason(tmp_path: Path) -> None:
    text = "- {clause: item.size, reason: old, issue: 'https://t.example/7'}"
    applied = apply(samples.result([failing()]), baseline(tmp_path, text))
    assert clause_of(applied).findings[0].known == "old (https://t.example/7)"


def test_one_failing_check_beside_the_known_one_still_fails(tmp_path: Path) -> None:
    text = "- {clause: item.size, check: one, reason: known}"
    applied = apply(samples.result([failing()]), baseline(tmp_path, text))
    assert applied.exit_status == 1
    assert clause_of(applied).outcome is Outcome.FAIL
    assert [finding.known for finding in clause_of(applied).findings] == ["known", None]


def test_all_failing_checks_known_one_by_one(tmp_path: Path) -> None:
    text = "".join(
        f"- {{clause: item.size, check: {check}, reason: x}}\n" for check in ("one", "two")
    )
    applied = apply(samples.result([failing()]), baseline(tmp_path, text))
    assert clause_of(applied).outcome is Outcome.KNOWN_FAILURE
    assert applied.exit_status == 0


def test_the_eleventh_failure_is_caught(tmp_path: Path) -> None:
    result = samples.result([failing(), samples.clause("item.name", Outcome.FAIL)])
    assert apply(result, baseline(tmp_path, ENTRY)).exit_status == 1


def test_a_should_counts_only_when_strict(tmp_path: Path) -> None:
    clauses = [failing(), samples.clause("item.name", Outcome.FAIL, level=Level.SHOULD)]
    known = baseline(tmp_path, ENTRY)
    assert apply(samples.result(clauses), known).exit_status == 0
    assert apply(samples.result(clauses, strict=True), known).exit_status == 1


def test_a_must_that_was_not_tested_is_still_missing(tmp_path: Path) -> None:
    result = samples.result([failing(), samples.clause("item.name", Outcome.NOT_TESTED)])
    known = baseline(tmp_path, ENTRY)
    assert apply(result, known).exit_status == 7
    assert (apply(result, known).reason or "").endswith("but a MUST was not tested")
    assert apply(result, known, allow_incomplete=True).exit_status == 0


def test_a_partial_run_lacks_nothing_that_was_asked_for(tmp_path: Path) -> None:
    clauses = [failing(), samples.clause("item.name", Outcome.NOT_TESTED)]
    result = samples.result(clauses, verdict=Verdict.PARTIAL)
    assert apply(result, baseline(tmp_path, ENTRY)).exit_status == 0


@pytest.mark.parametrize(
    "changes", [{"truncated": True}, {"exit_status": 2}, {"exit_status": 3}, {"exit_status": 6}]
)
def test_anything_else_that_is_wrong_stays_wrong(changes: dict[str, int], tmp_path: Path) -> None:
    result = samples.result([failing()], **changes)
    assert apply(result, baseline(tmp_path, ENTRY)).exit_status == result.exit_status


def test_a_broken_check_stays_wrong(tmp_path: Path) -> None:
    result = samples.result([failing(), samples.clause("item.name", Outcome.ERROR)])
    assert apply(result, baseline(tmp_path, ENTRY)).exit_status == 1


def test_an_entry_whose_clause_passes_is_an_error_that_names_it(tmp_path: Path) -> None:
    text = ENTRY + "- {clause: item.name, reason: x}\n"
    result = samples.result([failing(), samples.clause("item.name", Outcome.PASS)])
    with pytest.raises(
        OutdatedBaselineError, match=r"entry 2 \(item.name\): passes now: remove the entry"
    ) as raised:
        apply(result, baseline(tmp_path, text))
    kept = raised.value.result
    assert kept.exit_status == 4
    assert (kept.reason or "").endswith(f"; {raised.value}")
    assert clause_of(kept).outcome is Outcome.KNOWN_FAILURE


def test_an_outdated_entry_does_not_hide_that_the_run_was_cut_short(tmp_path: Path) -> None:
    passed = samples.clause("item.size", Outcome.PASS)
    result = samples.result([passed], truncated=True, exit_status=2, reason=None)
    with pytest.raises(OutdatedBaselineError) as raised:
        apply(result, baseline(tmp_path, ENTRY))
    assert (raised.value.result.exit_status, raised.value.result.reason) == (2, str(raised.value))


def test_an_entry_whose_check_passes_is_an_error(tmp_path: Path) -> None:
    text = "- {clause: item.size, check: three, reason: x}"
    with pytest.raises(OutdatedBaselineError, match=r"\(item.size, check three\): passes now"):
        apply(samples.result([failing()]), baseline(tmp_path, text))


def test_an_entry_whose_check_is_unknown_is_an_error(tmp_path: Path) -> None:
    text = "- {clause: item.size, check: four, reason: x}"
    with pytest.raises(OutdatedBaselineError, match="its clause has no such check"):
        apply(samples.result([failing()]), baseline(tmp_path, text))


def test_an_entry_past_its_day_covers_nothing_and_is_told_after_the_run(tmp_path: Path) -> None:
    known = baseline(tmp_path, "- {clause: item.size, reason: x, expires: 2026-04-30}")
    with pytest.raises(OutdatedBaselineError, match="expired on 2026-04-30: fix the") as raised:
        apply(samples.result([failing()]), known)
    assert raised.value.result.exit_status == 4
    assert clause_of(raised.value.result).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-05-01", "today"), ("2026-05-02", "in 1 day"), ("2026-05-15", "in 14 days")],
)
def test_an_entry_is_told_of_two_weeks_before_its_last_day(
    day: str, words: str, tmp_path: Path
) -> None:
    known = baseline(tmp_path, f"- {{clause: item.size, reason: x, expires: {day}}}")
    applied = apply(samples.result([failing()]), known)
    assert applied.notes[-1].endswith(f"entry 1 (item.size): expires on {day}, {words}")
    assert applied.exit_status == 0


def test_an_entry_is_not_told_of_earlier(tmp_path: Path) -> None:
    known = baseline(tmp_path, "- {clause: item.size, reason: x, expires: 2026-05-16}")
    result = samples.result([failing()])
    assert apply(result, known).notes == result.notes


@pytest.mark.parametrize(
    ("effort", "entry"),
    [
        ("quick", "- {clause: item.size, reason: x}"),
        ("quick", "- {clause: item.size, check: four, reason: x}"),
        ("default", "- {clause: item.size, reason: x, effort: deep}"),
    ],
)
def test_a_run_that_asks_less_does_not_outdate_an_entry(
    effort: str, entry: str, tmp_path: Path
) -> None:
    result = run_of(effort, [samples.clause("item.size", Outcome.PASS)])
    applied = apply(result, baseline(tmp_path, entry))
    assert (applied.exit_status, applied.reason) == (0, None)
    assert f"a run of {effort} effort, which asks less" in applied.notes[-1]


@pytest.mark.parametrize("effort", ["quick", "default", "deep"])
def test_a_run_of_the_entrys_effort_does(effort: str, tmp_path: Path) -> None:
    entry = f"- {{clause: item.size, reason: x, effort: {effort}}}"
    result = run_of(effort, [samples.clause("item.size", Outcome.PASS)])
    with pytest.raises(OutdatedBaselineError, match="passes now"):
        apply(result, baseline(tmp_path, entry))


def test_several_outdated_entries_are_one_line(tmp_path: Path) -> None:
    text = "".join(f"- {{clause: {name}, reason: x}}\n" for name in ("item.size", "item.name"))
    clauses = [samples.clause(name, Outcome.PASS) for name in ("item.size", "item.name")]
    with pytest.raises(OutdatedBaselineError, match=r"entry 1 .* \(and 1 more entries\)"):
        apply(samples.result(clauses), baseline(tmp_path, text))


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ([samples.clause("item.size", Outcome.NOT_TESTED)], "kept: not tested in this run"),
        ([samples.clause("item.size", Outcome.NOT_APPLICABLE)], "kept: not applicable in this"),
        ([], "kept: its clause is not part of this run"),
    ],
)
def test_an_entry_whose_clause_was_not_tested_is_kept_and_noted(
    clauses: list[ClauseRecord], words: str, tmp_path: Path
) -> None:
    applied = apply(samples.result(clauses), baseline(tmp_path, ENTRY))
    assert len(applied.notes) == 2
    assert words in applied.notes[-1]
    assert "entry 1 (item.size)" in applied.notes[-1]


def test_a_failing_clause_without_checks_is_known_as_a_whole(tmp_path: Path) -> None:
    bare = replace(failing(), checks=[], findings=[])
    applied = apply(samples.result([bare]), baseline(tmp_path, ENTRY))
    assert clause_of(applied).outcome is Outcome.KNOWN_FAILURE
