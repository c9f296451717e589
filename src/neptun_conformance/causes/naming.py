"""What the requests in which a cause shows say of its name.

A name is taken back where it cannot apply to one of them, and another given where all of them have
in common what another mistake is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.contradicted import unless_contradicted
from neptun_conformance.causes.explaining import Cause, two_fit
from neptun_conformance.causes.failing import (
    SHOWING,
    of_failing_inputs,
    of_failing_sessions,
    of_neighbours,
    or_of_cookies,
)
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.spelled import of_spellings
from neptun_conformance.causes.symptoms import AFTER_OTHERS, SERVED, Form, Seen


def renamed(cause: Cause, answers: Sequence[Seen]) -> Cause:
    """Return a cause under the name that its requests allow.

    Arguments:
        cause: the cause.
        answers: every answer of the run.
    """
    cause = of_spellings(cause)
    if _may_be_kept(cause, answers):
        because = "everything that comes out had been given to its owner in the same way before"
        return two_fit(cause, Mistake.ROUTE_SPELLING, Mistake.SHARED_CACHE, because)
    for look in (
        _unless_of_others,
        unless_contradicted,
        _or_remembered,
        _of_every_chat,
        _of_empty_chats,
        _of_voices,
        _of_own_chats,
        _of_user_ids,
        partial(of_failing_inputs, answers=answers),
        _of_other_users,
        partial(of_failing_sessions, answers=answers),
        partial(or_of_cookies, answers=answers),
        partial(of_neighbours, answers=answers),
        _of_plain_readings,
        _of_empty_lists,
        _of_readings,
        _of_mixed_up_readings,
    ):
        cause = look(cause)
    return cause


def remembered(cause: Cause) -> Cause:
    """Return a cause as a cache's, where callers are wrongly answered after others alone."""
    if not cause.clauses <= AFTER_OTHERS or cause.mistake is Mistake.SHARED_CACHE:
        return cause
    unkept = dict.fromkeys(symptom.seen.unkept for symptom in cause.symptoms)
    if all(unkept):
        after = " and ".join(unkept)
        because = f"it comes right after {after}, of which no cache keeps a list"
        return cause.named(Mistake.SHARED_STATE, because)
    because = "callers are answered wrongly only after somebody else has asked for the same"
    return cause.named(Mistake.SHARED_CACHE, because)


_OWN: dict[Mistake, str] = {
    Mistake.SUCCESS_JSON: "success.json",
    Mistake.ENVELOPE: "success.envelope",
}
"""Clauses that fail wherever a mistake shows."""
_EMPTY = "files.empty"


def unless_its_own_clause_is_met(cause: Cause) -> Cause:
    """Take a name from a cause in which the clause does not fail that the name is about."""
    if cause.mistake not in _OWN or _OWN[cause.mistake] in cause.clauses:
        return cause
    fits = f"{about(cause.mistake).name} fits"
    return cause.unnamed(f"{fits}, but nothing fails in {_OWN[cause.mistake]}")


def _of_every_chat(cause: Cause) -> Cause:
    """Name a wrong form of the 200 that chats with files and empty ones have alike."""
    name = next((name for name, own in _OWN.items() if cause.clauses == {own, _EMPTY}), None)
    served = all(symptom.seen.form is Form.OTHER_200 for symptom in cause.symptoms)
    if cause.mistake is not None or name is None or not served:
        return cause
    return cause.named(name, "chats with files and empty ones get it alike")


def _unless_of_others(cause: Cause) -> Cause:
    """Take a name from a cause that shows in requests to which the name cannot apply."""
    if cause.mistake not in _OTHERS:
        return cause
    if not any(_OTHERS[cause.mistake](symptom.seen) for symptom in cause.symptoms):
        return cause
    fits = f"{about(cause.mistake).name} fits"
    return cause.unnamed(f"{fits}, but for requests that are none of that")


_REFUSED = {Form.UNAUTHORIZED, Form.NOT_FOUND}


