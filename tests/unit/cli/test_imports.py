"""A run imports what it needs: whatever else is heavy stays out, as its start takes that long."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.patience import PATIENCE

LISTED = """
import json, sys
from neptun_conformance.cli.main import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]))
"""
NEVER = {"hypothesis", "schemathesis", "pytest", "rich", "jinja2"}
WHERE_ASKED_FOR = {
    "asyncio",
    "difflib",
    "httpx",
    "neptun_conformance.results.baseline",
    "starlette",
    "urllib.request",
    "uvicorn",
    "xml.etree.ElementTree",
}


def imported(folder: Path, *options: str) -> set[str]:
    """Return the modules that a run has imported in a process of its own."""
    with serving(Reference()) as base_url:
        target = folder / "target.yaml"
        target.write_text(yaml.safe_dump(target_for(base_url)))
        words = [sys.executable, "-c", LISTED, "--target", str(target), *options]
        ended = subprocess.run(  # noqa: S603 - ours
            words, capture_output=True, text=True, check=True, timeout=PATIENCE
        )
    status, modules = json.loads(ended.stdout.splitlines()[-1])
    assert status in {0, 7}
    return set(modules)


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the modules that a run of one clause imports."""
    return imported(tmp_path_factory.mktemp("partial"), "--only", "file.size")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the modules that a default run imports."""
    return imported(tmp_path_factory.mktemp("whole"))


def test_a_run_of_one_clause_imports_nothing_heavy(partial: set[str]) -> None:
    assert partial & (NEVER | WHERE_ASKED_FOR) == set()


def test_a_default_run_imports_no_generator(whole: set[str]) -> None:
    assert whole & NEVER == set()


def test_a_default_run_imports_the_documented_client_without_its_command(whole: set[str]) -> None:
    assert "httpx" in whole
    assert "httpx._main" not in whole
