"""Names what fails with a 5xx: on an input, or on the session that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from neptun_conformance.causes.explaining import Cause, two_fit
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import REFUSED, SERVED, Form, Seen

SHOWING = "somebody with "
"""How callers are told who show something in place of their own session in the cookie."""
_ELSEWHERE = tuple(f"'s session as {channel}" for channel in ("query", "header", "bearer", "basic"))
"""How such callers are told who show it elsewhere."""
_ERRORS = {500, 501}
"""What an input may cause; other such statuses are a gateway's."""
_COOKIES = ("with Cookie", "with the cookie")
_OF_INPUTS = {"input", "authentication"}


def of_failing_inputs(cause: Cause, answers: Sequence[Seen]) -> Cause:
    """Name what fails whatever session is shown: the session is not what it fails on.

    A header or parameter that every request has may be what it fails on, too, where the same
    request without it is answered.
    """
    session = any(_shows_cookies(symptom.seen) for symptom in cause.symptoms)
    unnamed = cause.mistake is None and cause.groups <= _OF_INPUTS and _fails(cause)
    if not unnamed or (session and not _is_of_one_detail(cause, answers)):
        return cause
    because = "requests fail by something else than their session"
    return cause.named(Mistake.CRASH, because)


def of_failing_sessions(cause: Cause, answers: Sequence[Seen]) -> Cause:
    """Name what fails on sessions of one form, where those of another are refused."""
    showing = all(_shows_cookies(symptom.seen) for symptom in cause.symptoms)
    by_session = any(one.group != "input" and _shown(one.seen) for one in cause.symptoms)
    failing = _fails(cause) and cause.groups <= _OF_INPUTS
    if cause.mistake is not None or not (failing and showing and by_session):
        return cause
    if not any(seen.form is Form.UNAUTHORIZED and _shown(seen) for seen in answers):
        return cause
    because = "some sessions that were never issued fail, and others are refused"
    return cause.named(Mistake.SESSION_PARSER, because)


def of_neighbours(cause: Cause, answers: Sequence[Seen]) -> Cause:
    """Name what refuses persons beside other cookies alone: the session is not found there."""
    served = {seen.situation for seen in answers if seen.form in SERVED}
    beside = all(
        seen.form in REFUSED
        and seen.due.startswith("FILES")
        and any(words.startswith(_COOKIES) for words in seen.particulars)
        and seen.plain_situation in served
        for seen in (symptom.seen for symptom in cause.symptoms)
    )
    if cause.mistake is not None or not beside:
        return cause
    because = "who shows other cookies beside a session is refused, and is served without them"
    return cause.named(Mistake.COOKIES_MISREAD, because)


def or_of_cookies(cause: Cause, answers: Sequence[Seen]) -> Cause:
    """Take the name of failing inputs where what fails may as well be the parser of cookies."""
    showing = all(_shows_cookies(symptom.seen) for symptom in cause.symptoms)
    if cause.mistake is not Mistake.CRASH or not showing or _is_of_one_detail(cause, answers):
        return cause
    because = "every request that fails shows something in its cookies beside a valid session"
    return two_fit(cause, Mistake.SESSION_PARSER, Mistake.CRASH, because)


def _fails(cause: Cause) -> bool:
    return all(symptom.seen.status in _ERRORS for symptom in cause.symptoms)


def _shown(seen: Seen) -> str | None:
    """Return what is shown in the cookie in place of a session, None where nothing is."""
    caller, _, _ = seen.situation.partition(" asks ")
    is_shown = caller.startswith(SHOWING) and not any(map(caller.count, _ELSEWHERE))
    return caller.removeprefix(SHOWING) if is_shown else None


def _shows_cookies(seen: Seen) -> bool:
    """Tell whether a request holds something else in its cookies than a person's own session."""
    cookies = any(words.startswith(_COOKIES) for words in seen.particulars)
    return cookies or _shown(seen) is not None


def _is_of_one_detail(cause: Cause, answers: Sequence[Seen]) -> bool:
    """Tell whether all requests have one header in common, and one of them is answered without."""
    each = [{_name(words) for words in symptom.seen.particulars} for symptom in cause.symptoms]
    common = {name for name in set.intersection(*each) if not name.startswith(_COOKIES)}
    without = {symptom.seen.plain_situation for symptom in cause.symptoms}
    right = {seen.situation for seen in answers if seen.right}
    return bool(common) and not without.isdisjoint(right)


def _name(words: str) -> str:
    """Return what a detail is about, without its value."""
    return words.partition(":")[0]
