"""Without a valid session there is a 401, also for what does not exist, and after others."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_given_again, be_unauthorized, be_unauthorized_still
from neptun_conformance.questions import in_a_row
from neptun_conformance.questions.callers import (
    KINDS_OF_HANDING_OUT,
    anonymous,
    owner,
    stranger,
    with_empty_cookie,
    with_expired_session,
    with_middle_changed,
    with_rewritten_session,
    with_session_set_in,
)
from neptun_conformance.questions.checks import asks, clause
from neptun_conformance.questions.conditions import BY_ANYBODY, BY_OTHERS, IF_CHANGED
from neptun_conformance.questions.free_voices import NOT_STORED
from neptun_conformance.questions.ids import FAR_NUMBERS
from neptun_conformance.questions.situations import Route, UnknownChat, UnknownUser


@clause("authentication.unknown-chat")
@asks(
    anonymous.asks(UnknownChat(), under=owner),
    more=(
        anonymous.asks(FAR_NUMBERS[1], under=owner),
        with_expired_session.asks(UnknownChat(), under=owner),
        with_empty_cookie.asks(UnknownChat(), under=owner),
    ),
    deep=(with_rewritten_session.asks(UnknownChat(), under=owner),),
)
def test_a_missing_chat_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Nothing is to be learned about chats without a session: 401, not 404."""
    answer.must(be_unauthorized)


@clause("authentication.unknown-user")
@asks(
    anonymous.asks(UnknownChat(), under=UnknownUser()),
    anonymous.asks(owner.full, under=UnknownUser()),
    anonymous.asks(owner.full, under=stranger),
    more=(
        with_rewritten_session.asks(UnknownChat(), under=UnknownUser()),
        with_expired_session.asks(UnknownChat(), under=UnknownUser()),
    ),
)
def test_a_missing_user_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Nothing is to be learned about users without a session: 401, not 404."""
    answer.must(be_unauthorized)


@clause("authentication.empty-chat")
@asks(
    anonymous.asks(owner.empty),
    more=(
        with_empty_cookie.asks(owner.empty),
        anonymous.asks(stranger.empty),
    ),
    deep=(with_rewritten_session.asks(owner.empty),),
)
def test_an_empty_chat_is_unauthorized_without_a_session(answer: Answers) -> None:
    """That a chat holds no files is no reason to answer: 401, not an empty list."""
    answer.must(be_unauthorized)


@clause("authentication.after-owner")
@asks(
    in_a_row.AFTER_UNCHANGED,
    in_a_row.AFTER_CLOSED,
    in_a_row.AFTER_HEAD,
    more=(in_a_row.PREFLIGHT,),
)
def test_nothing_of_the_owners_request_is_left_for_others(answer: Answers) -> None:
    """The owner has just read this very URL, or was signed in the moment before: still a 401."""
    answer.must(be_unauthorized)


@clause("authentication.owner-after")
@asks(
    in_a_row.AFTER_A_REFUSAL,
    owner.asks(owner.empty)
    .along(Route.DOUBLED_SLASH)
    .in_voice((NOT_STORED,))
    .then(owner.asks(owner.empty).in_voice((NOT_STORED,))),
)
def test_no_cache_serves_a_refusal_to_the_owner(answer: Answers) -> None:
    """Somebody was just refused at this very URL, or at another spelling of it: still a 200."""
    answer.must(be_given_again)


@clause("authentication.handed-out")
@asks(in_a_row.WITH_WHAT_WAS_SET)
def test_a_session_that_a_refusal_sets_is_unauthorized(answer: Answers) -> None:
    """Whoever has no session may get a new anonymous one; it opens nothing: 401."""
    answer.must(be_unauthorized)


@clause("authentication.handed-out")
@asks(
    *(with_session_set_in(n).asks(owner.full) for n in range(KINDS_OF_HANDING_OUT)[:2]),
    deep=tuple(with_session_set_in(n).asks(owner.full) for n in range(KINDS_OF_HANDING_OUT)[2:]),
)
def test_no_session_that_any_refusal_sets_opens_a_chat(answer: Answers) -> None:
    """Set for HEAD or OPTIONS, along another route, for an expired or a made-up one: 401."""
    answer.must(be_unauthorized)


@clause("authentication.conditional")
@asks(
    *(anonymous.asks(owner.full).with_headers(*conditions) for conditions in BY_ANYBODY[:2]),
    more=(anonymous.asks(owner.empty).with_headers(*BY_ANYBODY[2]),),
    deep=(
        anonymous.asks(owner.full).with_headers(IF_CHANGED),
        anonymous.asks(owner.full).with_headers(*BY_OTHERS[1]),
        anonymous.asks(owner.full).with_headers(*BY_ANYBODY[2]),
        with_middle_changed.asks(owner.full).with_headers(*BY_ANYBODY[0]),
        with_expired_session.asks(owner.full).with_headers(*BY_ANYBODY[0]),
    ),
)
def test_a_conditional_request_is_unauthorized_without_a_session(answer: Answers) -> None:
    """Even with the validator that the owner was given: 401, not 304, 412, 206 or 416."""
    answer.must(be_unauthorized_still)
