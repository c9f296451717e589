"""What a general tool cannot know: questions near to real ids, sessions and routes.

Each strategy makes recipes, see ``recipes``; its name is what a check names with ``explores``.
"""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from neptun_conformance.contract import chat_number
from neptun_conformance.contract.chat_number import LARGEST, Reading
from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.questions.generated import recipes
from neptun_conformance.questions.generated.recipes import Recipe
from neptun_conformance.questions.odd_requests import (
    LIKELY_ODD_ROUTES,
    ODD_ROUTES,
    RARER_ODD_ROUTES,
    ROUTE_SPELLINGS,
)
from neptun_conformance.questions.situations import Account, ChatOf, Route

Recipes = SearchStrategy[Recipe]

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
_FULL = ("chat", "owner")


def _is_text(text: str) -> bool:
    return chat_number.read(text).reading is Reading.TEXT and text.strip(".") != ""


def _written(text: object) -> Recipe:
    return ("written", str(text))


def _own(chat: Recipe) -> Recipe:
    return ("asks", "owner", chat, "owner")


def texts() -> Recipes:
    """Ask for chat ids that are no numbers, of every plane of Unicode."""
    near = st.sampled_from(["{n}x", "x{n}", "{n},{n}", "'{n}'", "{n}e", "{n}%", "{n}\N{SNOWMAN}"])
    return st.one_of(
        _PLAIN_TEXT.filter(_is_text).map(_written),
        near.map(lambda pattern: ("patterned", pattern)),
    ).map(_own)


def other_numbers() -> Recipes:
    """Ask for numbers that no chat can have: fractions, negatives, beyond 2^53-1."""
    negatives = st.integers(max_value=0).map(str)
    huge = st.integers(min_value=LARGEST + 1, max_value=10**40).map(str)
    real = st.floats(allow_nan=False, allow_infinity=False).map(repr).filter(_is_other_number)
    written = st.one_of(negatives, huge, real).map(_written)
    fractions = st.integers(1, 999_999).map(lambda millionths: ("with_fraction", millionths))
    return st.one_of(written, fractions).map(_own)


def _is_other_number(text: str) -> bool:
    return chat_number.read(text).reading is Reading.OTHER_NUMBER


def far_numbers() -> Recipes:
    """Ask for whole numbers too large for a test account's chat, many near borders of types."""
    powers = st.tuples(st.integers(34, 52), st.integers(-2, 2)).map(lambda p: 2 ** p[0] + p[1])
    added = st.integers(33, 51).map(lambda power: ("plus_power", power))
    written = st.one_of(powers, st.integers(_FAR, LARGEST)).map(_written)
    return st.one_of(written, added).map(_own)


def _spellings(account: Account, *, empty: bool = False) -> Recipes:
    """Write a real chat's number in other ways."""
    chat = ("chat", account.value, "empty" if empty else "full")
    picked = recipes.spellings(ChatOf(account, empty=empty))
    built = st.tuples(
        st.just("spelled"),
        st.just(chat),
        st.sampled_from(["", "+", " ", "\u00a0"]),
        st.integers(0, 25),
        st.sampled_from(["", ".", "e0", "E+0", "e-0"]),
        st.integers(0, 20),
    )
    return st.one_of(st.sampled_from([("spelling", chat, name) for name in picked]), built)


def own_spellings() -> Recipes:
    """Ask for own chats by other spellings."""
    return st.one_of(_spellings(Account.OWNER), _spellings(Account.OWNER, empty=True)).map(_own)


def foreign_spellings() -> Recipes:
    """Ask for foreign chats by other spellings, under either user id."""
    return st.one_of(
        _spellings(Account.OWNER).map(lambda chat: ("asks", "stranger", chat, "owner")),
        _spellings(Account.OWNER).map(lambda chat: ("asks", "stranger", chat, "stranger")),
        _spellings(Account.STRANGER).map(_own),
    )


def made_up_sessions() -> Recipes:
    """Show values that are no sessions, also long ones full of stars and equals signs."""
    value = st.text(st.sampled_from(_COOKIE_OCTETS), min_size=1, max_size=300)
    return value.map(lambda text: ("asks", ("session", text), _FULL))


