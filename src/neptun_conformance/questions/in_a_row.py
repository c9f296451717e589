"""Questions in a row, while nothing else is under way: what a server keeps shows in the next one.

Whoever is signed in by one request, and stays so for the next, is let in without a session there.
Servers forget to sign out where a request ends in a way of its own. The last step of each row is
judged by one check, and the last of what it begins with by others, so that none is sent twice.
"""

from __future__ import annotations

from neptun_conformance.questions.callers import anonymous, owner, with_handed_out_session
from neptun_conformance.questions.conditions import IF_CHANGED
from neptun_conformance.questions.situations import Sequence
from neptun_conformance.questions.voices import DIMENSIONS

NO_ORIGIN = ("Origin", "null")
FOR_GET = ("Access-Control-Request-Method", "GET")
OVER_ITS_OWN = next(one for d in DIMENSIONS for one in d.levels if one.new_connection)
LIKE_A_FILE = "v=1.css"

AFTER_UNCHANGED = Sequence(
    (
        owner.asks(owner.full).by("HEAD"),
        anonymous.asks(owner.full),
        with_handed_out_session.asks(owner.full),
        owner.asks(owner.full).with_headers(IF_CHANGED),
        anonymous.asks(owner.full),
    ),
    alone=True,
)
BY_HEAD, AFTER_HEAD, WITH_WHAT_WAS_SET, UNCHANGED = map(AFTER_UNCHANGED.until, range(1, 5))
PREFLIGHT = Sequence(
    (
        owner.asks(owner.full).with_query(LIKE_A_FILE),
        owner.asks(owner.full).by("OPTIONS").with_headers(NO_ORIGIN, FOR_GET),
        anonymous.asks(owner.full).with_query(LIKE_A_FILE),
    ),
    alone=True,
)
AFTER_A_REFUSAL = Sequence(
    (
        owner.asks(owner.empty).in_voice((OVER_ITS_OWN,)),
        anonymous.asks(owner.empty),
        owner.asks(owner.empty),
    ),
    alone=True,
)
AFTER_CLOSED = AFTER_A_REFUSAL.until(2)
