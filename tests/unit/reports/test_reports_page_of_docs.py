"""The page about reports names every format, and its baseline is one that a run accepts."""

from __future__ import annotations

import re
from pathlib import Path

from neptun_conformance.contract import clauses
from neptun_conformance.reports import RENDERERS
from neptun_conformance.results.baseline import load

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text("utf-8")


def test_every_format_is_in_the_table() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(RENDERERS)


def test_the_baseline_is_one_that_a_run_accepts(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "known.yaml").write_text(example, "utf-8")
    (entry,) = load(tmp_path / "known.yaml", clauses=clauses()).entries
    assert entry.expires is not None
