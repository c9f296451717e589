"""Many targets: a fleet, beside a process for each target, both with as many at once.

The targets are two servers on the same machine, so that they and the suite share its processors.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from benchmarks import contestants, earlier
from benchmarks.contestants import CHECKOUT, Contestant
from benchmarks.measuring import ATTEMPTS, Cost, server

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = 12
AT_ONCE = 2
FLEET, EACH = "fleet", "a process each"
EACH_EARLIER = f"{EACH}, earlier"


def turns(folder: Path, before: Path | None, *, rounds: int) -> dict[str, list[Cost]]:
    """Let everybody judge all targets, one after the other, as often as there are rounds.

    Arguments:
        folder: where files may be written.
        before: the earlier version, None where there is none.
        rounds: how many times.
    """
    with ExitStack() as stack:
        servers = [stack.enter_context(server(folder)) for _ in range(AT_ONCE)]
        targets = folder / "targets"
        targets.mkdir()
        for number in range(TARGETS):
            shutil.copy(servers[number % AT_ONCE].path, targets / f"{number}.yaml")
        everybody = [_fleet(targets), _each(targets)]
        if before:
            everybody.append(earlier.as_of(before, _each(targets)))
        costs: dict[str, list[Cost]] = {one.name: [] for one in everybody}
        for _ in range(rounds):
            for one in everybody:
                costs[one.name].append(_whole(one))
    return costs


def _fleet(targets: Path) -> Contestant:
    words = (sys.executable, "-m", "neptun_conformance", "fleet", str(targets))
    return Contestant(FLEET, (*words, "--jobs", str(AT_ONCE)))


def _each(targets: Path) -> Contestant:
    files = map(str, sorted(targets.iterdir()))
    at_once = ("xargs", "-P", str(AT_ONCE), "-n", "1")
    one = contestants.suite(targets).command[:-1]
    shell = f'printf "%s\\n" "$@" | {" ".join((*at_once, *one))}'
    return Contestant(EACH, ("sh", "-c", shell, "sh", *files))


def _whole(contestant: Contestant) -> Cost:
    """Run a command, and return what it cost with all that it started."""
    words = (sys.executable, "-m", "benchmarks.whole", *contestant.command)
    found: dict[str, Any] = {}
    for _ in range(ATTEMPTS):
        found = json.loads(subprocess.check_output(words, cwd=CHECKOUT))  # noqa: S603
        if not found["status"]:
            return Cost(found["seconds"], found["cpu"], found["memory"])
    raise RuntimeError(f"{contestant.name} ended with status {found['status']}")
