"""What a request leaves open to those in front of an application, and in the form of an answer."""

from __future__ import annotations

from typing import Any

import pytest

from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    stranger,
    through,
    with_altered,
    with_expired_session,
    with_session,
)
from neptun_conformance.questions.situations import (
    Question,
    UnknownChat,
    Written,
    WrittenUser,
)
from neptun_conformance.questions.tampering import Alteration, begun
from neptun_conformance.questions.user_ids import variants_of
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.liberties import (
    Form,
    form,
    names_an_address,
    names_another_site,
)
from neptun_conformance.resolve.participants import Missing, NotApplicableHere, Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

OWN = owner.asks(owner.full)
HERE = target_for("http://127.0.0.1:1")


def among(**changed: Any) -> Participants:
    """Return the people of the usual target with some changes."""
    target = Target.of(HERE | changed)
    return Participants.of(target, SessionKeeper(target))


def with_long_session(length: int) -> Participants:
    return among(owner=HERE["owner"] | {"session": "s" * length})


def due(question: Question, people: Participants | None = None) -> Expected:
    return resolve(question, people or among()).expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/json", Form.JSON),
        ("*/*", Form.JSON),
        ("application/*;q=0.8, */*;q=0.5", Form.JSON),
        ("text/csv;q=0.2, */*;q=0.1, application/json;q=0.9", Form.JSON),
        ("application/json, text/html", Form.JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Form.FREE),
        ("text/html, application/json;q=0.9", Form.FREE),
        ("text/html", Form.FREE_OR_406),
        ("application/json;q=0, */*", Form.FREE_OR_406),
        ("x", Form.FREE_OR_406),
    ],
)
def test_the_form_by_accept(accept: str, expected: Form) -> None:
    assert form((("accept", accept),)) is expected
    assert form(()) is Form.JSON


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ("gzip, deflate", Form.JSON),
        ("identity;q=0, gzip;q=x", Form.JSON),
        ("", Form.JSON),
        ("br;q=0, *;q=0", Form.JSON),
        ("*", Form.CODED),
        ("gzip, br;q=0.1", Form.CODED),
        ("ZSTD", Form.CODED),
    ],
)
def test_a_coding_that_was_offered_and_is_not_read_leaves_the_form(
    codings: str, expected: Form
) -> None:
    assert form((("accept-encoding", codings),)) is expected
    assert form((("Accept", "text/html"), ("Accept-Encoding", codings))) is Form.FREE_OR_406


def test_an_offered_protocol_leaves_the_form() -> None:
    assert form((("Connection", "upgrade"), ("Upgrade", "websocket"))) is Form.FREE
    assert form((("Host", "elsewhere.example:99999"),)) is Form.FREE
    assert form((("Connection", "upgrade"),)) is Form.JSON


@pytest.mark.parametrize("name", ["Forwarded", "x-forwarded-host", "X-Forwarded-Proto"])
def test_an_address_that_a_request_names_may_stand_in_links(name: str) -> None:
    assert names_an_address(((name, ":x"),))
    for other in ("X-Forwarded-For", "Host", "Referer", "X-Forwarded"):
        assert not names_an_address(((other, ":x"),))


def test_what_crosses_a_limit_that_the_plain_form_does_not_cross_is_open() -> None:
    in_basic = through("basic", owner).asks(owner.full)
    assert due(in_basic, with_long_session(1_000)) is Expected.DOCUMENTED_OR_4XX
    assert due(in_basic, with_long_session(3_500)) is Expected.NO_DATA
    assert due(OWN, with_long_session(5_000)) is Expected.FILES
    assert due(OWN.with_query("a=" + "x" * 1_024)) is Expected.FILES_OR_ANYTHING
    assert due(with_session("x" * 5_000).asks(owner.full)) is Expected.NO_DATA
    as_long = with_session("x" * 5_000).asks(owner.full)
    assert due(as_long, with_long_session(5_000)) is Expected.UNAUTHORIZED


def test_a_segment_over_a_hundred_characters_is_open() -> None:
    assert due(owner.asks(Written("9" * 100), under=owner)) is Expected.NOT_FOUND_OR_4XX
    assert due(owner.asks(Written("9" * 101), under=owner)) is Expected.NO_DATA
    assert due(owner.asks(owner.full, under=WrittenUser("a" * 101))) is Expected.NO_DATA


@pytest.mark.parametrize("value", ["'OR'1'='1", "*", "{{7*7}}", "${x}", 'a"b'])
def test_a_session_that_looks_like_an_attack_may_get_any_4xx(value: str) -> None:
    assert due(with_session(value).asks(owner.full)) is Expected.DOCUMENTED_OR_4XX
    assert due(with_session("made-up").asks(owner.full)) is Expected.UNAUTHORIZED


