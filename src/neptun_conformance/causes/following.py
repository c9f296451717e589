"""Rules by which one symptom belongs to another cause than the one that signatures put it to.

Each takes a symptom and another cause, and tells whether the symptom follows from that.
"""

from __future__ import annotations

from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.failing import SHOWING
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import SERVED, Form, Symptom

_OF_MEMBERS = {
    *(Mistake.ITEM_MEMBER, Mistake.TIME_FORMAT, Mistake.URL_FORMAT, Mistake.TYPE_FORMAT),
}
_PLAIN_OWNERSHIP = {"ownership.foreign-chat", "ownership.foreign-user", "ownership.foreign-pair"}
_VERIFYING = {
    *("authentication.made-up", "authentication.altered-end"),
    *("authentication.altered-middle", "authentication.cut-short"),
}
_ELSEWHERE = {"authentication.other-cookie", "authentication.query", "authentication.bearer"}


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
    return symptom.seen.form in SERVED and not _PLAIN_OWNERSHIP.isdisjoint(_lets_in(cause))


def _follows_any_session(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a session is let in by a cause that lets in whatever a cookie holds."""
    if cause.mistake is not Mistake.SESSION_NOT_VERIFIED or symptom.clause in _ELSEWHERE:
        return False
    if not symptom.seen.situation.startswith(SHOWING):
        return False
    passed = symptom.seen.form in {*SERVED, Form.NOT_FOUND}
    return passed and _lets_in(cause) >= _VERIFYING


def _follows_any_user(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a user id is taken by a cause that does not look at the id of the path."""
    if cause.mistake is not Mistake.NO_OWNERSHIP or symptom.group != "user":
        return False
    anybody = {"ownership.foreign-user", "user.unknown"}
    return symptom.seen.form in SERVED and _lets_in(cause) >= anybody


def _lets_in(cause: Cause) -> set[str]:
    """Return the clauses that fail by a cause because somebody is served."""
    return {symptom.clause for symptom in cause.symptoms if symptom.seen.form in SERVED}


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


def _is_the_same_member(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a member that is not as the target lists it has a wrong form, by a cause."""
    if symptom.clause != "files.complete" or cause.mistake not in _OF_MEMBERS:
        return False
    return symptom.member is not None and symptom.member in cause.members


def _is_of_another_cookie(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a session is refused beside another cookie, where a cause misreads cookies."""
    refused = symptom.seen.form is Form.UNAUTHORIZED and symptom.seen.due.startswith("FILES")
    beside = any(words.startswith("with the cookie") for words in symptom.seen.particulars)
    return refused and beside and cause.mistake is Mistake.COOKIES_MISREAD


def _is_the_body_of_a_crash(symptom: Symptom, cause: Cause) -> bool:
    """Tell whether a symptom is the form of a 500 that should not be there at all, by a cause."""
    if symptom.clause != "error.server-error" or cause.mistake is not Mistake.CRASH:
        return False
    return any(other.seen.situation == symptom.seen.situation for other in cause.symptoms)


RULES = (
    _plain_form_is_wrong,
    *(_follows_open_chats, _follows_any_session, _follows_any_user),
    *(_is_of_a_wrong_answer, _is_the_same_member, _is_of_another_cookie),
    _is_the_body_of_a_crash,
)
"""In the order in which they are tried."""