def _is_ordinary(seen: Seen) -> bool:
    """Tell whether nothing in a request is odd: an account asks plainly, maybe for what is not."""
    odd = seen.particulars or " id " in seen.situation
    return seen.plain and seen.of_a_person and not odd


_OTHERS: dict[Mistake, Callable[[Seen], bool]] = {
    Mistake.EMPTY_CHAT: lambda seen: seen.plain and "chat with files under" in seen.situation,
    Mistake.HEAD: lambda seen: " asks for " in seen.situation,
    **dict.fromkeys((Mistake.CRASH, Mistake.HANG, Mistake.DROP), _is_ordinary),
    **dict.fromkeys((Mistake.VOICE, Mistake.VALIDATORS), _is_ordinary),
    **dict.fromkeys((Mistake.QUERY_HEEDED, Mistake.QUERY_OVERRIDES), _is_ordinary),
    **dict.fromkeys((Mistake.ROUTE_SPELLING, Mistake.CONDITION_FIRST), _is_ordinary),
    Mistake.SHARED_CACHE: lambda seen: seen.form not in {*SERVED, *_REFUSED},
}
"""Requests in which a mistake cannot show."""


def _or_remembered(cause: Cause) -> Cause:
    """Take the name from a missing check of sessions that may be a cache's answer as well."""
    after = not cause.clauses.isdisjoint(AFTER_OTHERS)
    showing = any(symptom.seen.situation.startswith(SHOWING) for symptom in cause.symptoms)
    if cause.mistake is not Mistake.NO_SESSION_NEEDED or not after or showing:
        return cause
    because = "callers without a session get what the owner got before"
    return two_fit(cause, Mistake.NO_SESSION_NEEDED, Mistake.SHARED_CACHE, because)


def _may_be_kept(cause: Cause, answers: Sequence[Seen]) -> bool:
    """Tell whether all that a spelling opens may come from a cache that its owner filled.

    A cache gives what it keeps to everybody. Percent-encoded and plain characters are one key to
    many caches.
    """
    if cause.mistake is not Mistake.ROUTE_SPELLING:
        return False
    filled: dict[str, float] = {}
    for seen in answers:
        if seen.due.startswith("FILES") and seen.form in SERVED:
            key = _asked_for(seen)
            filled[key] = min(seen.started, filled.get(key, seen.started))
    opened = {_asked_for(symptom.seen) for symptom in cause.symptoms}
    after = [
        seen
        for seen in (*answers, *(symptom.seen for symptom in cause.symptoms))
        if _asked_for(seen) in opened and seen.started >= filled.get(_asked_for(seen), 0.0)
    ]
    return opened <= filled.keys() and all(seen.form in SERVED for seen in after)


def _asked_for(seen: Seen) -> str:
    """Return what a request asks for, whoever asks."""
    return unquote(seen.situation.partition(" asks for ")[2])


def _of_empty_lists(cause: Cause) -> Cause:
    """Tell a refusal by an empty list from an empty chat that is given away.

    An empty list in place of files gives nothing away, and one in place of an empty chat does.
    """
    if any(symptom.seen.form is not Form.EMPTY_LIST for symptom in cause.symptoms):
        return cause
    in_place = any("chat with files under" in symptom.seen.situation for symptom in cause.symptoms)
    name = Mistake.OWNERSHIP_REFUSAL if in_place else Mistake.NO_OWNERSHIP
    if cause.mistake not in {Mistake.OWNERSHIP_REFUSAL, Mistake.NO_OWNERSHIP} - {name}:
        return cause
    because = f"an empty list comes {'also' if in_place else 'only'} in place of "
    because += "a foreign chat with files" if in_place else "a foreign empty chat"
    return cause.named(name, because)


def _of_user_ids(cause: Cause) -> Cause:
    """Return a missing check of ownership as one of user ids, where nothing foreign comes out."""
    of_ids = all(
        symptom.group == "user" and f"asks for {symptom.seen.person}'s" in symptom.seen.situation
        for symptom in cause.symptoms
    )
    if cause.mistake is not Mistake.NO_OWNERSHIP or not of_ids:
        return cause
    because = "the caller's own chats come under an id that is nobody's, and no foreign ones do"
    return cause.named(Mistake.USER_ID_READ_LOOSELY, because)


