"""docs/how-to.md works as it stands: its snippets, its commands, and its servers in the proof."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.unit.documentation.book import ROOT, written
from tests.unit.documentation.changing import changed
from tests.unit.documentation.running import normal, run

PAGE = ROOT / "docs" / "how-to.md"
PROVE = """
import json
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL
from tests.proof.proving import prove

servers = (FAULTS["public-refusals"], LEGAL["public-refusals-not-to-be-stored"])
print(json.dumps([sorted(prove(server).clauses(Outcome.FAIL)) for server in servers]))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return changed(PAGE, tmp_path_factory.mktemp("checkout"))


def test_its_commands_print_what_it_shows(checkout: Path, tmp_path: Path) -> None:
    for ran in run(PAGE, tmp_path, checkout):
        assert normal(written(ran.printed)) == normal(written(ran.written)), ran.block.place


def test_its_fault_fails_its_clause_alone_and_its_legal_server_none(checkout: Path) -> None:
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROVE],
        cwd=checkout,
        env={"PYTHONPATH": f"{checkout / 'src'}:{checkout}"},
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    )
    assert json.loads(ended.stdout) == [["cache.refusal"], []]
