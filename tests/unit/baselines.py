"""Baselines and results made by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from neptun_conformance.contract.level import Level
from neptun_conformance.results.baseline import (
    Baseline,
    load,
)
from neptun_conformance.results.result import ClauseRecord, Outcome, Result, Setting
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


def run_of(effort: str, clauses: list[ClauseRecord]) -> Result:
    settings = {"--effort": Setting(value=effort, origin="flag")}
    return samples.result(clauses, settings=settings, exit_status=0, reason=None)
