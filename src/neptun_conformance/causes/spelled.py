"""Names what a spelling opens by what is spelled: the chat's number, the user id, the route."""

from __future__ import annotations

from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import SERVED


def of_spellings(cause: Cause) -> Cause:
    """Return a cause under the name that its spellings tell.

    Arguments:
        cause: one without a name, or with the name of a spelling.
    """
    name = _spelled(cause)
    if name is None or cause.mistake is name or cause.mistake not in {None, *_SPELLED}:
        return cause
    return cause.named(name, "that spelling alone opens it")


_SPELLED = {Mistake.TWO_READINGS, Mistake.ROUTE_SPELLING, Mistake.USER_ID_READ_LOOSELY}


def _spelled(cause: Cause) -> Mistake | None:
    """Return the mistake that each request of a cause shows by its spelling, if it is one."""
    opened = [symptom.seen for symptom in cause.symptoms]
    if any(seen.form not in SERVED or seen.due.startswith("FILES") for seen in opened):
        return None
    if all(seen.particulars and all(map(_of_the_route, seen.particulars)) for seen in opened):
        return Mistake.ROUTE_SPELLING
    if cause.clauses != {"ownership.spelling"}:
        return None
    asked = [seen.plain_situation for seen in opened]
    if any(", encoded " in words for words in asked):
        return None
    chats = [", its id " in words for words in asked]
    users = [seen.whose_id == "unknown" for seen in opened]
    if all(chats) and not any(users):
        return Mistake.TWO_READINGS
    return Mistake.USER_ID_READ_LOOSELY if all(users) and not any(chats) else None


def _of_the_route(words: str) -> bool:
    return words.startswith("along the route")
