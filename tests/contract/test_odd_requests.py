"""Whatever is sent gets an answer, and nothing odd opens a door."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.disclosure import disclose_nothing, name_no_file_of_others
from neptun_conformance.judge.status import be_complete, be_in_time, not_be_a_server_error
from neptun_conformance.questions.callers import Caller, anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause, hostile
from neptun_conformance.questions.odd_requests import (
    FURTHER_ODD_QUESTIONS,
    LIKELY_ODD_ROUTES,
    NAMED_SPELLINGS,
    ODD_QUESTIONS,
    ODD_ROUTES,
    OVER_HTTP2,
    RARER_ODD_QUESTIONS,
    RARER_ODD_ROUTES,
    RARER_ROUTE_SPELLINGS,
    ROUTE_SPELLINGS,
)
from neptun_conformance.questions.routes import Route
from neptun_conformance.questions.situations import Question


def along(caller: Caller, *routes: Route) -> tuple[Question, ...]:
    """Ask for the owner's chat along each of some routes."""
    return tuple(caller.asks(owner.full).along(route) for route in routes)


@clause("authentication.route-spelling")
@asks(
    owner.asks(owner.full)
    .along(NAMED_SPELLINGS[0])
    .then(anonymous.asks(owner.full).along(NAMED_SPELLINGS[0])),
    *along(anonymous, NAMED_SPELLINGS[1]),
    more=along(anonymous, *NAMED_SPELLINGS[2:]),
    deep=along(anonymous, *ROUTE_SPELLINGS[3:], *RARER_ROUTE_SPELLINGS),
)
def test_no_spelling_of_the_route_opens_a_chat_to_anonymous(answer: Answers) -> None:
    """A slash at the end, just read by the owner, capitals, a doubled slash: no file comes."""
    answer.must(disclose_nothing)


@clause("ownership.route-spelling")
@asks(
    *along(stranger, *ROUTE_SPELLINGS[:2]),
    more=along(stranger, *ROUTE_SPELLINGS[2:]),
    deep=along(stranger, *RARER_ROUTE_SPELLINGS),
)
def test_no_spelling_of_the_route_opens_a_foreign_chat(answer: Answers) -> None:
    """A slash at the end, capitals, a doubled slash: whatever comes, no file stands in it."""
    answer.must(disclose_nothing)


@hostile
@clause("input.no-disclosure")
@asks(
    *along(stranger, *LIKELY_ODD_ROUTES),
    *ODD_QUESTIONS,
    more=(
        *along(stranger, *ODD_ROUTES),
        *FURTHER_ODD_QUESTIONS,
    ),
    deep=(
        *along(stranger, *RARER_ODD_ROUTES),
        *along(anonymous, *LIKELY_ODD_ROUTES, *ODD_ROUTES, *RARER_ODD_ROUTES),
        *RARER_ODD_QUESTIONS,
    ),
)
def test_nothing_odd_discloses_a_chat(answer: Answers) -> None:
    """Dot segments, encoded slashes, NUL, long or invalid input: whatever comes, no file in it."""
    answer.must(disclose_nothing)


@hostile
@clause("input.no-disclosure")
@asks(more=OVER_HTTP2)
def test_nothing_past_all_limits_discloses_a_chat(answer: Answers) -> None:
    """A header or a path past every limit, over HTTP/2: whatever comes, no file in it."""
    answer.must(disclose_nothing)


@clause("input.no-disclosure")
def test_no_response_names_a_file_of_others(everything: Answers) -> None:
    """Every response of the run, by whichever status or method: no file of somebody else in it."""
    everything.must(name_no_file_of_others)


@clause("input.no-server-error")
def test_no_input_causes_a_server_error(everything: Answers) -> None:
    """Every answer of the run, whatever was asked, has a status below 500."""
    everything.must(not_be_a_server_error)


@clause("input.complete")
def test_every_request_gets_a_whole_answer(everything: Answers) -> None:
    """No connection of the run was dropped, twice in a row, while the target was alive."""
    everything.must(be_complete)


@clause("input.in-time")
def test_every_request_gets_its_answer_in_time(everything: Answers) -> None:
    """No request of the run was left without an answer, twice, while the target was alive."""
    everything.must(be_in_time)
