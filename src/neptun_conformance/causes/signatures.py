"""The dictionary of causes: by which findings each wrong server of the catalogue shows.

It is computed by the proof and kept beside this module, so that a run needs neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import FAILED, Symptom

NAME = "signatures.json"


@dataclass(frozen=True, slots=True)
class Signature:
    """How one wrong server shows.

    Arguments:
        fault: its name in the catalogue.
        mistake: the kind of mistake that it makes.
        signs: of its symptoms; see ``Symptom.sign``.
    """

    fault: str
    mistake: Mistake
    signs: frozenset[str]


OF_ERROR_BODIES = {Mistake.ERROR_BODY, Mistake.INTERNALS}
"""Mistakes in the body of an error; that there is an error at all is another one."""


def signature(fault: str, mistake: Mistake, symptoms: Iterable[Symptom]) -> Signature:
    """Return how a wrong server shows, by its findings; a body does not explain its status."""
    of_body = mistake in OF_ERROR_BODIES
    shown = {one.sign for one in symptoms if not (of_body and _fails(one))}
    return Signature(fault, mistake, frozenset(shown))


def _fails(symptom: Symptom) -> bool:
    return symptom.seen.form in FAILED and not symptom.of_content


@cache
def signatures() -> tuple[Signature, ...]:
    """Return the signatures that are kept in the package."""
    return parse((files(__package__) / NAME).read_text("utf-8"))


def parse(text: str) -> tuple[Signature, ...]:
    """Read a dictionary as ``write`` makes it."""
    kept = json.loads(text)
    signs = kept["signs"]
    return tuple(
        Signature(fault, Mistake(mistake), frozenset(signs[number] for number in numbers))
        for mistake, faults in kept["mistakes"].items()
        for fault, numbers in faults.items()
    )


def write(dictionary: Iterable[Signature]) -> str:
    """Return a dictionary as JSON: signs once each, and a line for each fault."""
    ordered = sorted(dictionary, key=lambda one: (one.mistake, one.fault))
    signs = sorted({sign for one in ordered for sign in one.signs})
    number = {sign: place for place, sign in enumerate(signs)}
    lines = [
        '{"signs": [',
        ",\n".join(f" {json.dumps(sign)}" for sign in signs),
        '], "mistakes": {',
    ]
    mistakes = []
    for mistake in dict.fromkeys(one.mistake for one in ordered):
        faults = ",\n".join(
            f"  {json.dumps(one.fault)}: {json.dumps(sorted(number[sign] for sign in one.signs))}"
            for one in ordered
            if one.mistake is mistake
        )
        mistakes.append(f" {json.dumps(mistake)}: {{\n{faults}\n }}")
    return "\n".join([*lines, ",\n".join(mistakes), "}}"]) + "\n"