@pytest.mark.parametrize("alter", [begun("{"), begun("'")])
def test_an_altered_session_looks_like_an_attack_by_what_it_adds(alter: Alteration) -> None:
    asked = with_altered(owner, "altered", alter).asks(owner.full)
    usual = among(owner=HERE["owner"] | {"session": "a{%'" * 10})
    assert due(asked, usual) is Expected.UNAUTHORIZED
    assert due(asked) is Expected.DOCUMENTED_OR_4XX


def test_headers_that_show_a_session_are_those_of_gateways() -> None:
    for caller in (
        through("bearer", owner),
        through("headers", owner, "X-Session"),
        through("other cookies", owner, '"neptun-session"'),
    ):
        assert due(caller.asks(owner.full)) is Expected.DOCUMENTED_OR_4XX
    for caller in (through("headers", owner, "Session"), through("other cookies", owner, "sid")):
        assert due(caller.asks(owner.full)) is Expected.UNAUTHORIZED


def test_headers_of_gateways_leave_a_refusal_open() -> None:
    asked = anonymous.asks(owner.full)
    assert due(asked.with_headers(("X-User-Id", "{owner}"))) is Expected.DOCUMENTED_OR_4XX
    assert due(asked.with_headers(("X-Forwarded-For", "127.0.0.1"))) is Expected.NO_FILES
    assert due(asked.with_headers(("Accept-Language", "de"))) is Expected.UNAUTHORIZED
    foreign = stranger.asks(owner.full)
    assert due(foreign.with_headers(("Origin", "null"))) is Expected.NO_FILES
    assert due(foreign.with_headers(("X-User-Id", "{owner}"))) is Expected.NOT_FOUND_OR_4XX


def test_a_session_in_a_header_that_names_a_way_may_be_redirected() -> None:
    assert (
        due(through("headers", owner, "X-Forwarded-Cookie").asks(owner.full)) is Expected.NO_FILES
    )
    other = through("headers", owner, "X-Cookie").asks(owner.full)
    assert due(other) is Expected.DOCUMENTED_OR_4XX


def test_two_sessions_may_be_refused_by_any_4xx() -> None:
    twice = ("Cookie", "neptun-session=a; x=1; neptun-session=b")
    assert due(anonymous.asks(owner.full).with_headers(twice)) is Expected.DOCUMENTED_OR_4XX
    once = ("Cookie", "x-neptun-session=a; neptun-session=b")
    assert due(anonymous.asks(owner.full).with_headers(once)) is Expected.UNAUTHORIZED


@pytest.mark.parametrize("host", ["a.example", "a" * 300 + ":80", ""])
def test_a_host_of_any_length_is_another_site(host: str) -> None:
    assert names_another_site((("Host", host),))


def test_the_connection_may_be_closed_on_octets_outside_ascii_a_host_or_an_offer() -> None:
    assert not resolve(OWN, among()).closable
    for header in (("X-Name", "\xe9"), ("Host", "elsewhere.example"), ("Upgrade", "x")):
        assert resolve(OWN.with_headers(header), among()).closable
        assert due(OWN.with_headers(header)) is Expected.FILES_OR_ANYTHING


def test_a_header_of_the_target_file_is_never_replaced() -> None:
    people = among(headers={"Authorization": "Basic eDp5", "X-Session": "a"})
    for question in (
        OWN.with_headers(("authorization", "Basic {owner}")),
        through("bearer", owner).asks(owner.full),
        through("basic", owner).asks(owner.full),
        through("headers", owner, "Authorization", "X-Session").asks(owner.full),
    ):
        with pytest.raises(Missing, match=r"^the target file sets the header (?i:authorization)"):
            resolve(question, people)
    rest = resolve(through("headers", owner, "X-Session", "X-Token").asks(owner.full), people)
    assert [name for name, _ in rest.request.headers] == ["X-Token"]


def test_a_second_spelling_of_the_own_id_may_be_read_or_refused() -> None:
    for user in variants_of(owner)[:4]:
        assert due(owner.asks(owner.full, under=user)) is Expected.FILES_OR_4XX
        assert due(stranger.asks(owner.full, under=user)) is Expected.NO_FILES
        assert due(anonymous.asks(owner.full, under=user)) is Expected.DOCUMENTED_OR_4XX


def test_a_target_may_say_that_no_session_expires() -> None:
    with pytest.raises(NotApplicableHere, match="no expired session"):
        resolve(with_expired_session.asks(UnknownChat()), among(expired_session="none"))
    without = {name: value for name, value in HERE.items() if name != "expired_session"}
    target = Target.of(without)
    with pytest.raises(Missing, match=r"^the target names no expired session$"):
        resolve(
            with_expired_session.asks(owner.full), Participants.of(target, SessionKeeper(target))
        )
    assert "none" not in dict(among(expired_session="none").sessions.secrets()).values()
