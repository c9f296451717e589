"""Measures how well causes are told: ``make bench-causes``, with ``ARGS='--keep DIR --every N'``.

(a) Servers that fail three clauses or more, and all of them, each left out of the dictionary in
turn, so that it is new to it. (b) Pairs of servers that make different mistakes, share a clause or
a theme, and do not hide each other: their findings put together. (c) Single servers. Of each is
counted how often there are as many causes as mistakes, how often they are named rightly, and how
often wrongly. (d) The emulated deployment: its causes by name.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from neptun_conformance.causes.diagnosis import diagnose
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.signatures import OF_ERROR_BODIES, Signature, signatures
from neptun_conformance.causes.symptoms import Symptom
from neptun_conformance.engine.records.symptoms import seen_in
from neptun_conformance.server.faults import FAULTS, THEMES, in_front, mistake_of_each
from neptun_conformance.server.faults.fault import Build, Fault, Theme
from tests.proof.deployment import Deployment
from tests.proof.proving import checked_against
from tests.proof.signatures import AT_ONCE, Diagnosable, against, in_turn, symptoms_of

PAIRS = 150
MANY = 3


@dataclass(slots=True)
class Tally:
    """What became of some diagnoses.

    Arguments:
        name: what was diagnosed.
        made: how many.
        counted: where there were as many causes as mistakes.
        named: where each mistake was named, and no other.
        wrong: where a mistake was named that was not made.
        failures: what was not counted rightly, or named wrongly, one line each.
    """

    name: str
    made: int
    counted: int
    named: int
    wrong: int
    failures: list[str]

    @classmethod
    def of(
        cls, name: str, cases: Iterable[Sequence[str]], diagnosed: Callable[..., list[Cause]]
    ) -> Tally:
        """Diagnose cases, each the names of the faults whose findings are put together."""
        tally = cls(name, 0, 0, 0, 0, [])
        for case in cases:
            causes = diagnosed(case)
            due = set().union(*map(mistakes_of, case))
            told = {cause.mistake for cause in causes if cause.mistake}
            tally.made += 1
            tally.counted += len(causes) == len(due)
            tally.named += told == due and len(causes) == len(due)
            tally.wrong += bool(told - due)
            if len(causes) != len(due) or told - due:
                named = ", ".join(f"{c.mistake or 'no name'} ({len(c.symptoms)})" for c in causes)
                tally.failures.append(f"{' + '.join(case)}: {named}")
        return tally

    def row(self) -> str:
        """Return the tally as a row of a table."""
        shares = (f"{n} ({n / self.made:.1%})" if self.made else "-" for n in self._figures())
        return " | ".join((f"| {self.name}", str(self.made), *shares)) + " |"

    def _figures(self) -> tuple[int, int, int]:
        return self.counted, self.named, self.wrong


def mistakes_of(fault: str) -> set[Mistake]:
    """Return the mistakes of a fault: one, and that it fails where the body of that is wrong."""
    mistake = mistake_of_each()[fault]
    fails = "input.no-server-error" in FAULTS[fault].clauses
    return {mistake, Mistake.CRASH} if fails and mistake in OF_ERROR_BODIES else {mistake}


def _theme_of() -> dict[str, Theme]:
    return {fault.name: theme for theme in THEMES for fault in theme}


class Measuring:
    """Diagnoses servers from what was seen of them.

    Arguments:
        seen: by the name of a fault.
        dictionary: the signatures.
    """

    def __init__(self, seen: dict[str, Diagnosable], dictionary: Sequence[Signature]) -> None:
        self.seen = {name: one for name, one in seen.items() if one.symptoms}
        self.dictionary = dictionary

    def tallies(self) -> list[Tally]:
        """Return what became of (a), (b) and (c)."""
        many = [
            (name,)
            for name, one in self.seen.items()
            if len({symptom.clause for symptom in one.symptoms}) >= MANY
        ]
        return [
            Tally.of("a: new, three clauses or more", many, self._as_new),
            Tally.of("a: new, any", [(name,) for name in self.seen], self._as_new),
            Tally.of("b: pairs", self.pairs(), self._known),
            Tally.of("c: single", [(name,) for name in self.seen], self._known),
        ]

    def _known(self, case: Sequence[str], *, without: Sequence[str] = ()) -> list[Cause]:
        symptoms: list[Symptom] = [one for name in case for one in self.seen[name].symptoms]
        # What two servers answered says nothing about one that makes both mistakes.
        answers = self.seen[case[0]].answers if len(case) == 1 else []
        dictionary = [one for one in self.dictionary if one.fault not in without]
        return diagnose(symptoms, answers, dictionary)

    def _as_new(self, case: Sequence[str]) -> list[Cause]:
        return self._known(case, without=case)

    def pairs(self) -> list[tuple[str, str]]:
        """Return pairs whose findings can be put together, drawn by a fixed seed."""
        theme = _theme_of()
        signs = {name: one.signature(name).signs for name, one in self.seen.items()}
        found = [
            (a, b)
            for a, b in itertools.combinations(self.seen, 2)
            if mistake_of_each()[a] is not mistake_of_each()[b]
            and (FAULTS[a].clauses & FAULTS[b].clauses or theme[a] is theme[b])
            and signs[a] - signs[b]
            and signs[b] - signs[a]
            and theme[a] is not in_front.faults
        ]
        random.Random(0).shuffle(found)  # noqa: S311 - a sample
        return found[:PAIRS]


def causes_of(build: Build) -> list[Cause]:
    """Return the causes of a server that is no fault of the catalogue."""
    fault = Fault(name="server", wrong="-", clauses=frozenset(), build=build)
    made, answers = checked_against(fault)
    return diagnose(symptoms_of(made), [seen_in(one) for one in answers], signatures())


def main(arguments: Sequence[str]) -> None:
    """Print the table, and on standard error what was told wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof.measuring")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep what was seen")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of N servers one")
    parser.add_argument("--kept-only", action="store_true", help="only what is kept in DIR")
    asked = parser.parse_args(arguments)
    names = in_turn()[:: asked.every]
    if asked.kept_only:
        names = [name for name in names if (asked.keep / f"{name}.pickle.gz").exists()]
    with ProcessPoolExecutor(AT_ONCE) as pool:
        seen = dict(zip(names, pool.map(partial(against, keep=asked.keep), names), strict=True))
    tallies = Measuring(seen, signatures()).tallies()
    lines = [
        "| | servers | as many causes | named rightly | named wrongly |",
        "|---|" + "---:|" * 4,
    ]
    lines += [tally.row() for tally in tallies]
    sys.stdout.write("\n".join([*lines, "", "d: the emulated deployment", ""]))
    for cause in causes_of(Deployment):
        clauses = ", ".join(dict.fromkeys(symptom.clause for symptom in cause.symptoms))
        kind = cause.mistake or "no name"
        sys.stdout.write(f"- {kind}, {len(cause.symptoms)} findings: {clauses}\n")
    sys.stderr.write("".join(f"{t.name}: {line}\n" for t in tallies for line in t.failures))


if __name__ == "__main__":
    main(sys.argv[1:])