def _of_readings(cause: Cause) -> Cause:
    """Return files that differ as readings that change, where equal requests tell that."""
    if cause.mistake is not Mistake.FILES_MISSING or "reading" not in cause.groups:
        return cause
    return cause.named(Mistake.UNSTABLE, "equal requests get different members")


def _of_other_users(cause: Cause) -> Cause:
    """Name what fails under every user id but the caller's own: reading that id is what fails."""
    failing = all(one.seen.status == 500 and one.seen.of_a_person for one in cause.symptoms)
    own = any(symptom.seen.whose_id == "own" for symptom in cause.symptoms)
    if not failing or own or not cause.clauses >= _OF_ANY_OTHER_USER:
        return cause
    because = "requests under any user id but the caller's own fail, whether it exists or not"
    sentence = f"{about(Mistake.CRASH).sentence}: any user id but the caller's own"
    return replace(cause.named(Mistake.CRASH, because), sentence=sentence)


_OF_ANY_OTHER_USER = {"user.unknown", "ownership.foreign-user", "ownership.foreign-pair"}


def _of_mixed_up_readings(cause: Cause) -> Cause:
    """Return readings that change as state that requests share, where another chat's files come."""
    if cause.mistake is not Mistake.UNSTABLE or not cause.clauses >= _OF_ANOTHERS_READING:
        return cause
    because = "files of another chat come where several callers ask at once"
    return cause.named(Mistake.SHARED_STATE, because)


_OF_ANOTHERS_READING = {"isolation.own-answer", "file.of-this-chat"}


def _of_own_chats(cause: Cause) -> Cause:
    """Return two readings of a number as one that is loose, where nothing foreign comes out."""
    foreign = cause.groups & {"ownership", "input"}
    if cause.mistake is not Mistake.TWO_READINGS or foreign:
        return cause
    because = "another chat id is read as the caller's own chat's, and opens no foreign one"
    return cause.named(Mistake.NUMBER_READ_LOOSELY, because)


def _of_voices(cause: Cause) -> Cause:
    """Return a cause as one of a voice, where each of its requests was in that voice."""
    of_voice = "voice" in cause.groups and "request" not in cause.groups
    if not of_voice or cause.certainty is Certainty.SURE:
        return cause
    each = [set(symptom.seen.particulars) for symptom in cause.symptoms]
    if not set.intersection(*each) or cause.mistake in {Mistake.VOICE, Mistake.COOKIES_MISREAD}:
        return cause
    because = "every request in which it shows has the same detail, and the others are answered"
    return cause.named(Mistake.VOICE, because)


def _of_empty_chats(cause: Cause) -> Cause:
    """Return a cause of form as one of empty chats, where it shows in their answers alone."""
    of_form = cause.mistake is None or about(cause.mistake).weight is Weight.FORM
    empty = all(
        symptom.seen.due == "FILES" and "'s empty chat under" in symptom.seen.situation
        for symptom in cause.symptoms
    )
    of_head = all(" asks with HEAD for " in one.seen.situation for one in cause.symptoms)
    of_details = all(symptom.seen.particulars for symptom in cause.symptoms)
    if not (of_form and empty) or of_details or of_head or cause.groups <= _OF_HEADERS:
        return cause
    if cause.mistake is Mistake.EMPTY_CHAT:
        return cause
    because = "only answers about empty chats are wrong"
    return cause.named(Mistake.EMPTY_CHAT, because)


_OF_HEADERS = {"cookie", "cache", "cors"}
"""What clauses are about that say nothing of the list."""


def _of_plain_readings(cause: Cause) -> Cause:
    """Name a body that is no JSON, unless another request came before, which a cache may keep."""
    plain = any(one.seen.plain and not one.seen.particulars for one in cause.symptoms)
    if cause.mistake is not None or cause.clauses != {_OWN[Mistake.SUCCESS_JSON]} or not plain:
        return cause
    return cause.named(Mistake.SUCCESS_JSON, "plain requests get it, as others do")
