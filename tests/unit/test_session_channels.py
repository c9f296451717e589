"""Each caller shows a session in the one place, and in the one form, that its words say."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace

import pytest

from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.questions import callers as who
from neptun_conformance.questions import places, tampering
from neptun_conformance.questions.tampering import CannotAlter, NoSuchAlteration, spliced
from neptun_conformance.resolve.participants import NotApplicableHere, Participants
from neptun_conformance.resolve.session_channels import shown_session
from neptun_conformance.server.data import ALICE
from neptun_conformance.targets.session import SessionKeeper
from tests.unit.judge.said import CAST, TARGET

SESSION = ALICE.session.value
assert TARGET.owner is not None
OWNER = TARGET.owner


def test_the_session_as_a_password_is_that_of_somebody() -> None:
    _, ((name, value),) = shown_session(who.through("basic", who.owner), CAST)
    scheme, _, given = value.partition(" ")
    assert (name, scheme) == ("Authorization", "Basic")
    assert b64decode(given).decode() == f"{SESSION}:{SESSION}"


def test_a_scheme_stands_between_the_name_of_a_header_and_the_session() -> None:
    caller = who.through("headers", who.owner, "Authorization: Token", "X-Session")
    shown = [("Authorization", f"Token {SESSION}"), ("X-Session", SESSION)]
    assert shown_session(caller, CAST) == ("", tuple(shown))


@pytest.mark.parametrize("names", places.HEADERS, ids=lambda names: names[0])
def test_each_row_of_headers_names_each_header_once(names: tuple[str, ...]) -> None:
    _, shown = shown_session(who.through("headers", who.owner, *names), CAST)
    assert len({name.lower() for name, _ in shown}) == len(names)


def test_no_place_is_tried_twice_and_none_is_the_session_itself() -> None:
    for rows in (places.COOKIES, places.PARAMETERS, places.HEADERS):
        named = [name for row in rows for name in row]
        assert len(set(named)) == len(named)
    assert COOKIE not in {name for row in places.COOKIES for name in row}


@pytest.mark.parametrize("length", [32, 64, 177, 310, 600])
@pytest.mark.parametrize(
    ("channel", "rows"), [("query", places.PARAMETERS), ("other cookies", places.COOKIES)]
)
def test_however_long_a_session_is_no_name_is_lost_or_tried_twice(
    channel: str, rows: tuple[tuple[str, ...], ...], length: int
) -> None:
    session = "a7" * (length // 2)
    target = replace(TARGET, owner=replace(OWNER, session=session))
    people = Participants.of(target, SessionKeeper(target))
    shown = [
        _text(shown_session(question.caller, people))
        for question in places.elsewhere(channel, who.owner, rows)
    ]
    names = [pair.removesuffix(f"={session}") for text in shown for pair in re.split("&|; ", text)]
    wanted = [name for row in rows for name in row]
    assert len(set(names)) == len(names)
    assert set(names) == set(wanted) or (length > 310 and len(names) > len(wanted) / 2)
    assert len(shown[0]) < {"query": 900, "other cookies": 3_600}[channel]
    assert max(map(len, shown)) < 5_600


def _text(shown: tuple[str, tuple[tuple[str, str], ...]]) -> str:
    query, headers = shown
    return query or headers[0][1]


def test_one_of_the_names_is_shown_alone_also_where_another_request_had_it() -> None:
    caller = who.through("query", who.owner, "sid", "t", after=("sid", "s"))
    alone, _ = shown_session(who.with_names(caller, ("sid",)), CAST)
    assert alone.startswith("sid=")


def test_headers_of_a_long_session_are_each_short() -> None:
    target = replace(TARGET, owner=replace(OWNER, session="a7" * 200))
    people = Participants.of(target, SessionKeeper(target))
    for names in places.HEADERS:
        _, shown = shown_session(who.through("headers", who.owner, *names, after=()), people)
        assert len(shown) == len(names)


def test_a_session_of_two_is_neither_of_them() -> None:
    _, ((_, value),) = shown_session(who.with_spliced(who.owner, who.stranger), CAST)
    shown = value.removeprefix("neptun-session=")
    theirs = CAST.session("stranger")
    assert shown not in {SESSION, theirs}
    assert shown.startswith(SESSION.rpartition(".")[0])
    assert shown.endswith(theirs.rpartition(".")[2])


@pytest.mark.parametrize(
    ("session", "other", "value"),
    [
        ("ann.1.aaaaaa", "bob.1.bbbbbb", "ann.1.bbbbbb"),
        ("h.ann.aaaaaa", "h.bob.bbbbbb", "h.ann.bbbbbb"),
        ("v1*ann*aaaaaa", "v1*bob*bbbbbbb", "v1*ann*bbbbbbb"),
        ("v.1*ann*aaaaaa", "v.1*bob*bbbbbb", "v.1*ann*bbbbbb"),
    ],
)
def test_the_last_part_is_taken_from_the_other(session: str, other: str, value: str) -> None:
    assert spliced(session, other) == value


@pytest.mark.parametrize(
    ("session", "other"),
    [
        ("abcdefgh", "ijklmnop"),
        ("v1.aaaaaa", "v1.bbbbbb"),
        ("ann.aaaaaa", "bob.aaaaaa"),
        ("ann.node1", "bob.node2"),
        ("a.", "b."),
    ],
)
def test_without_two_parts_of_ones_own_nothing_can_be_put_together(
    session: str, other: str
) -> None:
    with pytest.raises(NoSuchAlteration):
        spliced(session, other)


@pytest.mark.parametrize("alter", [tampering.changed_before_padding, tampering.cut_by(6)])
def test_padding_is_no_part_of_what_is_altered(alter: Callable[[str], str]) -> None:
    assert alter("abcdefghijklmn==").startswith("abcdefgh")
    assert alter("abcdefghijklmn==") != "abcdefghijklmn=="
    with pytest.raises(CannotAlter, match=r"almost nothing but padding"):
        alter("abcde" + "=" * 20)
    with pytest.raises(CannotAlter, match=r"shorter than 16 characters"):
        alter("abcdefghijklmno")


def test_an_altered_session_is_nobodys() -> None:
    owner = replace(TARGET.owner, session="a") if TARGET.owner else None
    theirs = replace(TARGET.stranger, session=tampering.rewritten("a")) if TARGET.stranger else None
    target = replace(TARGET, owner=owner, stranger=theirs)
    participants = Participants.of(target, SessionKeeper(target))
    caller = who.with_altered(who.owner, "with every character changed", tampering.rewritten)
    participants.session("stranger")
    with pytest.raises(NotApplicableHere, match=r"becomes another one"):
        shown_session(caller, participants)
