"""The command as people use it: arguments in, status and text out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from neptun_conformance.cli import main as cli
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving


@dataclass(frozen=True)
class Ran:
    """What the command left behind."""

    status: int
    out: str
    err: str


Neptun = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.fixture
def neptun(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Neptun:
    """Run the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def run(*arguments: object) -> Ran:
        capfd.readouterr()
        status = cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture(scope="session")
def reference() -> Iterator[str]:
    """The base URL of the reference server."""
    with serving(Reference()) as base_url:
        yield base_url


@pytest.fixture(scope="session")
def leaking() -> Iterator[str]:
    """The base URL of a server that gives foreign chats away."""
    with serving(FAULTS["foreign-chat-full-leaks"].build()) as base_url:
        yield base_url


@pytest.fixture
def target_file(tmp_path: Path) -> Write:
    """Write a target file for a base URL, with changes to parts of it."""

    def write(base_url: str, **changes: object) -> Path:
        path = tmp_path / "target.yaml"
        path.write_text(yaml.safe_dump({**target_for(base_url), **changes}), "utf-8")
        return path

    return write
