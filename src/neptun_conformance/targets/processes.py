"""Runs other people's commands, bounded in time and output, and leaves none of them behind.

Each command gets a process group of its own, so that what it started in turn ends with it.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

LARGEST_OUTPUT = 1_000_000  # bytes
TAIL = 4_000  # bytes of standard error
POSIX = os.name == "posix"
_GRACE = 5.0  # seconds between asking a group to end and killing it


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that came to its end.

    Arguments:
        status: its exit status, negative for the signal that ended it.
        output: what it printed on standard output.
        error: the last of what it printed on standard error, `TAIL` bytes at most.
    """

    status: int
    output: bytes
    error: bytes = b""


@contextlib.contextmanager
def group(
    command: str, *, stdin: int = subprocess.DEVNULL, stderr: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    """Start `command` in a shell and a process group of its own; end the group on the way out.

    Its standard output is a pipe. The group is ended also on an exception or interrupt, and also
    when the command itself has ended but left something running.
    """
    lifeline, held = os.pipe()  # closed for good only when the last of the group is gone
    try:
        with subprocess.Popen(  # noqa: S602 - the user's own command, from the user's settings
            command,
            bufsize=0,  # a buffer could not be closed while a stray process holds the other end
            shell=True,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
            pass_fds=(held,) if POSIX else (),
        ) as process:
            os.close(held)
            try:
                yield process
            finally:
                end_group(process, lifeline)
    finally:
        os.close(lifeline)


def run(command: str, *, seconds: float, stdin: bytes | None = None) -> Finished:
    """Run `command` to its end and return its status and output.

    Raises TimeoutError when it takes longer than `seconds`, ValueError when it prints more than
    `LARGEST_OUTPUT`; it has been ended then. Standard error may hold a secret.
    """
    output, error = bytearray(), bytearray()
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with group(command, stdin=nothing if stdin is None else pipe, stderr=pipe) as process:
        reading = _start(_collect, process.stdout, output)
        telling = _start(_keep_last, process.stderr, error)
        if stdin is not None:
            _start(_feed, process.stdin, stdin)
        reading.join(seconds)
        if len(output) > LARGEST_OUTPUT:
            raise ValueError(f"printed more than {LARGEST_OUTPUT:,} bytes")
        try:
            status = process.wait(seconds if not reading.is_alive() else 0)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"did not end within {seconds:g} s") from None
        telling.join(1)  # what it left running may hold the other end
        return Finished(status, bytes(output), bytes(error))


def _start(function: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


def end_group(process: subprocess.Popen[bytes], lifeline: int) -> None:
    """End the whole group of `process`: ask it to, and kill it when `_GRACE` is over.

    `lifeline` becomes readable when the whole group is gone. Without process groups (Windows)
    only the command itself is ended.
    """
    if not POSIX:  # pragma: no cover - Linux is where this is tested
        process.kill()
        return
    _signal(process, signal.SIGTERM)
    select.select([lifeline], [], [], _GRACE)
    _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


# Both of these may find their stream closed: a command that is over is not waited for.
def _collect(stream: IO[bytes], output: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while len(output) <= LARGEST_OUTPUT and (chunk := stream.read(65_536)):
            output += chunk


def _keep_last(stream: IO[bytes], error: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := stream.read(65_536):
            error += chunk
            del error[:-TAIL]


def _feed(stream: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    with contextlib.suppress(OSError, ValueError), stream:  # a command need not read it all
        while rest:
            rest = rest[stream.write(rest) :]
