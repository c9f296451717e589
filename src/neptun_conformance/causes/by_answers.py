"""Causes that the answers themselves tell, whatever mistakes are known.

Each function takes the findings that are left and every answer of the run, and returns a cause with
the findings that it explains, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake, about
from neptun_conformance.causes.observing import (
    GATEWAY,
    MOST,
    InFront,
    from_a_cache,
    in_front,
    instances_differ,
)
from neptun_conformance.causes.symptoms import (
    AFTER_OTHERS,
    REFUSED,
    SERVED,
    Form,
    Repeated,
    Seen,
    Symptom,
)


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
    # Where others are served, what came before the first of them is what to look at.
    first = () if everything else sorted(claimed, key=lambda one: one.seen.started)[:FIRST]
    return Cause(front.mistake, Certainty.SURE, tuple(claimed), because, sentence, tuple(first))


FIRST = 4
"""Findings from which examples are taken where it matters which of them came first."""


def _shows(symptom: Symptom, front: InFront) -> bool:
    """Tell whether a finding is about an answer of what stands in front, or compares one."""
    return front.sort.holds(symptom.seen) or symptom.seen.status == front.sort.status


def _from_gateway(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return a gateway that now and then, or for some input, gets no answer from behind it."""
    told = [symptom for symptom in symptoms if symptom.seen.status in GATEWAY]
    if not told:
        return None
    status = told[0].seen.status
    failed = [seen for seen in answers if seen.status in GATEWAY]
    if not any(_is_usual(seen) for seen in failed):
        sentence = f"{about(Mistake.CRASH).sentence}: a gateway in front makes it a {status}"
        because = "odd requests alone get it, and no usual one does"
        return Cause(Mistake.CRASH, Certainty.LIKELY, tuple(told), because, sentence)
    number = f"{len(failed)} of {len(answers)} responses"
    sentence = f"{about(Mistake.GATEWAY_ERROR).sentence}: {number}"
    because = f"a status such as {status} is a gateway's"
    return Cause(Mistake.GATEWAY_ERROR, Certainty.LIKELY, tuple(told), because, sentence)


def _is_usual(seen: Seen) -> bool:
    """Tell whether a request names a chat and a user, real or not, and nothing is odd about it."""
    return seen.plain and not seen.particulars and " id " not in seen.situation


def _from_cache(symptoms: Sequence[Symptom], _: Sequence[Seen]) -> Cause | None:
    """Return a cache that gives to others what one caller may read, if answers say they are kept.

    Arguments:
        symptoms: what is left to explain.
    """
    wrong = [one for one in symptoms if one.seen.due != "FILES" and one.seen.form in SERVED]
    told = [one for one in wrong if from_a_cache(one.seen)]
    if not told:
        return None
    header = from_a_cache(told[0].seen)
    sentence = f"{about(Mistake.SHARED_CACHE).sentence} ({header})"
    because = f"answers that a caller must not get say that they come from a cache ({header})"
    # Only these name who has to ask first.
    after = tuple(one for one in told if one.clause in AFTER_OTHERS)
    return Cause(Mistake.SHARED_CACHE, Certainty.SURE, tuple(told), because, sentence, after)


