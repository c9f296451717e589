"""Has the suite start a stack, judge it and stop it, as a user would: by its command."""

from __future__ import annotations

import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stacks.installing import installed, versions
from tests.stacks.manifest import STACKS, Manifest, manifest

PEOPLE = STACKS / "people.json"
LONG_AGO, FAR_AHEAD = 1_577_836_800, 4_102_444_800  # seconds since 1970: 2020 and 2100
LONGEST = 300  # seconds that a run may take


@dataclass(frozen=True, slots=True)
class Judged:
    """What the suite said of a stack.

    Arguments:
        report: its JSON report.
        output: what it printed, for whoever looks for the cause.
        versions: what the stack is made of, a name and a version each.
        seconds: from the start of the server to its end, by the clock.
    """

    report: dict[str, Any]
    output: str
    versions: list[str]
    seconds: float

    def failed(self, level: str) -> list[str]:
        """Return the clauses of `level` that failed."""
        return [c["id"] for c in self._clauses(level) if c["outcome"] == "fail"]

    def findings(self, clause_id: str) -> list[str]:
        """Return what the suite found about a clause: a line each, the request with it."""
        clause = next(c for c in self.report["clauses"] if c["id"] == clause_id)
        return [
            f"{clause['level']} {clause_id}: {found['situation']}: {found['message']}:"
            f" expected {found['expected']}, got {found['actual']}\n    {found['curl']}"
            for found in clause["findings"]
        ]

    def untested(self) -> dict[str, str]:
        """Return the clauses of any level that came to no outcome, and why."""
        return {
            clause["id"]: clause["reason"]
            for level in ("MUST", "SHOULD")
            for clause in self._clauses(level)
            if clause["outcome"] in {"not_tested", "error"}
        }

    def _clauses(self, level: str) -> Iterator[dict[str, Any]]:
        return (clause for clause in self.report["clauses"] if clause["level"] == level)


def judge(name: str) -> Judged:
    """Start the stack `name` on a free port of the loopback address, and judge it.

    Raises NotInstalledError where something is missing, RuntimeError where the suite came to no
    result.
    """
    stack, place = manifest(name), installed(name)
    with tempfile.TemporaryDirectory(prefix="neptun-stacks-") as work:
        described, report = Path(work, "target.json"), Path(work, "report.json")
        environment = {**os.environ, "PORT": str(free_port()), "DATA": str(PEOPLE)}
        described.write_text(json.dumps(target(stack, place, environment)), "utf-8")
        command = [sys.executable, "-m", "neptun_conformance", "--target", str(described)]
        command += ["--start", f"exec {stack.start}", "--report-json", str(report), "--wait", "60"]
        began = time.monotonic()
        run = subprocess.run(  # noqa: S603
            command,
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        seconds = time.monotonic() - began
        if not report.exists():
            raise RuntimeError(f"the suite ended with status {run.returncode}:\n{run.stdout}")
        result = json.loads(report.read_text("utf-8"))
    return Judged(result, run.stdout, versions(name, place), seconds)


def free_port() -> int:
    """Return a port of the loopback address on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def target(stack: Manifest, place: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Return what a target file says of the people in ``people.json``."""

    def session(user_id: str, ends: int) -> str:
        if stack.session is None:
            return next(
                str(value)
                for value, of in people["sessions"].items()
                if of == {"userId": user_id, "expiresAt": ends}
            )
        command = f"{stack.session} {shlex.quote(user_id)} {ends}"
        return subprocess.run(  # noqa: S602 - written in this repository
            command, shell=True, cwd=place, env=environment, capture_output=True, text=True,
            timeout=30, check=True,
        ).stdout.strip()  # fmt: skip

    def identity(user_id: str) -> dict[str, Any]:
        chats = {bool(c["files"]): c for c in people["chats"] if c["userId"] == user_id}
        listed = ("id", "name", "size", "type", "created_at")
        files = [{member: file[member] for member in listed} for file in chats[True]["files"]]
        return {
            "user_id": user_id,
            "session": session(user_id, FAR_AHEAD),
            "chat_with_files": {"id": chats[True]["id"], "files": files},
            "empty_chat": {"id": chats[False]["id"]},
        }

    people = json.loads(PEOPLE.read_text("utf-8"))
    return {
        "base_url": f"http://127.0.0.1:{environment['PORT']}",
        "http": stack.http,
        "owner": identity("alice"),
        "stranger": identity("bob"),
        "expired_session": session("alice", LONG_AGO) if stack.expires else "none",
    }
