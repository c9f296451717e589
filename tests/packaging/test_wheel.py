"""The wheel holds everything, and runs where there is no checkout, whatever lies in the folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import Installed, build_wheel
from tests.patience import PATIENCE

HOSTILE = {
    "pytest.ini": "[pytest]\naddopts = --no-such-option\npython_files = nothing_*.py\n",
    "conftest.py": "raise SystemExit('this conftest is not ours')\n",
    "schemathesis.toml": "base-url = 'http://127.0.0.1:1'\n[no such table\n",
    "openapi.yaml": "not: ours\n",
    "setup.cfg": "[tool:pytest]\naddopts = --no-such-option\n",
}


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    """A user's folder in which every setting is against us."""
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as transcript:
        return set(transcript.namelist())


MADE = {"__pycache__", ".pytest_cache"}
"""Folders that running leaves beside what is kept."""


def in_wheel(path: str) -> str:
    """Where a file of the checkout lies in the wheel."""
    path = path.removeprefix("src/")
    if path.startswith("tests/contract/"):
        return path.replace("tests/contract/", "neptun_conformance/suite/", 1)
    return "neptun_conformance/openapi.yaml" if path == "openapi.yaml" else path


def test_the_wheel_holds_every_file_of_package_contract_and_checks(
    names: set[str], root: Path
) -> None:
    files = [root / "openapi.yaml"]
    for folder in (root / "src/neptun_conformance", root / "tests/contract"):
        files += [f for f in folder.rglob("*") if f.is_file() and not MADE & set(f.parts)]
    assert {in_wheel(str(file.relative_to(root))) for file in files} <= names


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"neptun_conformance"}
    assert not {name for name in names if "__pycache__" in name or name.endswith(".pyc")}


def test_the_sdist_builds_the_same_wheel(names: set[str], root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, timeout=PATIENCE)  # noqa: S603 - the command is ours
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path)
    source = next(path for path in tmp_path.iterdir() if path.is_dir())
    with zipfile.ZipFile(build_wheel(source, tmp_path)) as transcript:
        assert set(transcript.namelist()) == names


@pytest.mark.parametrize(
    "command",
    [("neptun-conformance",), ("python", "-m", "neptun_conformance")],
    ids=["command", "module"],
)
def test_it_runs_undisturbed(
    installed: Installed, hostile_folder: Path, command: tuple[str, ...]
) -> None:
    ended = installed.run(
        *command, cwd=hostile_folder, PYTEST_ADDOPTS="--no-such-option", PYTEST_PLUGINS="nobody"
    )
    assert "CONFORMANT" in ended.stdout, ended.stdout + ended.stderr
    assert ended.returncode == 0


def test_nothing_is_left_in_the_folder(installed: Installed, hostile_folder: Path) -> None:
    installed.run("neptun-conformance", cwd=hostile_folder)
    assert {path.name for path in hostile_folder.iterdir()} == set(HOSTILE)


def test_it_runs_itself_and_not_the_checkout(installed: Installed, tmp_path: Path) -> None:
    where = "import neptun_conformance.contract as c; print(c.contract_path(), c.suite_path())"
    ended = installed.run("python", "-c", where, cwd=tmp_path)
    assert ended.stdout.split() == [
        str(installed.package / "openapi.yaml"),
        str(installed.package / "suite"),
    ]


def test_the_version_is_that_of_the_package(installed: Installed, tmp_path: Path) -> None:
    metadata = "from importlib.metadata import version; print(version('neptun-conformance'))"
    said = installed.run("neptun-conformance", "--version", cwd=tmp_path).stdout.split()[-1]
    assert said == installed.run("python", "-c", metadata, cwd=tmp_path).stdout.strip()


def test_the_shipped_checks_run_by_pytest(
    installed: Installed, tmp_path: Path, served: Path
) -> None:
    ended = installed.run(
        "python", "-m", "pytest", "--pyargs", "neptun_conformance.suite",
        f"--neptun-target={served}", cwd=tmp_path,
    )  # fmt: skip
    assert "CONFORMANT" in ended.stdout, ended.stdout + ended.stderr
    assert ended.returncode == 0


@pytest.fixture
def own_suite(tmp_path: Path) -> Path:
    """A user's test suite, strict about marks and warnings, that uses pytest-base-url."""
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-markers --strict-config --base-url http://127.0.0.1:9\n"
        "filterwarnings = error\n",
        "utf-8",
    )
    (tmp_path / "test_own.py").write_text(
        "def test_own(base_url):\n    assert base_url == 'http://127.0.0.1:9'\n", "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize("parallel", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_suite_of_ones_own_is_not_disturbed(
    installed: Installed, own_suite: Path, parallel: tuple[str, ...]
) -> None:
    ended = installed.run("python", "-m", "pytest", *parallel, cwd=own_suite)
    assert "1 passed" in ended.stdout, ended.stdout + ended.stderr
    assert "conformance of" not in ended.stdout


def test_the_checks_run_within_a_suite_of_ones_own(
    installed: Installed, own_suite: Path, served: Path
) -> None:
    ended = installed.run(
        "python", "-m", "pytest", "test_own.py", "--pyargs", "neptun_conformance.suite",
        f"--neptun-target={served}", cwd=own_suite,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "CONFORMANT" in ended.stdout


def test_checks_that_xdist_would_split_are_refused(
    installed: Installed, own_suite: Path, served: Path
) -> None:
    ended = installed.run(
        "python", "-m", "pytest", "--pyargs", "neptun_conformance.suite", "-n", "2",
        f"--neptun-target={served}", cwd=own_suite,
    )  # fmt: skip
    assert "without -n" in ended.stdout + ended.stderr
    assert ended.returncode not in {0, 1}


def test_the_options_stand_in_one_named_group(installed: Installed, own_suite: Path) -> None:
    text = installed.run("python", "-m", "pytest", "--help", cwd=own_suite).stdout
    group = text.partition("(neptun-conformance):")[2].partition("\n\n")[0]
    assert text.count("--neptun-") == group.count("--neptun-") > 0


def test_no_verb_and_no_help_needs_the_checkout(installed: Installed, tmp_path: Path) -> None:
    for arguments in (["--help"], ["clauses"], ["init", "--help"]):
        ended = installed.run("neptun-conformance", *arguments, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
