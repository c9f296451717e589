"""Starts the server under test (`--start`), waits until it listens, and stops it afterwards."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import IO

from neptun_conformance.exchange.address import Address
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.processes import group
from neptun_conformance.targets.server_log import LONGEST_LINE, ServerLog

WAIT = 30.0  # seconds
PAUSE = 0.05  # seconds between two attempts to connect
TAIL = 50  # lines of output that are kept


class StartError(TargetError):
    """The command did not become a server; the text is one line."""

    def __init__(self, problem: str, output: str = "") -> None:
        """Keep the last lines of the command's `output`, which may hold secrets."""
        last = output.rstrip().rpartition("\n")[2]
        super().__init__(f"--start: {problem}" + (f"; its last line: {last}" if last else ""))
        self.output = output


@contextlib.contextmanager
def started(
    command: str, *, base_url: str, wait: float = WAIT, log: ServerLog | None = None
) -> Iterator[None]:
    """Run `command` in a shell for as long as the block lasts.

    The block begins when the port of `base_url` accepts connections. The command's whole process
    group is stopped when it ends, also on an exception or interrupt. `log` gets what it writes.

    Raises StartError where the port is taken already, the command ends too early, or the port
    stays closed for `wait` seconds.
    """
    url = Address.parse(base_url)
    address, place = (url.host, url.port), url.place
    if _listens(address):
        raise StartError(f"something listens on {place} already: stop it, or leave --start out")
    try:
        with group(command, stderr=subprocess.STDOUT) as process:
            _await(process, address, place, wait=wait, log=log or ServerLog())
            yield
    finally:
        _let_go(address)


def _await(
    process: subprocess.Popen[bytes],
    address: tuple[str, int],
    place: str,
    *,
    wait: float,
    log: ServerLog,
) -> None:
    reading = threading.Thread(target=_keep, args=(process.stdout, log), daemon=True)
    reading.start()
    ends = time.monotonic() + wait
    while not _listens(address):
        if process.poll() is not None:
            reading.join(1)
            told = f"the command ended with status {process.returncode} before it listened"
            raise StartError(f"{told} on {place}", log.last(TAIL))
        if time.monotonic() > ends:
            raise StartError(f"nothing listens on {place} after {wait:g} s", log.last(TAIL))
        time.sleep(PAUSE)


def _let_go(address: tuple[str, int]) -> None:
    """Give a process that has been ended the moment that its port takes to close."""
    ends = time.monotonic() + 1
    while _listens(address) and time.monotonic() < ends:
        time.sleep(PAUSE)


def _listens(address: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(address, timeout=1) as connection:
            # A closed port of the ephemeral range may be given to this very connection, which
            # TCP then connects to itself.
            return bool(connection.getsockname() != connection.getpeername())
    except OSError:
        return False


def _keep(stream: IO[bytes], log: ServerLog) -> None:
    """Read on for as long as the server writes: it would stand still at a full pipe."""
    with contextlib.suppress(OSError, ValueError):  # closed while it was being read
        while chunk := stream.read(LONGEST_LINE):
            log.feed(chunk)
