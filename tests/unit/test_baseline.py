"""Known deviations: what is accepted, what is not any more, and what was never acceptable."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.contract.level import Level
from neptun_conformance.results.baseline import (
    Baseline,
    BaselineError,
    OutdatedBaselineError,
    apply,
    from_result,
    load,
)
from neptun_conformance.results.result import ClauseRecord, Outcome, Result, Setting, Verdict
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path

IDS = {clause.id for clause in samples.every_outcome()} | {"item.name"}
TODAY = date(2026, 5, 1)
ENTRY = "- {clause: item.size, reason: known since March}\n"


def baseline(tmp_path: Path, text: str) -> Baseline:
    (tmp_path / "known.yaml").write_text(text, "utf-8")
    return load(tmp_path / "known.yaml", clauses=IDS, today=TODAY)


def failing(*, level: Level = Level.MUST) -> ClauseRecord:
    checks = {"one": Outcome.FAIL, "two": Outcome.FAIL, "three": Outcome.PASS}
    return samples.clause("item.size", Outcome.FAIL, checks=checks, level=level)


def clause_of(result: Result, name: str = "item.size") -> ClauseRecord:
    (found,) = [clause for clause in result.clauses if clause.id == name]
    return found


# What a file may say


def test_an_entry_with_everything(tmp_path: Path) -> None:
    text = """
- clause: item.size
  check: one
  reason: known
  issue: https://tracker.example.com/7
  expires: 2026-05-01
"""
    (entry,) = baseline(tmp_path, text).entries
    assert (entry.check, entry.expires) == ("one", date(2026, 5, 1))


@pytest.mark.parametrize("text", ["", "[]", "# nothing known\n"])
def test_a_file_without_entries_accepts_nothing(text: str, tmp_path: Path) -> None:
    assert baseline(tmp_path, text).entries == ()


FIRST = "entry 1 \\(item.size\\): "
BAD = {
    "mapping": ("clause: item.size", "is not a list of entries"),
    "text": ("hello", "is not a list of entries"),
    "word": ("- item.size", "entry 1 \\(no clause\\): is not a mapping"),
    "unknown-key": (
        "- {clause: item.size, resaon: x}",
        FIRST + "resaon is an unknown key: known are clause, check",
    ),
    "no-clause": ("- {reason: x}", "entry 1 \\(no clause\\): clause is missing"),
    "no-reason": ("- {clause: item.size}", FIRST + "reason is missing"),
    "empty-reason": ('- {clause: item.size, reason: ""}', FIRST + "reason is empty"),
    "blank-reason": ('- {clause: item.size, reason: " "}', FIRST + "reason is empty"),
    "null-reason": ("- {clause: item.size, reason: }", FIRST + "reason is not a text"),
    "number-clause": ("- {clause: 7, reason: x}", "clause is not a text"),
    "unknown-clause": (
        "- {clause: item.sise, reason: x}",
        "\\(item.sise\\): is not a clause of this contract",
    ),
    "no-link": ("- {clause: item.size, reason: x, issue: FILES-7}", "issue is not a link"),
    "no-date": ("- {clause: item.size, reason: x, expires: soon}", "expires is not a date"),
    "no-such-day": ("- {clause: item.size, reason: x, expires: 2026-02-30}", "expires is wrong"),
    "date-time": (
        "- {clause: item.size, reason: x, expires: 2026-07-01T10:00:00Z}",
        "expires is not a date",
    ),
    "number-date": ("- {clause: item.size, reason: x, expires: 20270101}", "expires is not a date"),
    "no-such-effort": (
        "- {clause: item.size, reason: x, effort: much}",
        FIRST + "effort is none of quick, default, deep",
    ),
    "twice": (ENTRY + ENTRY, "entry 2 \\(item.size\\): covers what entry 1 covers too"),
    "check-and-whole": (
        ENTRY + "- {clause: item.size, check: one, reason: x}",
        "entry 2 \\(item.size\\): covers what entry 1",
    ),
    "repeated-key": ("- {clause: item.size, clause: item.name, reason: x}", "given twice"),
    "bomb": ("- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]", "anchors"),
    "tag": ("- !!python/object:os.system {}", "tags"),
    "deep": ("[" * 5000, "nested too deeply"),
    "broken": ("- {clause: ", "line 1"),
    "control": ("- \x00", "U\\+0000"),
    "huge": ("#" * 1_000_001, "is larger than"),
}


@pytest.mark.parametrize(("text", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_one_line_that_names_it(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=reason) as raised:
        baseline(tmp_path, text)
    assert "known.yaml: " in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in [(tmp_path, "Is a directory"), (tmp_path / "no", "No such file")]:
        with pytest.raises(BaselineError, match=reason):
            load(path, clauses=IDS)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "known.yaml").write_bytes("- {clause: größe}".encode("latin-1"))
    with pytest.raises(BaselineError, match=r"is not UTF-8 \(byte 14\)"):
        load(tmp_path / "known.yaml", clauses=IDS)


# What it does to a run


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


def run_of(effort: str, clauses: list[ClauseRecord]) -> Result:
    settings = {"--effort": Setting(value=effort, origin="flag")}
    return samples.result(clauses, settings=settings, exit_status=0, reason=None)


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
    bare = failing().model_copy(update={"checks": [], "findings": []})
    applied = apply(samples.result([bare]), baseline(tmp_path, ENTRY))
    assert clause_of(applied).outcome is Outcome.KNOWN_FAILURE


# How one is made


def test_a_new_baseline_is_refused_until_its_reasons_are_filled_in(tmp_path: Path) -> None:
    text = from_result(samples.result([failing()])).text
    with pytest.raises(BaselineError, match="reason is empty"):
        baseline(tmp_path, text)
    known = baseline(tmp_path, text.replace("''", "known"))
    assert [entry.name for entry in known.entries] == ["item.size"]
    assert apply(samples.result([failing()]), known).exit_status == 0


def test_a_new_baseline_says_what_failed() -> None:
    text = from_result(samples.result([failing()])).text
    assert text.startswith(
        "# Known deviations of https://staging.example.com, seen on 2026-05-01.\n"
    )
    assert "\n\n# size is text, not a whole number\n- clause: item.size\n  reason: ''\n" in text


def test_a_good_run_makes_an_empty_baseline(tmp_path: Path) -> None:
    assert baseline(tmp_path, from_result(samples.conformant()).text).entries == ()


def test_a_run_with_another_effort_writes_that_effort(tmp_path: Path) -> None:
    text = from_result(run_of("deep", [failing()])).text
    (entry,) = baseline(tmp_path, text.replace("''", "known")).entries
    assert entry.effort == "deep"


WRITTEN = """\
# Agreed with the team.

