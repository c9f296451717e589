"""What the way in which causes go together says of them.

Signatures compare one mistake at a time. Some mistakes make others appear: an answer that varies
shows as one that depends on whatever the request was varied in; state that requests share shows in
anything that an answer holds; what one kind of chat alone gets is a branch for that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from neptun_conformance.causes.explaining import Cause, Certainty
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.symptoms import Form, Seen, Symptom

_SEEMING = {
    *(Mistake.VOICE, Mistake.QUERY_HEEDED, Mistake.VALIDATORS, Mistake.HEAD),
    *(Mistake.SHARED_STATE, Mistake.CLAIM_TRUSTED),
}
"""What answers that vary by themselves look like, where requests are compared with each other."""
_FOLLOWS_STATE = {Mistake.OTHER_CHAT, Mistake.FILES_MISSING, Mistake.UNSTABLE, Mistake.EMPTY_CHAT}
_AFTER_OTHERS = {"authentication.after-owner", "authentication.owner-after"}
_PLAIN_OWNERSHIP = {"ownership.foreign-chat", "ownership.foreign-user", "ownership.foreign-pair"}
_VERIFYING = {
    *("authentication.made-up", "authentication.altered-end"),
    *("authentication.altered-middle", "authentication.cut-short"),
}
_ELSEWHERE = {"authentication.other-cookie", "authentication.query", "authentication.bearer"}
_SHOWING = "somebody with "
"""How callers are told who show something in place of their own session in the cookie."""
_READS = {Form.FILES, Form.EMPTY_LIST}


def related(causes: Sequence[Cause], answers: Sequence[Seen]) -> list[Cause]:
    """Return causes, those that are one put together.

    Arguments:
        causes: what signatures tell.
        answers: every answer of the run.
    """
    found = _moved(causes, _plain_form_is_wrong)
    for follows in (_follows_open_chats, _follows_any_session, _follows_any_user):
        found = _moved(found, follows)
    found = _each_once(_remembered(cause) for cause in found)
    found = _joined(found, Mistake.SHARED_STATE, _follows_shared_state)
    found = _joined(found, Mistake.TWO_READINGS, _is_one_loose_reading)
    if _vary(found, answers):
        found = _joined_where_answers_vary(found)
    for renamed in (
        _unless_of_others,
        _or_remembered,
        _of_empty_chats,
        _of_voices,
        _of_own_chats,
        _of_failing_inputs,
    ):
        found = [renamed(cause) for cause in found]
    return _each_once(found)


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
    return symptom.seen.form in _READS and any(
        other.clause in _PLAIN_OWNERSHIP and other.seen.form in _READS for other in cause.symptoms
    )


def _follows_any_session(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a session is let in by a cause that lets in whatever a cookie holds."""
    if cause.mistake is not Mistake.SESSION_NOT_VERIFIED or symptom.clause in _ELSEWHERE:
        return False
    if not symptom.seen.situation.startswith(_SHOWING):
        return False
    let_in = {other.clause for other in cause.symptoms if other.seen.form in _READS}
    passed = symptom.seen.form in {*_READS, Form.NOT_FOUND}
    return passed and let_in >= _VERIFYING


