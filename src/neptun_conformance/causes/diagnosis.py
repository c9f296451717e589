"""All causes of a run, in the order in which to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause, doubted, explain
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.observing import (
    GATEWAY,
    InFront,
    from_a_cache,
    in_front,
    instances_differ,
)
from neptun_conformance.causes.relating import related
from neptun_conformance.causes.signatures import Signature
from neptun_conformance.causes.symptoms import AFTER_OTHERS, SERVED, Form, Seen, Symptom

_IN_FRONT = {mistake for mistake in Mistake if about(mistake).weight is Weight.REACHABILITY}
_IN_FRONT -= {Mistake.SHARED_CACHE}
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
    for told in _TOLD_BY_ANSWERS:
        found = told(left, every)
        if found is not None:
            causes.append(found)
            claimed = set(map(id, found.symptoms))
            left = [symptom for symptom in left if id(symptom) not in claimed]
    known = explain(left, [one for one in dictionary if one.mistake not in _IN_FRONT])
    known = doubted(related(known, every)) if left else []
    unsure = [cause for cause in known if cause.certainty is not Certainty.SURE]
    found = _from_instances(left, every) if unsure else None
    return sorted([*causes, *([found] if found else known)], key=_turn)


def _turn(cause: Cause) -> tuple[int, int]:
    return weight(cause), -len(cause.symptoms)


def weight(cause: Cause) -> Weight:
    """Return when to mend a cause; one without a name by the clauses that fail by it."""
    if cause.mistake is not None:
        return about(cause.mistake).weight
    groups = {symptom.clause.partition(".")[0] for symptom in cause.symptoms}
    return min((_OF_GROUP.get(group, Weight.FORM) for group in groups), default=Weight.FORM)


_OF_GROUP = {
    "authentication": Weight.SESSIONS,
    "ownership": Weight.OWNERSHIP,
    "isolation": Weight.OWNERSHIP,
}


def _from_front(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return what answers in place of the API, with all findings that are about its answers."""
    front = in_front(answers) if symptoms else None
    if front is None:
        return None
    everything = not any(seen.form in SERVED for seen in answers)
    claimed = [symptom for symptom in symptoms if everything or _shows(symptom, front)]
    if not claimed:
        return None
    sentence = f"{about(front.mistake).sentence}: {front.sentence}"
    because = "many kinds of request get one sort of answer"
    return Cause(front.mistake, Certainty.SURE, tuple(claimed), because, sentence)


def _shows(symptom: Symptom, front: InFront) -> bool:
    """Tell whether a finding is about an answer of what stands in front, or compares one."""
    return front.sort.holds(symptom.seen) or symptom.seen.status == front.sort.status


def _from_gateway(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return a gateway that now and then, or for some input, gets no answer from behind it."""
    told = [symptom for symptom in symptoms if symptom.seen.status in GATEWAY]
    if not told:
        return None
    number = sum(seen.status in GATEWAY for seen in answers)
    sentence = f"{about(Mistake.GATEWAY_ERROR).sentence}: {number} of {len(answers)} responses"
    because = f"a status such as {told[0].seen.status} is a gateway's"
    return Cause(Mistake.GATEWAY_ERROR, Certainty.LIKELY, tuple(told), because, sentence)


def _from_cache(symptoms: Sequence[Symptom], _: Sequence[Seen]) -> Cause | None:
    """Return a cache that gives to others what one caller may read, if answers say they are kept.

    Arguments:
        symptoms: what is left to explain.
    """
    wrong = [one for one in symptoms if one.seen.due != "FILES" and one.seen.form in SERVED]
    told = [one for one in wrong if from_a_cache([one.seen])]
    if not told:
        return None
    header = from_a_cache([told[0].seen])
    sentence = f"{about(Mistake.SHARED_CACHE).sentence} ({header})"
    because = f"answers that a caller must not get say that they come from a cache ({header})"
    # Only these name who has to ask first.
    after = tuple(one for one in told if one.clause in AFTER_OTHERS)
    return Cause(Mistake.SHARED_CACHE, Certainty.SURE, tuple(told), because, sentence, after)


def _from_refused_sessions(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that sessions of the target are refused, where their users get a 401 each time."""
    reading = [seen for seen in answers if seen.plain and seen.due == "FILES"]
    refused = {seen.person for seen in reading if seen.form is Form.UNAUTHORIZED}
    refused -= {seen.person for seen in reading if seen.form is not Form.UNAUTHORIZED}
    told = [
        symptom
        for symptom in symptoms
        if symptom.seen.form is Form.UNAUTHORIZED
        and symptom.seen.due == "FILES"
        and symptom.seen.person in refused
    ]
    if not told:
        return None
    people = " and ".join(sorted(filter(None, refused)))
    sentence = f"{about(Mistake.SESSION_REFUSED).sentence}, of {people}"
    because = f"every plain request of {people} for a chat of their own gets a 401"
    return Cause(Mistake.SESSION_REFUSED, Certainty.SURE, tuple(told), because, sentence)


def _from_remembered_refusal(symptoms: Sequence[Symptom], _: Sequence[Seen]) -> Cause | None:
    """Return a cache that gives one caller's refusal to the next, who has a session."""
    after = any(
        symptom.clause == "authentication.owner-after" and symptom.seen.form is Form.UNAUTHORIZED
        for symptom in symptoms
    )
    told = [
        symptom
        for symptom in symptoms
        if symptom.seen.form is Form.UNAUTHORIZED and symptom.seen.due == "FILES"
    ]
    if not after:
        return None
    because = "who has a session gets a 401 after somebody without one has got it"
    return Cause(Mistake.SHARED_CACHE, Certainty.LIKELY, tuple(told), because)


def _from_mixed_up_callers(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that callers are taken for one another.

    Somebody who gets what is another's, and not what is their own, is not let in too far: the
    server has somebody else in mind. What it lets in or refuses then says nothing of its checks.
    An empty chat that is not found may be another mistake.
    """
    asked = [seen for seen in answers if seen.plain and seen.of_a_person]
    lost = {
        seen.person
        for seen in asked
        if seen.due == "FILES"
        and seen.form is Form.NOT_FOUND
        and "'s chat with files under" in seen.situation
    }
    given = {seen.person for seen in asked if seen.due == "NOT_FOUND" and seen.form in SERVED}
    mixed_up = " and ".join(sorted(filter(None, lost & given)))
    told = tuple(symptom for symptom in symptoms if symptom.seen.right is False)
    if not mixed_up or not told:
        return None
    sentence = f"{about(Mistake.SHARED_STATE).sentence}, or a session is taken for another's"
    because = f"{mixed_up} gets files of somebody else, and a 404 for files of their own"
    return Cause(Mistake.SHARED_STATE, Certainty.LIKELY, told, because, sentence)


_TOLD_BY_ANSWERS = (
    *(_from_front, _from_gateway, _from_cache),
    *(_from_refused_sessions, _from_remembered_refusal, _from_mixed_up_callers),
)


def _from_instances(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that instances differ, where the owner is served and refused in turn."""
    told = instances_differ(answers) if symptoms else None
    # A refusal that follows another caller's is a cache's, as likely as an instance's.
    if told is None or any(symptom.clause in AFTER_OTHERS for symptom in symptoms):
        return None
    sentence = f"{about(Mistake.OTHER_INSTANCE).sentence}: {told}"
    because = "equal requests of one caller are served and refused in turn"
    return Cause(Mistake.OTHER_INSTANCE, Certainty.LIKELY, tuple(symptoms), because, sentence)
