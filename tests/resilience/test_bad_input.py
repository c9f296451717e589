"""Bad input: one clear line, exit status 4, nothing sent, nothing overwritten."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.cli import main as cli
from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.patience import PATIENCE
from tests.resilience import runs
from tests.resilience.bad_input import CASES, Case
from tests.resilience.soak import resident

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EVERY = 25
"""Each so-manieth case is tried as a process of its own, too."""

VICTIM = "an old report\n"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen, and note whether anybody comes."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        sock.setblocking(False)  # noqa: FBT003 - the library's own parameter
        yield sock


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with an old file, in a clean environment."""
    for name in set(os.environ) - set(runs.clean_environ()):
        monkeypatch.delenv(name)
    (tmp_path / "victim").write_text(VICTIM, encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prepared(case: Case, folder: Path, port: int) -> tuple[list[str], str]:
    """Write the files of a case, and return its arguments and what must be said."""
    good, tls = folder / "good.yaml", folder / "tls.yaml"
    for path, scheme in ((good, "http"), (tls, "https")):
        content = json.dumps(target_for(f"{scheme}://127.0.0.1:{port}"), ensure_ascii=False)
        path.write_text(content, encoding="utf-8")
    for name, octets in case.files.items():
        (folder / name).write_bytes(octets)
    places = {"{good}": str(good), "{tls}": str(tls), "{folder}": str(folder)}
    places |= {"{url}": f"http://127.0.0.1:{port}", "{port}": str(port)}

    def filled(text: str) -> str:
        for name, value in places.items():
            text = text.replace(name, value)
        return text

    return [filled(argument) for argument in case.arguments], filled(case.says)


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def assert_refused(status: int, err: str, says: str) -> None:
    """Demand one line that names the trouble, and no secret."""
    assert status == runs.USAGE, (status, err)
    assert err.startswith("neptun-conformance: ")
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()
    assert 30 < len(err) < 6_000
    assert says in err
    assert "s3cr3t" not in err


def assert_untouched(folder: Path, before: dict[str, bytes], listener: socket.socket) -> None:
    """Demand that nothing was sent and nothing was written."""
    assert contents(folder) == before
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:60])
def test_bad_input(  # noqa: PLR0913, PLR0917 - fixtures
    case: Case,
    folder: Path,
    listener: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """It is refused in one line, before anything happens."""
    arguments, says = prepared(case, folder, listener.getsockname()[1])
    for name, value in case.environ.items():
        monkeypatch.setenv(name, value)
    before = contents(folder)
    began, memory = monotonic(), resident()
    status = cli.main(arguments)
    record_property("table", "bad input")
    record_property("seconds", monotonic() - began)
    record_property("octets", resident() - memory)

    assert_refused(status, capfd.readouterr().err, says)
    assert_untouched(folder, before, listener)


@pytest.mark.parametrize("case", CASES[::EVERY], ids=lambda case: case.name[:60])
def test_bad_input_to_the_program(case: Case, folder: Path, listener: socket.socket) -> None:
    """The program itself says and does the same."""
    arguments, says = prepared(case, folder, listener.getsockname()[1])
    before = contents(folder)
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "neptun_conformance", *arguments],
        env=runs.clean_environ() | case.environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )

    assert_refused(ended.returncode, ended.stderr, says)
    assert_untouched(folder, before, listener)


def test_full_disk_costs_neither_the_verdict_nor_the_other_reports(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What only shows when it is written is named at the end."""
    with serving(Reference()) as url:
        arguments = ["--target", runs.target_file(folder, url), "--effort", "quick"]
        outputs = ["--report-junit", "/dev/full", "--report-json", str(folder / "report.json")]
        status = cli.main([*arguments, *outputs])

    out, err = capfd.readouterr()
    assert status == runs.USAGE
    assert "cannot write '/dev/full': no space left on device" in out + err
    assert "CONFORMANT" in out
    assert json.loads((folder / "report.json").read_text("utf-8"))["verdict"] == "conformant"


def test_disk_that_fills_up_keeps_the_old_report(folder: Path) -> None:
    """A report that does not fit leaves the one before as it was, and no half of itself."""
    limit = 200_000
    old = folder / "report.json"
    old.write_text(VICTIM, encoding="utf-8")
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "from neptun_conformance.cli.main import main\n"
        "sys.exit(main(['--effort', 'quick', '--report-json', 'report.json']))\n"
    )
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        env=runs.clean_environ(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert ended.returncode == runs.USAGE
    assert "cannot write 'report.json': file too large" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert old.read_text(encoding="utf-8") == VICTIM
    assert {path.name for path in folder.iterdir()} == {"victim", "loop", "report.json"}
