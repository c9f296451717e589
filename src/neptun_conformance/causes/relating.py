"""What the way in which causes go together says of them.

Signatures compare one mistake at a time. Some mistakes make others appear: an answer that varies
shows as one that depends on whatever the request was varied in; state that requests share shows in
anything that an answer holds; what one kind of chat alone gets is a branch for that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.naming import (
    SHOWING,
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
_OF_MEMBERS = {
    *(Mistake.ITEM_MEMBER, Mistake.TIME_FORMAT, Mistake.URL_FORMAT, Mistake.TYPE_FORMAT),
}
_PLAIN_OWNERSHIP = {"ownership.foreign-chat", "ownership.foreign-user", "ownership.foreign-pair"}
_VERIFYING = {
    *("authentication.made-up", "authentication.altered-end"),
    *("authentication.altered-middle", "authentication.cut-short"),
}
_ELSEWHERE = {"authentication.other-cookie", "authentication.query", "authentication.bearer"}


def related(causes: Sequence[Cause], answers: Sequence[Seen]) -> list[Cause]:
    """Return causes, those that are one put together.

    Arguments:
        causes: what signatures tell.
        answers: every answer of the run.
    """
    found = _moved([*map(unless_its_own_clause_is_met, causes)], _plain_form_is_wrong)
    for follows in (
        *(_follows_open_chats, _follows_any_session, _follows_any_user),
        *(_is_of_a_wrong_answer, _is_the_same_member, _is_of_another_cookie),
    ):
        found = _moved(found, follows)
    found = _each_once(map(remembered, found))
    found = _joined(found, Mistake.SHARED_STATE, _follows_shared_state)
    found = _joined(found, Mistake.TWO_READINGS, _is_one_loose_reading)
    if _vary(found, answers):
        found = _joined_where_answers_vary(found)
    found = _joined_where_one_detail_fails(found)
    found = _joined_where_other_users_fail(found)
    return _each_once(renamed(cause, answers) for cause in found)


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


def _plain_form_is_wrong(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether the same request is wrongly answered, by a cause, without its details."""
    seen = symptom.seen
    if not seen.particulars or symptom.of_content or seen.right is not False:
        return False
    return any(
        other.seen.situation == seen.plain_situation
        and other.seen.right is False
        and not other.of_content
        for other in cause.symptoms
    )


