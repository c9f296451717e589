"""One version, and everything that names it."""

from __future__ import annotations

import re
import subprocess
import tomllib

import yaml

from neptun_conformance import __version__, contract
from tests.packaging.conftest import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
HEADINGS = re.findall(r"^## (\S+)", CHANGELOG, re.MULTILINE)


def test_the_version_has_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "src/neptun_conformance/__init__.py"


def test_the_changelog_is_about_this_version() -> None:
    released = [heading for heading in HEADINGS if heading != "Unreleased"]
    assert released[0] == __version__


def test_the_changelog_names_each_version_once() -> None:
    assert len(HEADINGS) == len(set(HEADINGS))


def test_the_newest_entry_of_the_changelog_names_the_contract() -> None:
    entry = CHANGELOG.partition("\n## ")[2].partition("\n## ")[0]
    assert f"\nContract {contract.contract_version()}.\n" in entry


def test_versions_are_semantic() -> None:
    pattern = r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?"
    for version in (__version__, contract.contract_version()):
        assert re.fullmatch(pattern, version), version


def test_a_release_refuses_a_tag_that_is_not_the_version() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    guard = next(
        s["run"] for s in workflow["jobs"]["build"]["steps"] if "Refuse" in s.get("name", "")
    )
    ended = {
        tag: subprocess.run(  # noqa: S603 - the workflow's own line
            ["/bin/bash", "-ec", guard], cwd=ROOT, env={"GITHUB_REF_NAME": tag}, check=False
        ).returncode
        for tag in (f"v{__version__}", "v0.0.1", "")
    }
    assert ended == {f"v{__version__}": 0, "v0.0.1": 1, "": 1}
