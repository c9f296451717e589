"""What a general tool cannot know: questions near to real ids, sessions and routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from neptun_conformance.contract import chat_number
from neptun_conformance.contract.chat_number import LARGEST, Reading
from neptun_conformance.questions import ids
from neptun_conformance.questions.callers import (
    COOKIE,
    Caller,
    anonymous,
    cut_by,
    ending_changed,
    owner,
    stranger,
    with_altered,
    with_session,
)
from neptun_conformance.questions.odd_requests import (
    FURTHER_ODD_ROUTES,
    ODD_ROUTES,
    ROUTE_SPELLINGS,
)
from neptun_conformance.questions.situations import (
    ChatOf,
    Derived,
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    UserOf,
    Written,
    WrittenUser,
)

Questions = SearchStrategy[Question]
SURROGATES: tuple[Literal["Cs"]] = ("Cs",)

_FAR = 10**10
_COOKIE_OCTETS = "!#$%&'()*+-./:<=>?@[]^_`{|}~" + "".join(
    chr(c) for c in (*range(48, 58), *range(65, 91), *range(97, 123))
)
# Anything but controls, slashes and surrogates: those proxies treat in their own way.
_PLAIN_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="/\\;#?"),
    min_size=1,
    max_size=40,
)


def _is_text(text: str) -> bool:
    return chat_number.read(text).reading is Reading.TEXT and text.strip(".") != ""


def texts() -> Questions:
    """Ask for chat ids that are no numbers, of every plane of Unicode."""
    near = st.sampled_from(["{n}x", "x{n}", "{n},{n}", "'{n}'", "{n}e", "{n}%", "{n}\N{SNOWMAN}"])
    return st.one_of(
        _PLAIN_TEXT.filter(_is_text).map(lambda text: owner.asks(Written(text), under=owner)),
        near.map(lambda pattern: owner.asks(_patterned(owner.full, pattern), under=owner)),
    )


def _patterned(chat: ChatOf, pattern: str) -> Derived:
    return Derived(chat, f"written as {pattern}", lambda n: pattern.replace("{n}", str(n)))


def other_numbers() -> Questions:
    """Ask for numbers that no chat can have: fractions, negatives, beyond 2^53-1."""
    negatives = st.integers(max_value=0).map(str)
    huge = st.integers(min_value=LARGEST + 1, max_value=10**40).map(str)
    real = st.floats(allow_nan=False, allow_infinity=False).map(repr).filter(_is_other_number)
    written = st.one_of(negatives, huge, real).map(Written)
    fractions = st.integers(1, 999_999).map(_with_fraction)
    return st.one_of(written, fractions).map(lambda chat: owner.asks(chat, under=owner))


def _is_other_number(text: str) -> bool:
    return chat_number.read(text).reading is Reading.OTHER_NUMBER


def _with_fraction(millionths: int) -> Derived:
    fraction = f"{millionths:06d}"
    return Derived(owner.full, f"plus 0.{fraction}", lambda n: f"{n}.{fraction}")


def far_numbers() -> Questions:
    """Ask for whole numbers too large for a test account's chat, many near borders of types."""
    powers = st.tuples(st.integers(34, 52), st.integers(-2, 2)).map(lambda p: 2 ** p[0] + p[1])
    added = st.integers(33, 51).map(_plus_power)
    written = st.one_of(powers, st.integers(_FAR, LARGEST)).map(lambda n: Written(str(n)))
    return st.one_of(written, added).map(lambda chat: owner.asks(chat, under=owner))


def _plus_power(power: int) -> Derived:
    return Derived(owner.full, f"plus 2^{power}", lambda n: str(n + 2**power))


def spellings(chat: ChatOf) -> SearchStrategy[Derived]:
    """Write a real chat's number in other ways."""
    fixed = (*ids.every_spelling_of(chat), *ids.further_spellings_of(chat))
    built = st.builds(
        _spelled,
        st.just(chat),
        st.sampled_from(["", "+", " ", "\u00a0"]),
        st.integers(0, 25),
        st.sampled_from(["", ".", "e0", "E+0", "e-0"]),
        st.integers(0, 20),
    )
    return st.one_of(st.sampled_from(fixed), built)


def _spelled(chat: ChatOf, before: str, zeros: int, mark: str, fraction: int) -> Derived:
    tail = f".{'0' * fraction}" if mark == "." else mark
    name = f"as {before!r}{'0' * zeros}id{tail}"
    return Derived(chat, name, lambda n: f"{before}{'0' * zeros}{n}{tail}")


def own_spellings() -> Questions:
    """Ask for own chats by other spellings."""
    return st.one_of(spellings(owner.full), spellings(owner.empty)).map(
        lambda chat: owner.asks(chat, under=owner)
    )


def foreign_spellings() -> Questions:
    """Ask for foreign chats by other spellings, under either user id."""
    return st.one_of(
        spellings(owner.full).map(lambda chat: stranger.asks(chat, under=owner)),
        spellings(owner.full).map(lambda chat: stranger.asks(chat, under=stranger)),
        spellings(stranger.full).map(lambda chat: owner.asks(chat, under=owner)),
    )