def _follows_open_chats(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a symptom is a foreign chat that is open by a cause however it is asked for."""
    if cause.mistake is not Mistake.NO_OWNERSHIP or symptom.group != "ownership":
        return False
    return symptom.seen.form in SERVED and any(
        other.clause in _PLAIN_OWNERSHIP and other.seen.form in SERVED for other in cause.symptoms
    )


def _follows_any_session(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a session is let in by a cause that lets in whatever a cookie holds."""
    if cause.mistake is not Mistake.SESSION_NOT_VERIFIED or symptom.clause in _ELSEWHERE:
        return False
    if not symptom.seen.situation.startswith(SHOWING):
        return False
    let_in = {other.clause for other in cause.symptoms if other.seen.form in SERVED}
    passed = symptom.seen.form in {*SERVED, Form.NOT_FOUND}
    return passed and let_in >= _VERIFYING


def _follows_any_user(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a user id is taken by a cause that does not look at the id of the path."""
    if cause.mistake is not Mistake.NO_OWNERSHIP or symptom.group != "user":
        return False
    let_in = {other.clause for other in cause.symptoms if other.seen.form in SERVED}
    return symptom.seen.form in SERVED and let_in >= {"ownership.foreign-user", "user.unknown"}


def _is_of_a_wrong_answer(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a symptom is about what an answer holds that is wrong as a whole, by a cause."""
    seen = symptom.seen
    if not symptom.of_content or seen.due == "FILES" or seen.form is not Form.OTHER_200:
        return False
    return any(
        other.seen.situation == seen.situation and other.seen.form is seen.form
        for other in cause.symptoms
        if not other.of_content
    )


def _is_of_another_cookie(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a session is refused beside another cookie, where a cause misreads cookies."""
    refused = symptom.seen.form is Form.UNAUTHORIZED and symptom.seen.due.startswith("FILES")
    beside = any(words.startswith("with the cookie") for words in symptom.seen.particulars)
    return refused and beside and cause.mistake is Mistake.COOKIES_MISREAD


def _is_the_same_member(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a member that is not as the target lists it has a wrong form, by a cause."""
    if symptom.clause != "files.complete" or cause.mistake not in _OF_MEMBERS:
        return False
    return bool(symptom.pointer) and (symptom.pointer or "").rpartition("/")[2] in _members(cause)


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
    reading = next((cause for cause in causes if any(map(_of_reading, cause.symptoms))), None)
    home = reading or max(causes, key=lambda cause: (_is_firm(cause), len(cause.symptoms)))
    concrete = next((cause for cause in causes if _same_member(cause, home)), None)
    found = _absorbed(causes, home, lambda cause: cause is concrete or _only_seems(cause))
    if concrete is None:
        return [_doubted(found[0], home), *found[1:]]
    return [replace(concrete, symptoms=found[0].symptoms), *found[1:]]


def _doubted(whole: Cause, home: Cause) -> Cause:
    """Return a cause without its name, where more joined it than it had."""
    if any(map(_of_reading, home.symptoms)) or len(whole.symptoms) <= 2 * len(home.symptoms):
        return whole
    because = "answers to equal requests differ, and no known mistake fits what they show"
    return replace(whole, mistake=None, certainty=Certainty.UNNAMED, because=because)


def _joined(causes: list[Cause], mistake: Mistake, belongs: Callable[[Cause], bool]) -> list[Cause]:
    home = next((cause for cause in causes if cause.mistake is mistake), None)
    return causes if home is None else _absorbed(causes, home, belongs)


def _follows_shared_state(cause: Cause) -> bool:
    """Tell whether a small cause may be what requests that share state do to an answer."""
    if cause.mistake is None:
        return any(symptom.group == "isolation" for symptom in cause.symptoms)
    return cause.mistake in _FOLLOWS_STATE and len({one.check for one in cause.symptoms}) == 1


def _joined_where_one_detail_fails(causes: list[Cause]) -> list[Cause]:
    """Put together causes whose requests all fail, and all have a detail in common."""
    failing = [cause for cause in causes if all(one.seen.form in FAILED for one in cause.symptoms)]
    if len(failing) < 2 or not _details(failing):
        return causes
    home = max(failing, key=lambda cause: len(cause.symptoms))
    return _absorbed(causes, home, lambda cause: cause in failing)


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
    if len(failing) < 2:
        return causes
    home = max(failing, key=lambda cause: len(cause.symptoms))
    return _absorbed(causes, home, lambda cause: cause in failing)


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
    if any(_of_reading(symptom) for cause in causes for symptom in cause.symptoms):
        return True
    forms: dict[str, set[Form]] = {}
    for seen in answers:
        if seen.plain and seen.due == "FILES":
            forms.setdefault(seen.situation, set()).add(seen.form)
    return any(len(different) > 1 for different in forms.values())


def _is_firm(cause: Cause) -> bool:
    return cause.mistake is not None and cause.mistake not in _SEEMING


def _of_reading(symptom: Symptom) -> bool:
    return symptom.group == "reading"


def _only_seems(cause: Cause) -> bool:
    """Tell whether a cause shows in comparisons of answers to who may read, and nowhere else."""
    return (cause.mistake is None or cause.mistake in _SEEMING) and all(
        symptom.seen.due.startswith("FILES") for symptom in cause.symptoms
    )


def _same_member(cause: Cause, other: Cause) -> bool:
    """Tell whether two causes are about one member of files."""
    about_one = bool(_members(cause) & _members(other))
    return about_one and other.mistake is Mistake.UNSTABLE is not cause.mistake


def _members(cause: Cause) -> set[str]:
    pointers = (symptom.pointer for symptom in cause.symptoms)
    return {place.rpartition("/")[2] for place in pointers if place}
