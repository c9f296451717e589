"""Puts a stack together in the user's cache folder, and tells which versions it is made of."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tests.stacks.manifest import Manifest, folders, manifest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "neptun-conformance"
LONGEST = 600  # seconds that one command of an installation may take


class NotInstalledError(Exception):
    """Something that the stack needs is not on this machine; the text is one line."""


def installed(name: str) -> Path:
    """Return the folder in which the stack `name` is built, building it where it is not yet.

    Raises NotInstalledError where the machine lacks something, or a command of the build fails.
    """
    stack = manifest(name)
    _debian_versions(stack)  # what is missing is told before anything is built
    place = CACHE / "stacks" / name / _digest(name)
    if not (place / ".built").exists():
        shutil.rmtree(place.parent, ignore_errors=True)  # what older files were built to, too
        for folder in folders(name):
            shutil.copytree(folder, place, dirs_exist_ok=True)
        for command in _commands(stack):
            _run(command, place)
        (place / ".built").touch()
    return place


def versions(name: str, place: Path) -> list[str]:
    """Return what the stack `name`, built in `place`, is made of: a name and a version each."""
    stack = manifest(name)
    return _npm_versions(stack, place) + _pypi_versions(stack, place) + _debian_versions(stack)


def _commands(stack: Manifest) -> list[str]:
    commands = list(stack.build)
    if stack.npm:
        commands.insert(0, "npm ci --ignore-scripts --no-audit --no-fund")
    if stack.pypi:
        pip = ".venv/bin/python -m pip install --disable-pip-version-check --no-deps"
        commands[:0] = [f"'{sys.executable}' -m venv .venv", f"{pip} -r requirements.txt"]
    return commands


def _digest(name: str) -> str:
    """Change with the stack's files and with the Python that it would be installed by."""
    digest = hashlib.sha256(sys.version.encode())
    for folder in folders(name):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\0{path.stat().st_mode}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _run(command: str, place: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S602 - written in this repository
            command,
            shell=True,
            cwd=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalledError(f"{command}: takes longer than {LONGEST} s") from None
    if done.returncode:
        output = done.stdout.decode("utf-8", "replace").strip()
        raise NotInstalledError(f"{command}: exit status {done.returncode}\n{output[-2000:]}")


def _debian_versions(stack: Manifest) -> list[str]:
    return [f"{package} {_debian_version(package)}" for package in stack.debian]


def _debian_version(package: str) -> str:
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", package]
    try:
        state, _, version = subprocess.run(  # noqa: S603
            query, capture_output=True, text=True, check=False
        ).stdout.partition(" ")
    except FileNotFoundError:
        state, version = "", ""  # not Debian at all
    if state != "installed":
        raise NotInstalledError(f"{package} is missing: apt-get install {package}")
    return version


def _npm_versions(stack: Manifest, place: Path) -> list[str]:
    if not stack.npm:
        return []
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)  # noqa: S607
    packages = json.loads((place / "package-lock.json").read_text("utf-8"))["packages"]
    pinned = [f"{name} {packages[f'node_modules/{name}']['version']}" for name in stack.npm]
    return [*pinned, f"Node {node.stdout.strip().removeprefix('v')}"]


def _pypi_versions(stack: Manifest, place: Path) -> list[str]:
    if not stack.pypi:
        return []
    lines = (place / "requirements.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    return [*(f"{name} {pins[name]}" for name in stack.pypi), f"Python {platform.python_version()}"]
