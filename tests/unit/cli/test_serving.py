"""The reference server and the wrong ones, served for people."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL
from tests.unit.cli.conftest import Neptun

COMMAND = [sys.executable, "-m", "neptun_conformance", "serve", "--port", "0"]


@contextmanager
def served(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a process of its own, and yield what it printed to its last expected line."""
    command = [*COMMAND, *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    assert process.stdout is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("expired_session:"):
                break
        yield process, "".join(lines)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize(
    "options", [[], ["--fault", "head-with-content"], ["--legal", "path-prefix"]]
)
def test_what_serve_prints_is_a_target_that_works(
    neptun: Neptun, tmp_path: Path, options: list[str]
) -> None:
    with served(*options) as (process, printed):
        (tmp_path / "served.yaml").write_text(printed, "utf-8")
        ran = neptun("doctor", "--target", "served.yaml")
        process.send_signal(signal.SIGINT)
        assert (ran.status, process.wait(60)) == (0, 0), ran.out


def test_serve_says_how_a_fault_is_found() -> None:
    with served("--fault", "hang-on-chat-id-zero") as (process, printed):
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    wrong, fails, options, *_ = printed.splitlines()
    assert wrong == f"# hang-on-chat-id-zero: {FAULTS['hang-on-chat-id-zero'].wrong}"
    assert fails.startswith("# Fails: input.")
    assert options == "# Run with: --deadline 1"


@pytest.mark.parametrize(("options", "catalogue"), [([], FAULTS), (["--legal"], LEGAL)])
def test_the_catalogues_are_listed(
    neptun: Neptun, options: list[str], catalogue: dict[str, object]
) -> None:
    ran = neptun("faults", *options)
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()[::2]] == list(catalogue)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--fault", "no-such"], "--fault: there is no 'no-such'; `faults` lists them"),
        (["--fault", "size-as-txt"], "--fault: there is no 'size-as-txt'; did you mean size-as"),
        (["--legal", "no-such"], "--legal: there is no 'no-such'; `faults --legal` lists them"),
        (["--fault", "a", "--legal", "b"], "--fault and --legal exclude each other"),
        (["--port", "70000"], "Invalid value for '--port': "),
    ],
)
def test_what_cannot_be_served_is_refused(neptun: Neptun, options: list[str], line: str) -> None:
    ran = neptun("serve", *options)
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.startswith(f"neptun-conformance: {line}")


def test_a_port_that_is_taken_is_named(neptun: Neptun) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = neptun("serve", "--port", port)
    assert ran.status == 4
    assert ran.err == (
        f"neptun-conformance: --port: {port} cannot be had (address already in use); "
        "0 takes any that is free\n"
    )


@pytest.mark.parametrize("pattern", ["foreign-pair", "ownership.foreign-p*", "*pair*"])
def test_a_pattern_selects_by_name_or_clause(neptun: Neptun, pattern: str) -> None:
    ran = neptun("faults", pattern)
    listed = [line.split()[0] for line in ran.out.splitlines()[::2]]
    assert ran.status == 0
    assert {"foreign-pair-is-403"} <= set(listed) < FAULTS.keys()


def test_a_pattern_that_means_none_is_refused(neptun: Neptun) -> None:
    ran = neptun("faults", "no-such")
    assert (ran.status, ran.out) == (4, "")
    assert "no fault matches 'no-such'" in ran.err