def _from_cached_refusal(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return a cache that gives a refusal to others, who are answered rightly without it.

    A refusal from a cache may be kept for one caller alone, and be wrong for another reason.
    """
    told = [
        symptom
        for symptom in symptoms
        if symptom.seen.form in REFUSED and from_a_cache(symptom.seen)
        if symptom.seen.right is False or symptom.seen.due.startswith("FILES")
    ]
    rightly = {seen.situation for seen in answers if seen.right and not from_a_cache(seen)}
    if not any(symptom.seen.situation in rightly for symptom in told):
        return None
    header = from_a_cache(told[0].seen)
    sentence = f"{about(Mistake.SHARED_CACHE).sentence} ({header})"
    because = f"wrong refusals say that they come from a cache ({header}), and right answers do not"
    return Cause(Mistake.SHARED_CACHE, Certainty.SURE, tuple(told), because, sentence)


def _from_coding(symptoms: Sequence[Symptom], _: Sequence[Seen]) -> Cause | None:
    """Return that bodies are not in the content coding that their answers name."""
    told = [symptom for symptom in symptoms if symptom.seen.garbled]
    if not told:
        return None
    named = told[0].seen.header("content-encoding")
    sentence = f"{about(Mistake.CODING).sentence} ({named})"
    because = "the bodies of these answers cannot be decoded as their Content-Encoding says"
    return Cause(Mistake.CODING, Certainty.SURE, tuple(told), because, sentence)


def _from_split_cookies(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that one of several Cookie fields is read, where one with all cookies is enough.

    Over HTTP/2 a client may send a field for each cookie, to be joined (RFC 9113 section 8.2.3).
    """
    reading = [seen for seen in answers if seen.due == "FILES" and seen.of_a_person]
    served = [seen for seen in reading if seen.form in SERVED and seen.cookie_fields == 1]
    told = [
        symptom
        for symptom in symptoms
        if symptom.seen.cookie_fields > 1
        and symptom.seen.form is Form.UNAUTHORIZED
        and symptom.seen.due.startswith("FILES")
    ]
    by_number = any(
        seen.form is Form.UNAUTHORIZED and seen.cookie_fields == 1 < seen.cookies
        for seen in reading
    )
    if not told or not served or by_number:
        return None
    sentence = f"{about(Mistake.COOKIES_MISREAD).sentence}: one of several Cookie fields is read"
    because = "over HTTP/2 a field for each cookie gets a 401, and one field with them a 200"
    sure = any(seen.cookies > 1 for seen in served)
    certainty = Certainty.SURE if sure else Certainty.LIKELY
    return Cause(Mistake.COOKIES_MISREAD, certainty, tuple(told), because, sentence)


def _from_errors_as_success(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that errors come with a 200, where that answers callers of every kind who may not."""
    plain = [seen for seen in answers if seen.plain]
    served = any(seen.due == "FILES" and seen.form in SERVED for seen in plain)
    shares = [_of_other_200(plain, due) for due in ("UNAUTHORIZED", "NOT_FOUND")]
    told = [one for one in symptoms if one.seen.form is Form.OTHER_200 and one.seen.due != "FILES"]
    if not told or not served or min(shares) < MOST:
        return None
    because = "who has no session, and who asks for what is not theirs, gets a 200 without a list"
    return Cause(Mistake.ERROR_STATUS, Certainty.SURE, tuple(told), because)


def _of_other_200(answers: Sequence[Seen], due: str) -> float:
    """Return the share of 200s without a list among the answers to which another is due."""
    asked = [seen.form is Form.OTHER_200 for seen in answers if seen.due == due]
    return sum(asked) / len(asked) if asked else 0.0


def _from_connections(symptoms: Sequence[Symptom], _: Sequence[Seen]) -> Cause | None:
    """Return that answers depend on what came before on the connection.

    Instances that differ answer wrongly over new connections, too.
    """
    unsteady = {id(one.seen): one for one in symptoms if one.steady is False}.values()
    told = [one for one in unsteady if one.repeated is Repeated.BY_CONNECTION]
    if len(told) < BY_CONNECTION or any(o.repeated is Repeated.NOW_AND_THEN for o in unsteady):
        return None
    sentence = "What a request gets depends on what came before on its connection"
    because = (
        f"{len(told)} requests that were answered wrongly get another answer over a new"
        " connection, and not after somebody else on the same one"
    )
    claimed = tuple(one for one in symptoms if _may_be_of_state(one))
    return Cause(Mistake.SHARED_STATE, Certainty.LIKELY, claimed, because, sentence)


BY_CONNECTION = 3
"""Repeated requests that must show it."""


def _may_be_of_state(symptom: Symptom) -> bool:
    """Tell whether a finding may show what somebody else's request left behind."""
    is_open = symptom.repeated is None and (symptom.seen.right is False or not symptom.of_content)
    return symptom.steady is False or is_open


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
    # Where each of them has the same detail, that may be what is refused.
    if not after or set.intersection(*(set(one.seen.particulars) for one in told)):
        return None
    if all(" before the session" in str(one.seen.particulars) for one in told):
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
    people = sorted(filter(None, lost & given))
    mixed_up = " and ".join(people)
    told = tuple(symptom for symptom in symptoms if _is_of_another(symptom))
    if not mixed_up or not told:
        return None
    sentence = f"{about(Mistake.SHARED_STATE).sentence}, or a session is taken for another's"
    get = "get" if len(people) > 1 else "gets"
    because = f"{mixed_up} {get} files of somebody else, and a 404 for files of their own"
    return Cause(Mistake.SHARED_STATE, Certainty.LIKELY, told, because, sentence)


def _is_of_another(symptom: Symptom) -> bool:
    """Tell whether an answer is as wrong as one to somebody else would be."""
    refused = symptom.seen.form in REFUSED and symptom.seen.due.startswith("FILES")
    of_head = " asks with HEAD for " in symptom.seen.situation and not symptom.of_content
    return symptom.seen.right is False or refused or of_head


TOLD_BY_ANSWERS = (
    *(_from_front, _from_gateway, _from_coding, _from_connections, _from_cache),
    _from_cached_refusal,
    *(_from_split_cookies, _from_errors_as_success, _from_refused_sessions),
    *(_from_mixed_up_callers, _from_remembered_refusal),
)


def from_instances(symptoms: Sequence[Symptom], answers: Sequence[Seen]) -> Cause | None:
    """Return that instances differ, where the owner is served and refused in turn."""
    told = instances_differ(answers) if symptoms else None
    # A refusal that follows another caller's is a cache's, as likely as an instance's.
    if told is None or any(symptom.clause in AFTER_OTHERS for symptom in symptoms):
        return None
    sentence = f"{about(Mistake.OTHER_INSTANCE).sentence}: {told}"
    because = "equal requests of one caller are served and refused in turn"
    return Cause(Mistake.OTHER_INSTANCE, Certainty.LIKELY, tuple(symptoms), because, sentence)
