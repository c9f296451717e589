"""Runs the commands of a page, in a folder of its own, as a reader would from top to bottom.

The folder holds `examples`, as a checkout does.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.unit.documentation.book import ROOT, Block, Command, blocks, commands

SECONDS = 300
LEFT_OUT = "…\n"
_PORT = re.compile(r"(?:(?:127\.0\.0\.1|localhost):|--port |PORT=)(\d{4})\b")
# What differs from run to run, or from machine to machine.
_VARIES = [
    (re.compile(r"127\.0\.0\.1:\d{5}\b"), "127.0.0.1:PORT"),
    (re.compile(r"\b\d+(?:\.\d+)? s\b"), "N s"),
    (re.compile(r"\b\d+ times\b"), "N times"),
    (re.compile(r"^responses: .*$", re.MULTILINE), "responses"),
    (re.compile(r"seen on \d{4}-\d\d-\d\d"), "seen on DAY"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00"), "MOMENT"),
]


@dataclass(frozen=True, slots=True)
class Ran:
    """A block that was run: its commands as they were written, and as they print now."""

    block: Block
    written: list[Command]
    printed: list[Command]


def normal(text: str) -> str:
    """Return the text without what differs from run to run."""
    for pattern, name in _VARIES:
        text = pattern.sub(name, text)
    return text


def run(page: Path, folder: Path, root: Path = ROOT) -> list[Ran]:
    """Run the console blocks of a page in `folder`, which is empty, and return them.

    The command is that of the checkout `root`.

    The ports that the page names are replaced by free ones, and put back in what is printed.
    Whatever was started is ended. Raises AssertionError for a command that fails without showing
    so on the page, and for one that names a path of this machine.
    """
    found = list(blocks(page))
    ports = _free_ports("".join(block.text for block in found))
    work, outputs = folder / "work", folder / "outputs"
    for made in (work, outputs):
        made.mkdir()
    (work / "examples").symlink_to(ROOT / "examples")
    _write_files(found, work, ports)
    todo = [block for block in found if block.runs]
    texts = [_replaced(command.text, ports) for block in todo for command in commands(block)]
    _execute(texts, work, outputs, _path(folder, root), root)
    back = {new: old for old, new in ports.items()}
    return list(_collected(todo, outputs, back))


def _collected(todo: list[Block], outputs: Path, back: dict[str, str]) -> Iterator[Ran]:
    number = 0
    for block in todo:
        before = commands(block)
        after = []
        for command in before:
            printed = _replaced((outputs / f"{number}.out").read_text("utf-8"), back)
            status = int((outputs / f"{number}.status").read_text("utf-8"))
            assert printed or not status, f"{block.place}: {command.text}: status {status}"
            assert str(ROOT) not in printed, f"{block.place}: {command.text}: {printed}"
            after.append(Command(command.text, _shown(printed, block)))
            number += 1
        yield Ran(block, before, after)


def _shown(printed: str, block: Block) -> str:
    start = printed.find(f"\n{block.value}") if block.mark == "shown from" else -1
    return printed if start < 0 else LEFT_OUT + printed[start + 1 :]


def _execute(texts: list[str], work: Path, outputs: Path, path: str, root: Path) -> None:
    script = "status=0\n" + "".join(
        f"exec >{shlex.quote(str(outputs / str(number)))}.out 2>&1\n"
        f"(exit $status)\n{text}\nstatus=$?\n{_wait(text)}"
        f"echo $status >{shlex.quote(str(outputs / str(number)))}.status\n"
        for number, text in enumerate(texts)
    )
    with subprocess.Popen(  # noqa: S603 - the project's own pages
        ["bash", "-c", script],  # noqa: S607 - the reader's shell
        cwd=work,
        env={
            "PATH": path,
            "PYTHONPATH": str(root / "src"),
            "HOME": str(work),
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    ) as shell:
        try:
            shell.wait(SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):  # nothing was left running
                os.killpg(shell.pid, signal.SIGKILL)


def _wait(text: str) -> str:
    """Wait for a server in the background as a reader does: until it has said where it is."""
    started = re.search(r"> (\S+) &$", text)
    return f"until [ -s {started[1]} ]; do sleep 0.05; done\n" if started else ""


def _path(folder: Path, root: Path) -> str:
    """Make the two commands of a reader who has installed the suite, or has a checkout."""
    tools = folder / "tools"
    tools.mkdir()
    python = shlex.quote(sys.executable)
    scripts = {
        "neptun-conformance": f'exec {python} -m neptun_conformance "$@"',
        "python": f'exec {python} "$@"',
        # The environment is there: this test runs in it.
        "make": f'exec /usr/bin/make -sC {shlex.quote(str(root))} -o .venv/ready RUN={python} "$@"',
    }
    for name, text in scripts.items():
        tool = tools / name
        tool.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        tool.chmod(0o755)
    return os.pathsep.join([str(tools), os.environ["PATH"]])


def _write_files(found: list[Block], work: Path, ports: dict[str, str]) -> None:
    for block in found:
        if block.mark == "file":
            file = work / block.value
            file.write_text(_replaced(block.text, ports), "utf-8")
            file.chmod(0o755)


def _free_ports(text: str) -> dict[str, str]:
    """Give each port of the page a free one of as many digits, so that sizes stay as they are."""
    ports: dict[str, str] = {}
    for port in sorted(set(_PORT.findall(text))):
        ports[port] = _free_port(" ".join((text, *ports.values())))
    return ports


def _free_port(text: str) -> str:
    """Return a free port that no other number of a text could be mistaken for."""
    while True:
        port = random.randint(5000, 9999)  # noqa: S311 - no secret
        with socket.socket() as probe:
            if str(port) not in text and probe.connect_ex(("127.0.0.1", port)):
                return str(port)


def _replaced(text: str, ports: dict[str, str]) -> str:
    for old, new in ports.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text
