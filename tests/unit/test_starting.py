"""A target that is started for a run: real servers on real ports, none left behind."""

from __future__ import annotations

import shlex
import socket
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from neptun_conformance.targets.starting import StartError, started
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

SERVER = f"{shlex.quote(sys.executable)} -m http.server --bind 127.0.0.1 %d"


def listens(port: int) -> bool:
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
        return taken and probe.getsockname() != probe.getpeername()


@pytest.mark.parametrize("command", [SERVER, f"{SERVER} & wait"], ids=["alone", "in a child"])
def test_the_server_listens_in_the_block_and_only_there(
    command: str, port: int, tmp_path: Path
) -> None:
    url = f"http://127.0.0.1:{port}"
    with started(f"cd {tmp_path}; {command % port}", base_url=f"{url}/prefix"):
        assert urlopen(url, timeout=PATIENCE).status == 200
    assert not listens(port)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_the_server_is_stopped_whatever_happens(error: type[BaseException], port: int) -> None:
    with pytest.raises(error), started(SERVER % port, base_url=f"http://127.0.0.1:{port}"):
        raise error
    assert not listens(port)


def test_a_port_gets_the_moment_that_it_takes_to_close(port: int) -> None:
    code = (
        "import os, socket, time; os.closerange(3, 64); "
        f"server = socket.create_server(('127.0.0.1', {port})); time.sleep(0.7)"
    )
    detached = f"setsid {shlex.join([sys.executable, '-c', code])} & wait"
    with started(detached, base_url=f"http://127.0.0.1:{port}"):
        pass
    assert not listens(port)


def test_a_talkative_server_does_not_stand_still(port: int, tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(
        "import socket, sys\n"
        "sys.stdout.write('x' * 500_000)\n"
        f"server = socket.create_server(('127.0.0.1', {port}))\n"
        "while True: server.accept()\n"
    )
    with started(shlex.join([sys.executable, str(script)]), base_url=f"http://127.0.0.1:{port}"):
        assert listens(port)


def test_a_command_that_dies_is_quoted(port: int) -> None:
    with (
        pytest.raises(StartError) as caught,
        started("echo first; echo no module >&2; exit 3", base_url=f"http://127.0.0.1:{port}"),
    ):
        raise AssertionError
    assert str(caught.value) == (
        f"--start: the command ended with status 3 before it listened on 127.0.0.1:{port}; "
        "its last line: no module"
    )
    assert caught.value.output == "first\nno module\n"


def test_a_command_that_never_listens_is_given_up(port: int) -> None:
    with (
        pytest.raises(StartError, match=rf"nothing listens on 127.0.0.1:{port} after 0.2 s$"),
        started("sleep 60", base_url=f"http://127.0.0.1:{port}", wait=0.2),
    ):
        raise AssertionError


def test_a_taken_port_is_not_taken_for_the_target(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        with (
            pytest.raises(StartError, match=r"something listens on .* already"),
            started(f"touch {tmp_path}/ran", base_url=url),
        ):
            raise AssertionError
    assert not (tmp_path / "ran").exists()
