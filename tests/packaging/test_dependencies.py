"""What a user must install is exactly what the package imports; what is locked names no host."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.packaging.conftest import ROOT

# pydantic-core is a part of pydantic, and never asked for alone.
PARTS = {"pydantic_core": "pydantic", "anyio": "httpx"}
"""What another distribution brings along, and is imported for its sake alone."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKED = (ROOT / "requirements-dev.txt").read_text("utf-8")
OWN = {"neptun_conformance", "tests", "tools", "__future__"}


def imports(path: Path) -> set[str]:
    """The top names that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - OWN


def modules(folder: Path) -> Iterator[Path]:
    """The modules in a folder, but for what stands beside requirements of its own."""
    for path in folder.rglob("*.py"):
        above = path.relative_to(ROOT).parents
        if not any((ROOT / parent / "requirements.txt").exists() for parent in above):
            yield path


def distributions(*folders: str) -> set[str]:
    """The distributions that the modules in these folders import."""
    names = {n for folder in folders for path in modules(ROOT / folder) for n in imports(path)}
    providers = packages_distributions()
    return {PARTS.get(name) or providers[name][0].lower() for name in names}


def required(lines: list[str]) -> set[str]:
    return {Requirement(line).name.lower() for line in lines}


def test_users_install_what_the_package_imports_and_nothing_else() -> None:
    extras = required(PROJECT["project"]["optional-dependencies"]["http2"])
    needed = required(PROJECT["project"]["dependencies"])
    assert distributions("src", "tests/contract") == needed | extras
    assert not needed & extras


def test_what_the_tests_import_is_locked() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCKED, re.MULTILINE))
    assert {name.replace("_", "-") for name in distributions("tests")} <= locked


def test_floors_are_loose() -> None:
    for line in PROJECT["project"]["dependencies"]:
        specifiers = {s.operator for s in Requirement(line).specifier}
        assert ">=" in specifiers <= {">=", "!="}, line  # one bad release may be left out


def test_everything_asked_for_is_locked_within_its_bounds() -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", LOCKED, re.MULTILINE))
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for requirement in map(Requirement, asked):
        assert locked[requirement.name.lower()] in requirement.specifier, requirement


def test_every_locked_version_has_a_hash() -> None:
    blocks = re.split(r"^(?=[a-z])", LOCKED, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


@pytest.mark.parametrize("option", ["://", "--index-url", "--extra-index-url", "--find-links"])
def test_the_lock_names_no_host(option: str) -> None:
    assert option not in LOCKED


@pytest.mark.parametrize("path", ["package-lock.json", "tests/browser/package-lock.json"])
def test_the_lock_of_npm_names_no_host(path: str) -> None:
    packages = json.loads((ROOT / path).read_text("utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
