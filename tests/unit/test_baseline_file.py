"""What a baseline may say, and how one is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.results.baseline import (
    BaselineError,
    load,
)

if TYPE_CHECKING:
    from pathlib import Path
from tests.unit.baselines import ENTRY, IDS, baseline


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
