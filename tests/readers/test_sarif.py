"""SARIF: sarif-tools and Microsoft's multitool."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

from tests.readers.programs import MODULES, output, script

if TYPE_CHECKING:
    from pathlib import Path

    from tests.readers.conftest import Reports

MULTITOOL = MODULES / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
SEVERITIES = {"error": "MUST", "warning": "SHOULD"}
NO_PAGE = "SARIF2005"
"""The rule that wants a page about the tool, which the project does not have."""


def test_sarif_tools_counts_each_finding_under_its_clause(reports: Reports) -> None:
    script("sarif", "csv", "--output", "records.csv", "report.sarif", folder=reports.folder)
    with (reports.folder / "records.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = Counter((SEVERITIES[row["Severity"]], row["Code"]) for row in rows)
    assert records == reports.findings()


def test_the_multitool_finds_nothing_to_complain_of(reports: Reports) -> None:
    assert complaints(reports.folder, "report.sarif") == {NO_PAGE}


def complaints(folder: Path, name: str) -> set[str]:
    """Have the multitool validate a file, and return the rules that it finds broken."""
    MULTITOOL.chmod(0o755)  # npm's package lacks the right to execute it
    arguments = ["--output", f"{name}.validated", "--rule-kind", "Sarif;Ghas"]
    output([MULTITOOL, "validate", name, *arguments], folder)
    validated = json.loads((folder / f"{name}.validated").read_text("utf-8-sig"))
    return {result["ruleId"] for run in validated["runs"] for result in run["results"]}
