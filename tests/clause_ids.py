"""The ids of all clauses there ever were; `python -m tests.clause_ids` adds those that are new.

An id is permanent: what is renamed, removed or given another level is refused. So is a clause that
is new in a contract version which has been released, or which does not say how much is new.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from neptun_conformance import contract

PINNED = Path(__file__).with_name("unit") / "clauses.txt"
"""Level, id and first contract version of every clause; a line may be added, never changed."""

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"


def today() -> list[str]:
    """Return level and id of every clause of the contract, by the alphabet of the ids."""
    clauses = sorted(contract.clauses().values(), key=lambda clause: clause.id)
    return [f"{clause.level} {clause.id}" for clause in clauses]


def released(changelog: str) -> list[str]:
    """Return the contract versions that were released, the newest first."""
    _, *versions = re.split(r"^## ", changelog, flags=re.MULTILINE)
    return [
        found[1]
        for version in versions
        if not version.startswith("Unreleased")
        and (found := re.search(r"^Contract (\S+)\.$", version, re.MULTILINE))
    ]


def added(pinned: list[str], clauses: list[str], *, version: str, before: list[str]) -> list[str]:
    """Return the pinned lines with the new ones among them.

    Arguments:
        pinned: level, id and version of every clause so far.
        clauses: level and id of every clause of today.
        version: of the contract.
        before: the versions that were released.

    Raises:
        ValueError: a line is there no more, or the version does not allow a new one.
    """
    since = dict(line.rsplit(" ", 1) for line in pinned)
    gone = sorted(set(since) - set(clauses))
    if gone:
        raise ValueError(f"ids are permanent, but the contract no longer has: {', '.join(gone)}")
    early = [one for one in clauses if one not in since and not _allows(one, version, before)]
    if early:
        raise ValueError(f"{early[0]} is new: the contract's version must go up from {before[0]}")
    return [f"{clause} {since.get(clause, version)}" for clause in clauses]


def _allows(clause: str, version: str, before: list[str]) -> bool:
    """Tell whether a version may bring a clause: a MUST a major one, a SHOULD a minor one."""
    parts = 1 if clause.startswith("MUST ") else 2
    newest = max((_numbers(one) for one in before), default=[])
    return version not in before and _numbers(version)[:parts] > newest[:parts]


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


def main() -> None:
    """Pin the new clauses."""
    before = released(CHANGELOG.read_text("utf-8"))
    pinned = PINNED.read_text("utf-8").splitlines()
    try:
        lines = added(pinned, today(), version=contract.contract_version(), before=before)
    except ValueError as problem:
        sys.exit(str(problem))
    PINNED.write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
