"""How a baseline is made, and what stays in it when it is made again."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.results.baseline import (
    BaselineError,
    apply,
    from_result,
    load,
)
from neptun_conformance.results.result import Outcome
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path
from tests.unit.baselines import ENTRY, IDS, TODAY, baseline, failing, run_of


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
