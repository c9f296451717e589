"""What else a request says about its caller or its route opens nothing."""

from neptun_conformance.judge.claims import stay_closed
from neptun_conformance.judge.demands import Answers
from neptun_conformance.questions.callers import Caller, anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause, hostile
from neptun_conformance.questions.claims import (
    CHAT_COOKIES,
    CLAIMS,
    FORM_CLAIMS,
    FURTHER_RIGHTS_QUERY,
    JSON_CLAIMS,
    OTHER_METHODS,
    RIGHTS_QUERY,
    ROUTES_TO_THE_OPEN,
    ROUTES_TO_THE_OWNER,
    USER_COOKIES,
)
from neptun_conformance.questions.situations import Headers, Question


def claiming(caller: Caller, *bundles: Headers) -> tuple[Question, ...]:
    """Ask for the owner's chat with each of some bundles of headers."""
    return tuple(caller.asks(owner.full).with_headers(*bundle) for bundle in bundles)


@hostile
@clause("request.override")
@asks(
    *claiming(anonymous, *CLAIMS[:2]),
    *claiming(stranger, *CLAIMS[:1]),
    more=(
        *claiming(anonymous, *CLAIMS[2:], *ROUTES_TO_THE_OPEN[:1], *OTHER_METHODS[:1]),
        *claiming(stranger, *CLAIMS[1:], *OTHER_METHODS[1:]),
        *(stranger.asks(stranger.full).with_headers(*bundle) for bundle in ROUTES_TO_THE_OWNER),
        *claiming(anonymous, (("Cookie", USER_COOKIES),)),
        *claiming(stranger, (("Cookie", USER_COOKIES),)),
        stranger.asks(stranger.full).with_headers(("Cookie", CHAT_COOKIES)),
        anonymous.asks(owner.full).with_query(RIGHTS_QUERY),
        stranger.asks(owner.full)
        .with_query(RIGHTS_QUERY)
        .with_body(FORM_CLAIMS, "application/x-www-form-urlencoded"),
        stranger.asks(owner.full)
        .with_query(FURTHER_RIGHTS_QUERY)
        .with_body(JSON_CLAIMS, "application/json"),
    ),
    deep=(
        anonymous.asks(owner.full).with_body(JSON_CLAIMS, "application/json"),
        *claiming(stranger, *OTHER_METHODS[:1]),
        *claiming(anonymous, *ROUTES_TO_THE_OPEN[1:], *OTHER_METHODS[1:]),
        anonymous.asks(owner.full).with_query(FURTHER_RIGHTS_QUERY),
    ),
)
def test_no_claim_beside_the_session_opens_a_chat(answer: Answers) -> None:
    """Users, rights, addresses, routes in headers, cookies, queries and content: no file comes."""
    answer.must(stay_closed)
