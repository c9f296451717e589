"""One run against a server with a known fault, and every report of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULT = "404-data-missing"
"""MUSTs and SHOULDs fail by it."""


@dataclass(frozen=True)
class Reports:
    """What a run has written.

    Arguments:
        folder: holds ``report.json``, ``.sarif``, ``.xml`` and ``.har``.
        result: what is in ``report.json``.
    """

    folder: Path
    result: dict[str, Any]

    def findings(self) -> Counter[tuple[str, str]]:
        """Count the findings by level and clause."""
        return Counter(
            (clause["level"], clause["id"])
            for clause in self.result["clauses"]
            for _ in clause["findings"]
        )

    def cases(self) -> Counter[str]:
        """Count the test cases of ``report.xml`` by what became of them."""
        cases = ET.parse(self.folder / "report.xml").iter("testcase")
        marks = {"failure", "error", "skipped"}
        return Counter(
            next((part.tag for part in case if part.tag in marks), "passed") for case in cases
        )


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Judge a server with a known fault, once."""
    folder = tmp_path_factory.mktemp("reports")
    with serving(FAULTS[FAULT].build()) as url:
        judge(target_for(url), folder, sarif="sarif", junit="xml", har="har")
    return Reports(folder, json.loads((folder / "report.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def reference() -> Iterator[str]:
    """Serve a right server and yield its base URL."""
    with serving(Reference()) as url:
        yield url


def judge(target: Any, folder: Path, *arguments: str, **formats: str) -> None:
    """Run the suite as a command, which leaves ``report.json`` and what else is wanted."""
    (folder / "target.json").write_text(json.dumps(target), "utf-8")
    files = [f"--report-{name}=report.{ending}" for name, ending in formats.items()]
    subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "-m", "neptun_conformance", "--target", "target.json",
         "--report-json=report.json", *files, *arguments],
        cwd=folder, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
