"""The examples of docs/provisioning.md make users as they say, and leave none behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.unit.documentation.book import ROOT

EXAMPLES = ROOT / "examples" / "provision"
LANGUAGES = {"sh": "sh", "py": sys.executable, "mjs": "node"}


def start(language: str, script: str, users: Path, text: str = "") -> str:
    program = LANGUAGES[language]
    if not shutil.which(program):
        pytest.skip(f"{program} is missing")
    return subprocess.run(  # noqa: S603 - the project's own examples
        [program, str(EXAMPLES / f"{script}.{language}")],
        input=text,
        env={"USERS": str(users), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    ).stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_users_are_made_and_unmade(language: str, tmp_path: Path) -> None:
    printed = start(language, "seed", tmp_path)
    profile = json.loads(printed)
    made = {path.stem: json.loads(path.read_text("utf-8")) for path in tmp_path.iterdir()}
    assert made == {profile[role]["user_id"]: profile[role] for role in ("owner", "stranger")}
    start(language, "clean", tmp_path, printed)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clean_up_bears_that_nothing_was_made(language: str, tmp_path: Path) -> None:
    assert start(language, "clean", tmp_path) == ""
