"""Whatever a target sends, in any text of a report, the report can still be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from neptun_conformance.reports import RENDERERS
from tests.readers.programs import python
from tests.readers.test_sarif import NO_PAGE, complaints
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path

JUNIT = """\
import json, pathlib, junitparser
read = lambda file: sum(len(list(suite)) for suite in junitparser.JUnitXml.fromfile(str(file)))
print(json.dumps({file.stem: read(file) for file in pathlib.Path().glob("*.junit")}))
"""
SARIF = """\
import json, pathlib, sarif.loader
read = lambda file: len(sarif.loader.load_sarif_file(str(file)).get_records())
print(json.dumps({file.stem: read(file) for file in pathlib.Path().glob("*.sarif")}))
"""
HAR = """\
import json, pathlib, haralyzer
read = lambda file: sum(
    len(page.entries) for page in haralyzer.HarParser(json.loads(file.read_bytes())).pages)
print(json.dumps({file.stem: read(file) for file in pathlib.Path().glob("*.har")}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render a report of each hostile text in each format."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in samples.HOSTILE.items():
        for form in ("junit", "sarif", "har"):
            report = RENDERERS[form](samples.hostile(text))
            (folder / f"{name}.{form}").write_text(report, "utf-8")
    return folder


def test_junitparser_reads_every_case(folder: Path) -> None:
    read = json.loads(python("-c", JUNIT, folder=folder))
    assert read == {
        file.stem: len(list(ET.parse(file).iter("testcase"))) for file in folder.glob("*.junit")
    }


def test_sarif_tools_reads_every_finding(folder: Path) -> None:
    read = json.loads(python("-c", SARIF, folder=folder))
    assert read == {
        file.stem: len(json.loads(file.read_bytes())["runs"][0]["results"])
        for file in folder.glob("*.sarif")
    }


def test_haralyzer_reads_every_entry(folder: Path) -> None:
    read = json.loads(python("-c", HAR, folder=folder))
    assert read == {
        file.stem: len(json.loads(file.read_bytes())["log"]["entries"])
        for file in folder.glob("*.har")
    }


# Of a file with texts of 100,000 characters the multitool says nothing at all, right or wrong.
@pytest.mark.parametrize("name", sorted(samples.HOSTILE.keys() - {"long"}))
def test_the_multitool_takes_it(name: str, folder: Path) -> None:
    assert complaints(folder, f"{name}.sarif") == {NO_PAGE}
