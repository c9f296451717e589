"""Allure's history: the ids by which it knows a check again are those of the last run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.readers.programs import CHECKOUT, SCRIPTS, output

(PACKAGES,) = SCRIPTS.parent.glob("lib/python*/site-packages")
RUN = f"""\
import sys
sys.path.append({str(PACKAGES)!r})
import pytest
sys.exit(pytest.main(["-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def test_a_check_keeps_its_id_from_run_to_run(tmp_path: Path) -> None:
    first, second = (_ids(tmp_path / name) for name in ("first", "second"))
    assert len(first) > 10
    assert first == second


def _ids(folder: Path) -> set[str]:
    """Run a few checks by pytest and return the ids that Allure gives them."""
    arguments = ["tests/contract", "-k", "unknown or empty", f"--alluredir={folder}"]
    output([sys.executable, "-c", RUN, *arguments], Path(CHECKOUT))
    return {json.loads(file.read_bytes())["historyId"] for file in folder.glob("*-result.json")}
