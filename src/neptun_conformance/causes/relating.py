"""What the way in which causes go together says of them.

Signatures compare one mistake at a time. Some mistakes make others appear: an answer that varies
shows as one that depends on whatever the request was varied in; state that requests share shows in
anything that an answer holds; what one kind of chat alone gets is a branch for that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.following import RULES
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.naming import (
    remembered,
    renamed,
    unless_its_own_clause_is_met,
)
from neptun_conformance.causes.symptoms import FAILED, SERVED, Form, Seen, Symptom

_SEEMING = {
    *(Mistake.VOICE, Mistake.QUERY_HEEDED, Mistake.VALIDATORS, Mistake.HEAD),
    *(Mistake.SHARED_STATE, Mistake.CLAIM_TRUSTED),
}
"""What answers that vary by themselves look like, where requests are compared with each other."""
_FOLLOWS_STATE = {Mistake.OTHER_CHAT, Mistake.FILES_MISSING, Mistake.UNSTABLE, Mistake.EMPTY_CHAT}


def related(causes: Sequence[Cause], answers: Sequence[Seen]) -> list[Cause]:
    """Return causes, those that are one put together.

    Arguments:
        causes: what signatures tell.
        answers: every answer of the run.
    """
    found = [*map(unless_its_own_clause_is_met, causes)]
    for follows in RULES:
        found = _moved(found, follows)
    found = _each_once(map(remembered, found))
    found = _joined_where_readings_mix(found, answers)
    found = _joined(found, Mistake.SHARED_STATE, _follows_shared_state)
    found = _joined(found, Mistake.TWO_READINGS, _is_one_loose_reading)
    if _vary(found, answers):
        found = _joined_where_answers_vary(found)
    found = _joined_where_one_detail_fails(found)
    found = _joined_where_other_users_fail(found)
    return _each_once(
        renamed(cause, answers) for cause in _read_once_where_nothing_is_checked(found)
    )


def _read_once_where_nothing_is_checked(causes: list[Cause]) -> list[Cause]:
    """Call it a loose reading where nobody asks who owns a chat: there is no other reading then."""
    if all(cause.mistake is not Mistake.NO_OWNERSHIP for cause in causes):
        return causes
    return [
        replace(cause, mistake=Mistake.NUMBER_READ_LOOSELY)
        if cause.mistake is Mistake.TWO_READINGS
        else cause
        for cause in causes
    ]


def _moved(causes: Sequence[Cause], belongs: Callable[[Symptom, Cause], bool]) -> list[Cause]:
    """Give each symptom to the first cause that it belongs to by a rule, if there is one."""
    homes: dict[int, list[Symptom]] = {id(cause): [] for cause in causes}
    for cause in causes:
        for symptom in cause.symptoms:
            others = (other for other in causes if other is not cause)
            home = next((other for other in others if belongs(symptom, other)), cause)
            homes[id(home)].append(symptom)
    return [_with_only(cause, homes[id(cause)]) for cause in causes if homes[id(cause)]]


def _with_only(cause: Cause, symptoms: Sequence[Symptom]) -> Cause:
    kept = set(map(id, symptoms))
    typical = tuple(symptom for symptom in cause.typical if id(symptom) in kept)
    return replace(cause, symptoms=tuple(symptoms), typical=typical)


def _each_once(causes: Iterable[Cause]) -> list[Cause]:
    """Put causes of one mistake together."""
    named: dict[object, Cause] = {}
    for cause in causes:
        key = cause.mistake or id(cause)
        known = named.get(key)
        if known is not None:
            typical = (*known.typical, *cause.typical)
            cause = replace(_with(known, cause), typical=typical)  # noqa: PLW2901
        named[key] = cause
    return list(named.values())


def _with(cause: Cause, other: Cause) -> Cause:
    return replace(cause, symptoms=(*cause.symptoms, *other.symptoms))


def _absorbed(
    causes: Sequence[Cause], home: Cause, belongs: Callable[[Cause], bool]
) -> list[Cause]:
    """Add to a cause those that belong to it."""
    whole, others = home, list[Cause]()
    for cause in causes:
        if cause is home:
            continue
        if belongs(cause):
            whole = _with(whole, cause)
        else:
            others.append(cause)
    return [whole, *others]


def _joined_where_answers_vary(causes: list[Cause]) -> list[Cause]:
    """Put what only seems to be a mistake of its own to that by which readings differ.

    Where something is wrong with a member of files now and then, that is the mistake.
    """
    reading = next((cause for cause in causes if "reading" in cause.groups), None)
    home = reading or max(causes, key=lambda cause: (_is_firm(cause), len(cause.symptoms)))
    concrete = next((cause for cause in causes if _same_member(cause, home)), None)
    found = _absorbed(causes, home, lambda cause: cause is concrete or _only_seems(cause))
    if concrete is None:
        return [_doubted(found[0], home), *found[1:]]
    return [replace(concrete, symptoms=found[0].symptoms), *found[1:]]


def _doubted(whole: Cause, home: Cause) -> Cause:
    """Return a cause without its name, where more joined it than it had."""
    if "reading" in home.groups or len(whole.symptoms) <= 2 * len(home.symptoms):
        return whole
    because = "answers to equal requests differ, and no known mistake fits what they show"
    return whole.unnamed(because)


def _joined(causes: list[Cause], mistake: Mistake, belongs: Callable[[Cause], bool]) -> list[Cause]:
    home = next((cause for cause in causes if cause.mistake is mistake), None)
    return causes if home is None else _absorbed(causes, home, belongs)


def _joined_where_readings_mix(causes: list[Cause], answers: Iterable[Seen]) -> list[Cause]:
    """Put items of another chat that come now and then to readings that get mixed up."""
    readings = sum(seen.form is Form.FILES for seen in answers)
    home = next((cause for cause in causes if cause.mistake in _MIXING and _is_mixed(cause)), None)
    if home is None:
        return causes
    return _absorbed(
        causes,
        home,
        lambda cause: (
            cause.mistake is Mistake.OTHER_CHAT
            and all(symptom.count < readings / 2 for symptom in cause.symptoms)
        ),
    )


_MIXING = {Mistake.UNSTABLE, Mistake.SHARED_STATE}


def _is_mixed(cause: Cause) -> bool:
    return "isolation" in cause.groups


def _follows_shared_state(cause: Cause) -> bool:
    """Tell whether a small cause may be what requests that share state do to an answer."""
    if len(cause.symptoms) == 1 and _is_given_away(cause.symptoms[0]):
        return True
    if cause.mistake is None:
        return _is_mixed(cause)
    return cause.mistake in _FOLLOWS_STATE and len(cause.checks) == 1


def _is_given_away(symptom: Symptom) -> bool:
    """Tell whether somebody gets what they must not, which may be another's answer."""
    return symptom.seen.form in SERVED and not symptom.seen.due.startswith("FILES")


