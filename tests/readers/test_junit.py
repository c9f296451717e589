"""JUnit XML: junitparser, xunit-viewer and Allure's reader."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.readers.programs import HERE, node, output, python

if TYPE_CHECKING:
    from tests.readers.conftest import Reports

COUNTS = """\
import collections, json, junitparser
cases = [case for suite in junitparser.JUnitXml.fromfile("report.xml") for case in suite]
outcomes = ("passed" if case.is_passed else case.result[0]._tag for case in cases)
print(json.dumps(collections.Counter(outcomes)))
"""


def test_junitparser_counts_the_cases(reports: Reports) -> None:
    assert json.loads(python("-c", COUNTS, folder=reports.folder)) == reports.cases()


def test_xunit_viewer_counts_the_cases(reports: Reports) -> None:
    shown = node(
        "xunit-viewer/bin/xunit-viewer.js", "-r", "report.xml", "-c", folder=reports.folder
    )
    counts = re.findall(r"(\d+) (passed|failure|skipped)", re.sub(r"\x1b\[\d+m", "", shown))
    assert {name: int(count) for count, name in counts} == reports.cases()


def test_allure_counts_the_cases(reports: Reports) -> None:
    read = output(["node", HERE / "allure.mjs", reports.folder / "report.xml"], HERE)
    allures = {"passed": "passed", "failure": "failed", "skipped": "skipped"}
    expected = {allures[outcome]: count for outcome, count in reports.cases().items()}
    assert json.loads(read) == expected
