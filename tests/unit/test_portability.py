"""A run needs nothing that Windows does not have."""

from __future__ import annotations

import select
import socket
import subprocess
import sys

import pytest

from neptun_conformance.client import Client, Settings

AS_ON_WINDOWS = """
import select
for name in ("poll", "epoll", "kqueue", "devpoll"):
    if hasattr(select, name):
        delattr(select, name)
from neptun_conformance.cli.main import entry
entry()
"""


def test_a_run_does_without_poll() -> None:
    assert hasattr(select, "poll") or sys.platform == "win32"
    command = [sys.executable, "-c", AS_ON_WINDOWS, "--only", "authentication.*"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own
    assert (run.returncode, run.stderr) == (0, ""), run.stdout


def test_a_unix_socket_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    with pytest.raises(ValueError, match=r"unix socket /run/api: Python has none on this system"):
        Client(Settings(base_url="http://h", run_id="r", uds="/run/api"))
