"""Compares the mutants that survived with survivors.yaml, where each that may is explained.

``python -m tests.proof.survivors`` after ``mutmut run``; exits with 1 where the two differ.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

_NOTICED = {"killed", "timeout", "suspicious", "segfault"}

KEPT = Path(__file__).with_suffix(".yaml")


class Survivor(NamedTuple):
    """A mutant that no test notices: where it is, and the lines before and after."""

    function: str
    before: str
    after: str


def explained() -> dict[Survivor, str]:
    """Return the survivors that are known, each with the reason why it may live."""
    entries = yaml.safe_load(KEPT.read_text(encoding="utf-8"))
    return {Survivor(e["function"], e["before"], e["after"]): e["because"] for e in entries}


def survivors() -> set[Survivor]:
    """Return the mutants that lived through the last run, those that no test reached too."""
    lines = (line.split(":") for line in _mutmut("results").splitlines() if ":" in line)
    return {_survivor(mutant.strip()) for mutant, fate in lines if fate.strip() not in _NOTICED}


def _survivor(mutant: str) -> Survivor:
    lines = _mutmut("show", mutant).splitlines()
    before, after = (
        " ".join(line[1:].strip() for line in lines if line[:1] == sign and line[:3] != sign * 3)
        for sign in "-+"
    )
    return Survivor(mutant.partition("__mutmut_")[0].replace(".x_", "."), before, after)


def _mutmut(*arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def main() -> int:
    """Print what differs, and return the exit status."""
    found, known = survivors(), explained()
    for words, some in (("unexplained", found - set(known)), ("killed", set(known) - found)):
        for survivor in sorted(some):
            sys.stdout.write(f"{words}: {survivor.function}\n")
            sys.stdout.write(f"  - {survivor.before}\n  + {survivor.after}\n")
    sys.stdout.write(f"{len(found)} mutants survived, {len(known)} are explained\n")
    return int(found != set(known))


if __name__ == "__main__":
    sys.exit(main())
