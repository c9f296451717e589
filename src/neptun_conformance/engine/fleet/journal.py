"""Keeps what became of the targets of a fleet, line by line, so that an interrupted one goes on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from neptun_conformance import __version__
from neptun_conformance.engine.fleet.worker import Ended, Job
from neptun_conformance.results.verdict import ExitStatus

FINAL = {ExitStatus.CONFORMANT, ExitStatus.NONCONFORMANT, ExitStatus.INCOMPLETE}
"""Only what came to a verdict is not judged again by a fleet that goes on."""


class Journal:
    """A file with a line of JSON for each target that ended.

    Arguments:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        """Take a file that may be missing yet."""
        self._path = path

    def begin(self, *, anew: bool) -> None:
        """Make the file ready, without what it holds where the fleet begins anew.

        Raises:
            OSError: it cannot be written.
        """
        with self._path.open("wb" if anew else "ab") as file:
            # A line that was cut off must not swallow the next one.
            if file.tell():
                file.write(b"\n")

    def add(self, job: Job, ended: Ended) -> None:
        """Write down what became of a target, so that it is there whatever happens next.

        Raises:
            OSError: it cannot be written.
        """
        entry = {"name": job.name, "digest": digest(job), **asdict(ended)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(entry)}\n")
            file.flush()
            os.fsync(file.fileno())

    def done(self, jobs: list[Job]) -> dict[str, Ended]:
        """Return what became of those jobs, by name, that need not be judged again.

        Whoever changes a target file, or an option, has its target judged again.
        """
        entries = {entry["name"]: entry for entry in self._entries()}
        found: dict[str, Ended] = {}
        for job in jobs:
            entry = entries.get(job.name)
            report = job.settings.report_json
            if entry is None or entry["digest"] != digest(job):
                continue
            if entry["status"] in FINAL and report and Path(report).is_file():
                found[job.name] = Ended(**{one.name: entry[one.name] for one in fields(Ended)})
        return found

    def _entries(self) -> Iterator[dict[str, Any]]:
        """Yield the sound lines: the last one may have been cut off."""
        try:
            lines = self._path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        wanted = {"name", "digest", *(one.name for one in fields(Ended))}
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and entry.keys() == wanted:
                yield entry


def digest(job: Job) -> str:
    """Return what changes with a target file, with the options, and with the suite."""
    settings = job.settings
    apart = replace(settings, target=None, report_json=None)
    found = hashlib.sha256(f"{__version__} {apart!r}".encode())
    try:
        found.update(Path(settings.target or "").read_bytes())
    except OSError:
        found.update(b"unreadable")
    return found.hexdigest()