def _follows_any_user(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a user id is taken by a cause that does not look at the id of the path."""
    if cause.mistake is not Mistake.NO_OWNERSHIP or symptom.group != "user":
        return False
    let_in = {other.clause for other in cause.symptoms if other.seen.form in _READS}
    return symptom.seen.form in _READS and let_in >= {"ownership.foreign-user", "user.unknown"}


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
    return cause.mistake in _FOLLOWS_STATE and len({one.check for one in cause.symptoms}) == 1


def _unless_of_others(cause: Cause) -> Cause:
    """Take a name from a cause that shows in requests to which the name cannot apply."""
    others = _OTHERS.get(cause.mistake) if cause.mistake else None
    if others is None or not any(others(symptom.seen) for symptom in cause.symptoms):
        return cause
    because = f"{about(cause.mistake).name} fits" if cause.mistake else ""
    because = f"{because}, but for requests that are none of that"
    return replace(cause, mistake=None, certainty=Certainty.UNNAMED, because=because)


def _or_remembered(cause: Cause) -> Cause:
    """Take the name from a missing check of sessions that may be a cache's answer as well."""
    after = any(symptom.clause in _AFTER_OTHERS for symptom in cause.symptoms)
    showing = any(symptom.seen.situation.startswith(_SHOWING) for symptom in cause.symptoms)
    likely = cause.mistake is Mistake.NO_SESSION_NEEDED and cause.certainty is Certainty.LIKELY
    if not (likely and after) or showing:
        return cause
    both = f"{about(Mistake.NO_SESSION_NEEDED).name} or {about(Mistake.SHARED_CACHE).name}"
    sentence = f"Two known mistakes fit: {both}"
    because = "callers without a session get what the owner got before"
    unnamed = replace(cause, mistake=None, certainty=Certainty.UNNAMED, because=because)
    return replace(unnamed, sentence=sentence)


_OTHERS: dict[Mistake, Callable[[Seen], bool]] = {
    Mistake.EMPTY_CHAT: lambda seen: seen.plain and "chat with files under" in seen.situation,
    Mistake.HEAD: lambda seen: " asks for " in seen.situation,
}
"""Requests in which a mistake cannot show."""


def _of_failing_inputs(cause: Cause) -> Cause:
    """Name what fails whatever session is shown: the session is not what it fails on."""
    failing = all(symptom.seen.status == 500 for symptom in cause.symptoms)
    of_input = all(symptom.group == "input" for symptom in cause.symptoms)
    showing = any(symptom.seen.situation.startswith(_SHOWING) for symptom in cause.symptoms)
    if cause.mistake is not None or not (failing and of_input) or showing:
        return cause
    because = "requests fail by something else than their session"
    return _renamed(cause, Mistake.CRASH, because)


def _renamed(cause: Cause, mistake: Mistake, because: str) -> Cause:
    return replace(
        cause, mistake=mistake, certainty=Certainty.LIKELY, because=because, sentence=None
    )


def _is_one_loose_reading(cause: Cause) -> bool:
    return cause.mistake is Mistake.NUMBER_READ_LOOSELY and len(cause.symptoms) == 1


def _of_own_chats(cause: Cause) -> Cause:
    """Return two readings of a number as one that is loose, where nothing foreign comes out."""
    foreign = any(symptom.group in {"ownership", "input"} for symptom in cause.symptoms)
    if cause.mistake is not Mistake.TWO_READINGS or foreign:
        return cause
    because = "another chat id is read as the caller's own chat's, and opens no foreign one"
    return _renamed(cause, Mistake.NUMBER_READ_LOOSELY, because)


def _remembered(cause: Cause) -> Cause:
    """Return a cause as a cache's, where callers are wrongly answered after others alone."""
    clauses = {symptom.clause for symptom in cause.symptoms}
    if not clauses <= _AFTER_OTHERS or cause.mistake is Mistake.SHARED_CACHE:
        return cause
    because = "callers are answered wrongly only after somebody else has asked for the same"
    return _renamed(cause, Mistake.SHARED_CACHE, because)


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


def _of_voices(cause: Cause) -> Cause:
    """Return a cause as one of a voice, where each of its requests was in that voice."""
    groups = {symptom.group for symptom in cause.symptoms}
    if "voice" not in groups or "request" in groups or cause.certainty is Certainty.SURE:
        return cause
    each = [set(symptom.seen.particulars) for symptom in cause.symptoms]
    if not set.intersection(*each) or cause.mistake in {Mistake.VOICE, Mistake.COOKIES_MISREAD}:
        return cause
    because = "every request in which it shows has the same detail, and the others are answered"
    return _renamed(cause, Mistake.VOICE, because)


def _of_empty_chats(cause: Cause) -> Cause:
    """Return a cause of form as one of empty chats, where it shows in their answers alone."""
    of_form = cause.mistake is None or about(cause.mistake).weight is Weight.FORM
    empty = all(
        symptom.seen.due == "FILES" and "'s empty chat under" in symptom.seen.situation
        for symptom in cause.symptoms
    )
    if not (of_form and empty) or cause.mistake is Mistake.EMPTY_CHAT:
        return cause
    because = "only answers about empty chats are wrong"
    return _renamed(cause, Mistake.EMPTY_CHAT, because)
