"""The wheel, built once, and a clean environment with nothing of the checkout in it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
OURS = ("neptun_conformance", "_neptun_conformance", "_editable", "__editable__")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it."""

    folder: Path

    @property
    def package(self) -> Path:
        return next(self.folder.glob("lib/python*/site-packages")) / "neptun_conformance"

    def run(
        self, *command: str | Path, cwd: Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs; nothing of this test session's settings comes along."""
        program, *arguments = map(str, command)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return subprocess.run(  # noqa: S603 - the command is the test's
            [str(self.folder / "bin" / program), *arguments],
            cwd=cwd,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is installed here but the package: a clean environment without a download."""
    folder = tmp_path_factory.mktemp("dependencies")
    for entry in SITE_PACKAGES.iterdir():
        if not entry.name.startswith(OURS) and entry.suffix != ".pth":
            (folder / entry.name).symlink_to(entry)
    return folder


def build_wheel(source: Path, folder: Path) -> Path:
    """Build a wheel from a source tree, with the build backend that is installed here."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run(  # noqa: S603 - the command is ours
        [*command, "--wheel-dir", str(folder), str(source)], check=True, timeout=PATIENCE
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(
    wheel: Path, dependencies: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    environment = Installed(tmp_path_factory.mktemp("clean"))
    venv.create(environment.folder, symlinks=True)
    python = environment.folder / "bin" / "python"
    subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index",
         "--no-deps", str(wheel)],
        check=True, timeout=PATIENCE,
    )  # fmt: skip
    (environment.package.parent / "dependencies.pth").write_text(f"{dependencies}\n", "utf-8")
    return environment


@pytest.fixture
def served(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A target file for the reference server, served from the installed wheel."""
    target = tmp_path_factory.mktemp("served") / "target.yaml"
    command = [str(installed.folder / "bin" / "neptun-conformance"), "serve", "--port", "0"]
    with (
        target.open("w", encoding="utf-8") as file,
        subprocess.Popen(command, stdout=file) as server,  # noqa: S603 - the command is ours
    ):
        try:
            _await(target, server)
            yield target
        finally:
            server.terminate()


def _await(target: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server has printed its target file, which it does once it listens."""
    deadline = time.monotonic() + PATIENCE
    while "expired_session" not in target.read_text("utf-8"):
        assert server.poll() is None, "the server did not start"
        assert time.monotonic() < deadline, "the server did not print its target"
        time.sleep(0.05)
