"""A real session counts in its cookie alone: shown anywhere else, it is a 401."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_unauthorized, be_unauthorized_still
from neptun_conformance.questions import places
from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    through,
    with_empty_cookie,
    with_session,
)
from neptun_conformance.questions.checks import asks, clause

IN_COOKIES = places.elsewhere("other cookies", owner, places.COOKIES)
IN_QUERIES = places.elsewhere("query", owner, places.PARAMETERS)


@clause("authentication.other-cookie")
@asks(*IN_COOKIES[:1], more=IN_COOKIES[1:])
def test_the_session_in_another_cookie_is_unauthorized(answer: Answers) -> None:
    """The real session, but not in the documented cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.cookie-name")
@asks(through("other cookies", owner, *places.NEAR_COOKIES, after=()).asks(owner.full))
def test_the_session_in_a_cookie_of_nearly_its_name_is_unauthorized(answer: Answers) -> None:
    """The name differs in letter case, by a prefix of browsers, or is percent-encoded: 401."""
    answer.must(be_unauthorized)


@clause("authentication.query")
@asks(
    *IN_QUERIES[:1],
    more=(*IN_QUERIES[1:], *places.in_the_path(owner, places.ROUTES)),
    deep=places.in_the_path(owner, places.RARER_ROUTES),
)
def test_the_session_in_the_url_is_unauthorized(answer: Answers) -> None:
    """The real session, but in the URL, where it would end up in logs: 401."""
    answer.must(be_unauthorized)


@clause("authentication.bearer")
@asks(
    through("bearer", owner).asks(owner.full),
    more=(
        through("basic", owner).asks(owner.full),
        *(through("headers", owner, *names, after=()).asks(owner.full) for names in places.HEADERS),
    ),
)
def test_the_session_in_another_header_is_unauthorized(answer: Answers) -> None:
    """The real session, but as a token, or in a header that is not Cookie: 401."""
    answer.must(be_unauthorized)


@clause("authentication.bearer")
@asks(more=(anonymous.asks(owner.full).with_headers(*places.OF_THE_CLIENT),))
def test_the_session_in_a_header_of_the_client_is_unauthorized(answer: Answers) -> None:
    """The page before had it in its URL, or the client calls itself so: 401."""
    answer.must(be_unauthorized_still)


@clause("authentication.bearer")
@asks(
    more=tuple(
        who.asks(owner.full).with_headers(*places.BESIDE_A_COOKIE).with_query(places.IN_A_QUERY)
        for who in (with_empty_cookie, with_session("made-up"))
    )
)
def test_the_session_beside_its_empty_or_made_up_cookie_is_unauthorized(answer: Answers) -> None:
    """What is looked at where the cookie holds nothing valid, and only there: 401."""
    answer.must(be_unauthorized)
