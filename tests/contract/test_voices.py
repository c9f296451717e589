"""How something is asked for does not matter: every kind of situation, in every voice."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_given_again
from neptun_conformance.judge.voices import (
    get_the_same_form,
    get_the_same_status,
    open_nothing_more,
)
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause, hostile
from neptun_conformance.questions.free_voices import (
    HOST_BESIDE,
    IN_FRENCH,
    ODD_COOKIES,
    ODD_TOGETHER,
    OF_PAGES,
    PATH_FIRST,
    SCHEME_IN_CAPITALS,
    TOGETHER,
)
from neptun_conformance.questions.situations import Question, UnknownChat, UnknownUser


def in_turns(*questions: Question, times: int) -> tuple[Question, ...]:
    """Ask again, so that each time another voice of the array is met."""
    turns = range(11, 11 + times)
    return tuple(question.again(turn) for turn in turns for question in questions)


FURTHER = (
    *in_turns(owner.asks(owner.full), times=1),
    *in_turns(owner.asks(owner.empty), times=4),
    *in_turns(stranger.asks(stranger.empty), times=2),
    *in_turns(anonymous.asks(owner.full), times=4),
    *in_turns(anonymous.asks(stranger.full), times=2),
    *in_turns(anonymous.asks(UnknownChat(), under=UnknownUser()), times=2),
    *in_turns(anonymous.asks(UnknownChat(), under=owner), times=1),
    *in_turns(owner.asks(stranger.full, under=owner), times=3),
    *in_turns(stranger.asks(owner.full, under=stranger), times=3),
    *in_turns(owner.asks(owner.full, under=stranger), times=3),
    *in_turns(stranger.asks(stranger.full, under=owner), times=3),
    *in_turns(owner.asks(stranger.full), stranger.asks(owner.full), times=3),
)
"""Kinds of situation that no other check asks for as often as the array has voices for them."""

TAKES_NOTHING = ("Accept", "")
"""A list without an entry, which the grammar allows (RFC 9110 section 12.5.1)."""
OVER_HTTP2 = ((PATH_FIRST,), HOST_BESIDE)


@hostile
@clause("voice.access")
@asks(
    more=(
        *(stranger.asks(owner.full).in_voice(v) for v in (*ODD_TOGETHER, *TOGETHER[:3:2])),
        stranger.asks(owner.full).with_headers(TAKES_NOTHING).in_voice(TOGETHER[3]),
        *(owner.asks(owner.full).in_voice(voice) for voice in TOGETHER[:4:2]),
    ),
    deep=(
        *(stranger.asks(owner.full).in_voice(v) for v in (*TOGETHER[1::2], TOGETHER[4])),
        *(owner.asks(owner.full).in_voice(voice) for voice in (*TOGETHER[1::2], TOGETHER[4])),
    ),
)
def test_no_odd_voice_opens_a_chat(voiced: Answers) -> None:
    """From another site, over proxies, by no client: a refusal in any form, never a file."""
    voiced.must(open_nothing_more)


@clause("cookie.neighbours")
@asks(more=tuple(owner.asks(owner.full).in_voice(voice) for voice in ODD_COOKIES))
def test_odd_cookies_beside_the_session_change_nothing(answer: Answers) -> None:
    """Named like attributes, or holding what browsers send all the same: the files come."""
    answer.must(be_given_again)


@clause("voice.access")
@asks(more=FURTHER)
def test_no_voice_opens_a_chat(voiced: Answers) -> None:
    """The same question by another client, language or cookie: nothing more is shown."""
    voiced.must(open_nothing_more)


@clause("voice.status")
@asks(
    more=tuple(
        owner.asks(chat).in_voice((level, IN_FRENCH))
        for chat, level in zip((owner.empty, owner.full), OF_PAGES, strict=True)
    ),
    deep=(owner.asks(owner.full).in_voice(OF_PAGES[:1]),),
)
def test_no_voice_changes_the_status(voiced: Answers) -> None:
    """By another client, or for a page: the same status, or a 406 where JSON is left out."""
    voiced.must(get_the_same_status)


@clause("voice.status")
@asks(more=tuple(owner.asks(owner.full).in_voice(voice) for voice in OVER_HTTP2))
def test_no_form_of_http_2_changes_the_status(voiced: Answers) -> None:
    """Pseudo-header fields in another order: the same; with a Host beside them, perhaps a 4xx."""
    voiced.must(get_the_same_status)


@hostile
@clause("voice.access")
@asks(more=(stranger.asks(owner.full).in_voice(SCHEME_IN_CAPITALS),))
def test_no_spelling_of_the_scheme_opens_a_chat(voiced: Answers) -> None:
    """The scheme in capitals: a refusal in any form, or a reset, never a file."""
    voiced.must(open_nothing_more)


@clause("voice.form")
def test_no_voice_changes_the_form(voiced: Answers) -> None:
    """The same question by another client that takes JSON: a body that meets the same clauses."""
    voiced.must(get_the_same_form)