# The migration is under way.
- clause: item.size
  check: one   # the old files
  reason: >
    old files hold
    # text
  issue: https://t.example/7
  expires: 2026-04-01

# Not ours.
- clause: item.name
  reason: 'x'
# The end.
"""


def test_all_that_a_person_wrote_stays(tmp_path: Path) -> None:
    known = baseline(tmp_path, WRITTEN)
    clauses = [failing(), samples.clause("item.name", Outcome.FAIL)]
    made = from_result(samples.result(clauses), keep=known)
    assert made.text == WRITTEN + (
        "\n# size is text, not a whole number\n- clause: item.size\n  check: two\n  reason: ''\n"
    )
    assert made.removed == ()


def test_what_passes_now_is_taken_out_and_told(tmp_path: Path) -> None:
    known = baseline(tmp_path, WRITTEN)
    clauses = [
        samples.clause("item.size", Outcome.FAIL, checks={"one": Outcome.FAIL}),
        samples.clause("item.name", Outcome.PASS),
    ]
    made = from_result(samples.result(clauses), keep=known)
    assert made.text == WRITTEN[: WRITTEN.index("# Not ours.")]
    assert [line.partition("entry 2 ")[2] for line in made.removed] == [
        "(item.name): taken out: passes now (its reason was: x)"
    ]


def test_when_all_passes_the_heading_stays(tmp_path: Path) -> None:
    known = baseline(tmp_path, "# Agreed.\n\n" + ENTRY)
    made = from_result(samples.result([samples.clause("item.size", Outcome.PASS)]), keep=known)
    assert made.text == "# Agreed.\n\n[]\n"


def test_a_list_in_one_line_keeps_its_values(tmp_path: Path) -> None:
    known = baseline(tmp_path, "# Agreed.\n[{clause: item.name, reason: old, expires: 2027-01-01}]")
    clauses = [failing(), samples.clause("item.name", Outcome.FAIL)]
    text = from_result(samples.result(clauses), keep=known).text
    again = baseline(tmp_path, text.replace("''", "new"))
    assert text.startswith("# Agreed.\n")
    assert [(e.clause, e.reason, e.expires) for e in again.entries] == [
        ("item.name", "old", date(2027, 1, 1)),
        ("item.size", "new", None),
    ]


def test_a_draft_keeps_its_empty_reasons(tmp_path: Path) -> None:
    first = from_result(samples.result([failing()])).text
    (tmp_path / "known.yaml").write_text(first, "utf-8")
    draft = load(tmp_path / "known.yaml", clauses=IDS, today=TODAY, draft=True)
    assert from_result(samples.result([failing()]), keep=draft).text == first


def test_the_baseline_of_the_run_gives_its_reasons_to_a_new_file(tmp_path: Path) -> None:
    used = baseline(tmp_path, "- {clause: item.size, reason: known, expires: 2027-01-01}")
    text = from_result(samples.result([failing()]), accepted=used).text
    (entry,) = baseline(tmp_path, text).entries
    assert (entry.reason, entry.expires) == ("known", date(2027, 1, 1))


entries = st.fixed_dictionaries(
    {
        "clause": st.just("item.size"),
        "reason": st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()),
    }
)
layouts = st.fixed_dictionaries({"indent": st.sampled_from([0, 2, 4]), "flow": st.booleans()})


@given(entry=entries, layout=layouts)
def test_whatever_reason_a_person_wrote_is_read_again(
    entry: dict[str, str], layout: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("known")
    flow = bool(layout["flow"])
    file: str = yaml.safe_dump([entry], default_style='"', default_flow_style=flow)
    known = baseline(folder, "# Agreed.\n" + textwrap.indent(file, " " * layout["indent"]))
    clauses = [failing(), samples.clause("item.name", Outcome.FAIL)]
    made = from_result(samples.result(clauses), keep=known).text
    again = baseline(folder, made.replace("reason: ''\n", "reason: new\n")).entries
    assert [(e.clause, e.reason) for e in again] == [
        ("item.size", entry["reason"]),
        ("item.name", "new"),
    ]
    assert "# Agreed.\n" in made


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_makes_no_entry_of_its_own(text: str, tmp_path: Path) -> None:
    written = from_result(samples.hostile(text)).text.encode("utf-8", "backslashreplace").decode()
    (entry,) = baseline(tmp_path, written.replace("''", "known")).entries
    assert entry.name == "item.size"
