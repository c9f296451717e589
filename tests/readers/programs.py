"""Runs the programs that `make test-readers` installs, of PyPI and of npm."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryFile

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
MODULES = HERE / "node_modules"
SCRIPTS = CHECKOUT / ".venv-readers" / "bin"
CONTRACT = str(CHECKOUT / "openapi.yaml")
PATIENCE = 120  # seconds for one program


def python(*arguments: str | Path, folder: Path) -> str:
    """Run the readers' own Python in a folder and return what it prints."""
    return output([SCRIPTS / "python", *arguments], folder)


def script(name: str, *arguments: str | Path, folder: Path) -> str:
    """Run a program of PyPI in a folder and return what it prints."""
    return output([SCRIPTS / name, *arguments], folder)


def node(module: str, *arguments: str | Path, folder: Path) -> str:
    """Run a program of npm, by its path among the modules, and return what it prints."""
    return output(["node", MODULES / module, *arguments], folder)


def output(command: list[str | Path], folder: Path) -> str:
    """Return what a command prints; an exit status other than 0 is an error with all of it."""
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    # Into a file: programs of Node may end before a pipe has taken everything.
    with TemporaryFile("w+", encoding="utf-8") as printed:
        ended = subprocess.run(  # noqa: S603 - the commands are ours
            command, cwd=folder, env={**os.environ, "PATH": path}, stdout=printed,
            stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        printed.seek(0)
        text = printed.read()
    assert ended.returncode == 0, f"{command}\n{text}\n{ended.stderr}"
    return text