def altered_ends() -> Recipes:
    """Show real sessions with 6 to 12 characters at the end changed."""
    person = st.sampled_from(["owner", "stranger"])
    return st.builds(
        lambda name, count: ("asks", ("altered_end", name, count), ("chat", name)),
        person,
        st.integers(6, 12),
    )


def cut_sessions() -> Recipes:
    """Show the owner's session with 6 characters or more cut off."""
    return st.integers(6, 60).map(lambda count: ("asks", ("cut", count), _FULL))


def strange_users() -> Recipes:
    """Name users who do not exist, in every plane of Unicode."""
    text = _PLAIN_TEXT.filter(lambda text: text.strip(".") != "")
    return text.map(lambda name: ("asks", "owner", _FULL, ("user", f"{name}\N{SNOWMAN}")))


def noise() -> Recipes:
    """Add query parameters that nobody knows to the owner's question."""
    word = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz_-"), min_size=1, max_size=12)
    value = st.one_of(st.just(""), _PLAIN_TEXT)
    pairs = st.lists(st.tuples(word, value), min_size=1, max_size=3)
    return pairs.map(
        lambda query: (
            "with_query",
            ("asks", "owner", _FULL),
            "&".join(f"zz{name}={quote(text, safe='')}" for name, text in query),
        )
    )


def _odd_segments() -> SearchStrategy[str]:
    """Write path segments of arbitrary octets, percent-encoded."""
    octets = st.one_of(
        st.binary(min_size=1, max_size=12),
        st.sampled_from(
            [b"\0", b"\r\n", b"..", b"../", b"\\", b"\xff\xfe", b"\xed\xa0\x80", b"%2f"]
        ),
    )
    return octets.map(lambda raw: "".join(f"%{octet:02X}" for octet in raw))


def trespasses() -> Recipes:
    """Ask for the owner's chat as nobody or as the stranger, along odd paths."""
    caller = st.sampled_from(["anonymous", "stranger"])
    routes = st.sampled_from((*LIKELY_ODD_ROUTES, *ODD_ROUTES, *RARER_ODD_ROUTES))
    along = st.builds(
        lambda who, route: ("along", ("asks", who, _FULL), route.name), caller, routes
    )
    behind = st.builds(
        lambda who, tail: ("asks", who, ("followed", tail), "owner"), caller, _odd_segments()
    )
    headers = st.sampled_from(
        [("X-Original-URL", "/"), ("X-Rewrite-URL", "/"), ("X-Forwarded-User", "{owner}")]
    )
    topped = st.builds(
        lambda who, extra: ("with_header", ("asks", who, _FULL), *extra), caller, headers
    )
    return st.one_of(along, behind, topped)


def anything() -> Recipes:
    """Ask anything at all, whoever may ask: only an answer is demanded, and no server error."""
    caller = st.sampled_from(["owner", "owner", "stranger", "anonymous"])
    users = [("user_of", "owner"), ("user_of", "stranger"), ("unknown_user",)]
    user = st.one_of(
        st.sampled_from([*users, ("user_of", "owner", "in full")]),
        _PLAIN_TEXT.map(lambda text: ("user", text)),
        _odd_segments().map(lambda text: ("user", text, True)),
    )
    chat = st.one_of(
        st.sampled_from([_FULL, ("chat", "stranger"), ("unknown_chat",)]),
        st.integers(-4, 4).map(lambda step: ("neighbour", step)),
        st.integers().map(_written),
        _PLAIN_TEXT.map(_written),
        _odd_segments().map(lambda text: ("written", text, True)),
    )
    route = st.sampled_from(
        (Route.PLAIN, Route.PLAIN, Route.PLAIN, *ROUTE_SPELLINGS, *LIKELY_ODD_ROUTES)
    )
    method = st.sampled_from(["GET", "GET", "GET", "GET", "HEAD", "OPTIONS"])
    extra = (("Accept-Language", "*"), ("Cookie2", COOKIE), ("X-Noise", "\x80\xff"))
    header = st.sampled_from([(), (), *extra])
    return st.builds(
        _anything, st.tuples(st.just("asks"), caller, chat, user), method, route, header
    )


def _anything(asked: Recipe, method: str, route: Route, header: tuple[str, ...]) -> Recipe:
    spelled = ("along", ("by", asked, method), route.name)
    return ("with_header", spelled, *header) if header else spelled