def _joined_where_one_detail_fails(causes: list[Cause]) -> list[Cause]:
    """Put together causes whose requests all fail, and all have a detail in common."""
    failing = [cause for cause in causes if all(one.seen.form in FAILED for one in cause.symptoms)]
    return _as_one(causes, failing) if failing and _details(failing) else causes


def _joined_where_other_users_fail(causes: list[Cause]) -> list[Cause]:
    """Put together causes whose requests all fail, and are all under another's user id."""
    failing = [
        cause
        for cause in causes
        if all(
            one.seen.form in FAILED and one.seen.of_a_person and one.seen.whose_id != "own"
            for one in cause.symptoms
        )
    ]
    return _as_one(causes, failing)


def _as_one(causes: list[Cause], some: Sequence[Cause]) -> list[Cause]:
    """Put some causes to the largest of them."""
    if len(some) < 2:
        return causes
    home = max(some, key=lambda cause: len(cause.symptoms))
    return _absorbed(causes, home, lambda cause: cause in some)


def _details(causes: Iterable[Cause]) -> set[str]:
    """Return what is particular about every request in which causes show."""
    each = (set(one.seen.particulars) for cause in causes for one in cause.symptoms)
    return set.intersection(*each)


def _is_one_loose_reading(cause: Cause) -> bool:
    return cause.mistake is Mistake.NUMBER_READ_LOOSELY and len(cause.symptoms) == 1


def _vary(causes: Sequence[Cause], answers: Iterable[Seen]) -> bool:
    """Tell whether the owner's plain reading of a chat is not answered alike each time."""
    if not causes:
        return False
    if any("reading" in cause.groups for cause in causes):
        return True
    forms: dict[str, set[Form]] = {}
    for seen in answers:
        if seen.plain and seen.due == "FILES":
            forms.setdefault(seen.situation, set()).add(seen.form)
    return any(len(different) > 1 for different in forms.values())


def _is_firm(cause: Cause) -> bool:
    return cause.mistake is not None and cause.mistake not in _SEEMING


def _only_seems(cause: Cause) -> bool:
    """Tell whether a cause shows in comparisons of answers to who may read, and nowhere else."""
    return (cause.mistake is None or cause.mistake in _SEEMING) and all(
        symptom.seen.due.startswith("FILES") for symptom in cause.symptoms
    )


def _same_member(cause: Cause, other: Cause) -> bool:
    """Tell whether two causes are about one member of files."""
    about_one = not cause.members.isdisjoint(other.members)
    return about_one and other.mistake is Mistake.UNSTABLE is not cause.mistake
