"""Computes which findings each fault makes, and keeps them as the dictionary of causes.

``python -m tests.proof.signatures`` computes it anew, in two processes. With names of faults, or
patterns of them, those alone; what is kept of other faults stays. ``--missing`` computes what is
not kept yet. ``--keep DIR`` keeps what was seen, too, for `tests.proof.measuring`.
"""

from __future__ import annotations

import argparse
import gzip
import pickle
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import NamedTuple

from neptun_conformance import causes
from neptun_conformance.causes import signatures
from neptun_conformance.causes.signatures import NAME, Signature, parse, write
from neptun_conformance.causes.symptoms import Seen, Symptom
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.engine.records.symptoms import seen_in, symptom_of
from neptun_conformance.server.faults import FAULTS, mistake_of_each
from tests.proof.proving import checked_against

PATH = Path(causes.__file__).with_name(NAME)
AT_ONCE = 2
_WRITTEN_EACH = 20
_STRIDE = 7


class Diagnosable(NamedTuple):
    """What a run against a server has seen: its findings, and all answers."""

    symptoms: list[Symptom]
    answers: list[Seen]

    def signature(self, name: str) -> Signature:
        """Return how the fault of a name shows."""
        return signatures.signature(name, mistake_of_each()[name], self.symptoms)


def against(name: str, keep: Path | None = None) -> Diagnosable:
    """Make every check against a fault, or read what is kept of having done so.

    Arguments:
        name: the fault's.
        keep: folder in which to look, and to keep what was seen.
    """
    path = keep / f"{name}.pickle.gz" if keep else None
    if path is not None and path.exists():
        return Diagnosable(*pickle.loads(gzip.decompress(path.read_bytes())))  # noqa: S301 - our own
    made, answers = checked_against(FAULTS[name])
    seen = Diagnosable(symptoms_of(made), [seen_in(answer) for answer in answers])
    if path is not None:
        path.write_bytes(gzip.compress(pickle.dumps(tuple(seen)), 3))
    return seen


def symptoms_of(checked: Iterable[Checked]) -> list[Symptom]:
    """Return every finding of every check as a symptom, in the order of the checks."""
    return [symptom_of(one, finding) for one in checked for finding in one.findings]


def signature(name: str, keep: Path | None = None) -> Signature:
    """Return how a fault shows, by making every check against it."""
    return against(name, keep).signature(name)


def kept() -> dict[str, Signature]:
    """Return what is kept of faults that there still are, with their mistakes as they are now."""
    if not PATH.exists():
        return {}
    return {
        one.fault: Signature(one.fault, mistake_of_each()[one.fault], one.signs)
        for one in parse(PATH.read_text(encoding="utf-8"))
        if one.fault in FAULTS
    }


def in_turn() -> list[str]:
    """Return all faults, those that fail most clauses first, then some of each theme in turn."""
    few = [name for name, fault in FAULTS.items() if len(fault.clauses) < 2]
    many = sorted(FAULTS.keys() - set(few), key=lambda name: (-len(FAULTS[name].clauses), name))
    return [*many, *(name for start in range(_STRIDE) for name in few[start::_STRIDE])]


def main(arguments: Sequence[str]) -> None:
    """Compute signatures and write the dictionary, also now and then in between."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof.signatures")
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    asked = parser.parse_args(arguments)
    known = kept()
    names = [
        name
        for name in in_turn()
        if not (asked.missing and name in known)
        if not asked.patterns or any(fnmatchcase(name, pattern) for pattern in asked.patterns)
    ]
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for number, one in enumerate(pool.map(partial(signature, keep=asked.keep), names), 1):
            known[one.fault] = one
            if number % _WRITTEN_EACH == 0 or number == len(names):
                PATH.write_text(write(known.values()), encoding="utf-8")
                sys.stderr.write(f"{number} of {len(names)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
