"""From a run along a report to the cause of its findings, and what is told of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Write


@pytest.fixture
def redirected(neptun: Neptun, target_file: Write, tmp_path: Path) -> Path:
    """Return the report of a run in which everything is redirected."""
    path = tmp_path / "report.json"
    with serving(FAULTS["redirect-to-https"].build()) as base_url:
        target = target_file(base_url)
        ran = neptun("--target", target, "--effort", "quick", "--report-json", path)
    assert ran.status == 1
    assert "fix first: All requests are redirected to another address" in ran.out
    return path


def read(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def test_what_is_redirected_has_one_cause_that_every_report_names(
    redirected: Path, neptun: Neptun, tmp_path: Path
) -> None:
    result = read(redirected)
    (cause,) = result["causes"]
    assert cause["kind"] == "redirect-in-front"
    assert cause["certainty"] == "sure"
    failing = {clause["id"] for clause in result["clauses"] if clause["outcome"] == "fail"}
    assert set(cause["clauses"]) == failing
    formats = ("html", "markdown", "junit", "sarif")
    options = [word for form in formats for word in (f"--{form}", tmp_path / form)]
    assert neptun("report", redirected, *options).status == 0
    for form in formats:
        assert "requests get a 308 to https" in (tmp_path / form).read_text(encoding="utf-8")


def test_every_finding_is_found_under_a_cause(redirected: Path) -> None:
    result = read(redirected)
    findings = {found["id"] for clause in result["clauses"] for found in clause["findings"]}
    assert {name for cause in result["causes"] for name in cause["findings"]} == findings


def test_a_finding_is_explained_from_its_report(redirected: Path, neptun: Neptun) -> None:
    finding = read(redirected)["causes"][0]["findings"][0]
    ran = neptun("explain", finding, "--report", redirected)
    assert ran.status == 0
    assert "Cause redirect-in-front" in ran.out
    assert "It stands on: " in ran.out


def test_a_clause_is_explained_without_a_report(neptun: Neptun) -> None:
    ran = neptun("explain", "ownership.foreign-chat")
    assert ran.status == 0
    assert "Clause ownership.foreign-chat  MUST" in ran.out
    assert "How servers usually go wrong here" in ran.out


def test_a_kind_of_mistake_is_explained(neptun: Neptun) -> None:
    ran = neptun("explain", "shared-cache")
    assert ran.status == 0
    assert "A cache gives one caller's answer to another." in ran.out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no.such-clause", "there is no clause, finding or cause 'no.such-clause'"),
        ("success.status:00000000", "name its report by --report"),
    ],
)
def test_what_has_no_such_name_is_refused_in_one_line(neptun: Neptun, name: str, told: str) -> None:
    ran = neptun("explain", name)
    assert ran.status == 4
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_two_runs_differ_in_their_causes(redirected: Path, neptun: Neptun, tmp_path: Path) -> None:
    mended = read(redirected) | {"causes": []}
    path = tmp_path / "mended.json"
    path.write_text(json.dumps(mended), encoding="utf-8")
    assert "this cause is gone: All requests are redirected" in neptun("diff", redirected, path).out
    assert "this cause is new: All requests are redirected" in neptun("diff", path, redirected).out