def made_up_sessions() -> Questions:
    """Show values that are no sessions, also long ones full of stars and equals signs."""
    value = st.text(st.sampled_from(_COOKIE_OCTETS), min_size=1, max_size=300)
    return value.map(lambda text: with_session(text).asks(owner.full))


def altered_ends() -> Questions:
    """Show real sessions with 6 to 12 characters at the end changed."""
    return st.builds(_altered_end, st.sampled_from([owner, stranger]), st.integers(6, 12))


def _altered_end(person: Caller, count: int) -> Question:
    words = f"with the last {count} characters changed"
    chat = (owner if person is owner else stranger).full
    return Caller(
        f"somebody with {person.words}'s session {words}", of=person.of, alter=ending_changed(count)
    ).asks(chat)


def cut_sessions() -> Questions:
    """Show the owner's session with 6 characters or more cut off."""
    return st.integers(6, 60).map(
        lambda count: with_altered(owner, f"cut by up to {count} characters", _cut(count)).asks(
            owner.full
        )
    )


def _cut(count: int) -> Callable[[str], str]:
    def alter(session: str) -> str:
        return cut_by(max(6, min(count, len(session) - 16)))(session)

    return alter


def strange_users() -> Questions:
    """Name users who do not exist, in every plane of Unicode."""
    text = _PLAIN_TEXT.filter(lambda text: text.strip(".") != "")
    return text.map(lambda name: owner.asks(owner.full, under=WrittenUser(f"{name}\N{SNOWMAN}")))


def noise() -> Questions:
    """Add query parameters that nobody knows to the owner's question."""
    word = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz_-"), min_size=1, max_size=12)
    value = st.one_of(st.just(""), _PLAIN_TEXT)
    pairs = st.lists(st.tuples(word, value), min_size=1, max_size=3)
    return pairs.map(
        lambda query: owner.asks(owner.full).with_query(
            "&".join(f"zz{name}={quote(text, safe='')}" for name, text in query)
        )
    )


def odd_segments() -> SearchStrategy[str]:
    """Write path segments of arbitrary octets, percent-encoded."""
    octets = st.one_of(
        st.binary(min_size=1, max_size=12),
        st.sampled_from(
            [b"\0", b"\r\n", b"..", b"../", b"\\", b"\xff\xfe", b"\xed\xa0\x80", b"%2f"]
        ),
    )
    return octets.map(lambda raw: "".join(f"%{octet:02X}" for octet in raw))


def trespasses() -> Questions:
    """Ask for the owner's chat as nobody or as the stranger, along odd paths."""
    caller = st.sampled_from([anonymous, stranger])
    routes = st.sampled_from((*ODD_ROUTES, *FURTHER_ODD_ROUTES))
    along = st.builds(lambda who, route: who.asks(owner.full).along(route), caller, routes)
    behind = st.builds(
        lambda who, tail: who.asks(_followed(owner.full, tail), under=owner), caller, odd_segments()
    )
    headers = st.sampled_from(
        [("X-Original-URL", "/"), ("X-Rewrite-URL", "/"), ("X-Forwarded-User", "{owner}")]
    )
    topped = st.builds(lambda who, extra: who.asks(owner.full).with_headers(extra), caller, headers)
    return st.one_of(along, behind, topped)


def _followed(chat: ChatOf, tail: str) -> Derived:
    return Derived(chat, f"followed by {tail}", lambda n: f"{n}{tail}", encoded=True)


def anything() -> Questions:
    """Ask anything at all, whoever may ask: only an answer is demanded, and no server error."""
    caller = st.sampled_from([owner, owner, stranger, anonymous])
    user = st.one_of(
        st.sampled_from(
            [owner.user, stranger.user, UnknownUser(), UserOf(owner.user.account, "in full")]
        ),
        _PLAIN_TEXT.map(WrittenUser),
        odd_segments().map(lambda text: WrittenUser(text, encoded=True)),
    )
    chat = st.one_of(
        st.sampled_from([owner.full, stranger.full, UnknownChat()]),
        st.integers(-4, 4).map(_neighbour),
        st.integers().map(lambda number: Written(str(number))),
        _PLAIN_TEXT.map(Written),
        odd_segments().map(lambda text: Written(text, encoded=True)),
    )
    route = st.sampled_from((Route.PLAIN, Route.PLAIN, Route.PLAIN, *ROUTE_SPELLINGS, *ODD_ROUTES))
    method = st.sampled_from(["GET", "GET", "GET", "GET", "HEAD", "OPTIONS"])
    extra = (("Accept-Language", "*"), ("Cookie2", COOKIE), ("X-Noise", "\x80\xff"))
    headers = st.sampled_from([(), (), *((header,) for header in extra)])
    return st.builds(
        Question, caller=caller, user=user, chat=chat, method=method, route=route, headers=headers
    )


def _neighbour(step: int) -> Derived:
    return Derived(owner.full, f"plus {step}", lambda n: str(n + step))
