"""All causes of a run, in the order in which to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from neptun_conformance.causes.by_answers import TOLD_BY_ANSWERS, from_instances
from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause, doubted, explain
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import Seen, Symptom
from neptun_conformance.causes.unsteady import doubted_where_unsteady

_IN_FRONT = {mistake for mistake in Mistake if about(mistake).weight is Weight.REACHABILITY}
_IN_FRONT = (_IN_FRONT | {Mistake.ERROR_STATUS}) - {Mistake.SHARED_CACHE}
"""What only answers tell: it answers everybody, and what it fails tells nothing of it."""


def diagnose(
    symptoms: Sequence[Symptom], answers: Iterable[Seen], dictionary: Sequence[Signature]
) -> list[Cause]:
    """Return the causes of a run's symptoms, what to mend first first.

    What the answers themselves tell comes before what signatures tell; each symptom belongs to
    exactly one cause.

    Arguments:
        symptoms: every finding of the run.
        answers: every answer of the run.
        dictionary: the signatures to compare with.
    """
    every = list(answers)
    left, causes = list(symptoms), list[Cause]()
    for told in TOLD_BY_ANSWERS:
        found = told(left, every)
        if found is not None:
            causes.append(found)
            claimed = set(map(id, found.symptoms))
            left = [symptom for symptom in left if id(symptom) not in claimed]
    known = explain(left, [one for one in dictionary if one.mistake not in _IN_FRONT])
    known = doubted(related(known, every)) if left else []
    unsure = [cause for cause in known if cause.certainty is not Certainty.SURE]
    found = from_instances(left, every) if unsure else None
    if found is not None:
        known = [found]
    return sorted([*causes, *doubted_where_unsteady(known)], key=_turn)


def _turn(cause: Cause) -> tuple[bool, int, bool, int]:
    """Sort what breaks a MUST first, then by weight, then what explains most.

    Before all else about sessions comes that one is refused: little can be seen without it.
    """
    breaks_a_must = any(symptom.must for symptom in cause.symptoms)
    hides = cause.mistake is Mistake.SESSION_REFUSED
    return not breaks_a_must, weight(cause), not hides, -len(cause.symptoms)


def weight(cause: Cause) -> Weight:
    """Return when to mend a cause; one without a name by the clauses that fail by it."""
    if cause.mistake is not None:
        return about(cause.mistake).weight
    return min(_OF_GROUP.get(group, Weight.FORM) for group in cause.groups)


_OF_GROUP = {
    "authentication": Weight.SESSIONS,
    "ownership": Weight.OWNERSHIP,
    "isolation": Weight.OWNERSHIP,
}
