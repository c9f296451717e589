"""What a question in words becomes on the wire, where ids and validators are made from others."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, unquote

import pytest

from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.conditions import (
    BY_ANYBODY,
    BY_OTHERS,
    IF_MODIFIED_EARLIER,
    IF_OTHER,
    IF_WEAK,
)
from neptun_conformance.questions.situations import (
    Derived,
    Question,
    Route,
)
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import NotApplicableHere, Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.server.data import ALICE, BOB, target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.unit.judge.said import CAST

FULL = owner.asks(owner.full)


def sent(question: Question, **validators: str) -> dict[str, str]:
    return dict(resolve(question, CAST, validators=validators).request.headers)


@pytest.mark.parametrize(
    ("etag", "others"),
    [
        ('"abc"', '"ab0", "xabcy"'),
        ('W/"a0"', 'W/"a1", "xa0y"'),
        ("bare", 'bar0", "xbarey"'),
    ],
)
def test_other_tags_differ_in_a_last_character_or_hold_it(etag: str, others: str) -> None:
    assert sent(FULL.with_headers(IF_OTHER), etag=etag)["If-None-Match"] == others


@pytest.mark.parametrize(
    ("given", "weak"),
    [
        ({"etag": '"abc"'}, 'W/"abc"'),
        ({"etag": 'W/"abc"'}, 'W/"abc"'),
        ({}, 'W/"made-up"'),
    ],
)
def test_a_tag_comes_back_as_a_weak_one(given: dict[str, str], weak: str) -> None:
    asked = stranger.asks(owner.full).with_headers(IF_WEAK)
    assert sent(asked, **given)["If-None-Match"] == weak


def test_who_may_not_read_uses_every_form_of_a_tag_and_of_a_range() -> None:
    rows = [dict(row) for row in (*BY_ANYBODY, *BY_OTHERS)]
    tags = {row["If-None-Match"] for row in rows}
    assert tags == {"{etag}", "{weak_etag}", '"made-up", {etag}', "*"}
    ranges = {row["Range"].removeprefix("bytes=") for row in rows}
    assert ranges == {"0-9", "-10", "0-3,6-9", "99999999-"}


def test_a_moment_before_the_files_is_a_second_before() -> None:
    earlier = FULL.with_headers(IF_MODIFIED_EARLIER)
    moment = sent(earlier, last_modified="Thu, 02 May 2024 09:00:00 GMT")["If-Modified-Since"]
    assert moment == "Thu, 02 May 2024 08:59:59 GMT"
    for validators in ({}, {"last_modified": "x"}):
        assert sent(earlier, **validators)["If-Modified-Since"] == "Thu, 01 Jan 1970 00:00:00 GMT"


@pytest.mark.parametrize("validators", [{}, {"etag": '""'}, {"etag": 'W/""'}, {"etag": ""}])
def test_without_a_tag_there_is_no_other(validators: dict[str, str]) -> None:
    with pytest.raises(
        NotApplicableHere, match=r"^the answer has no other-etag to come back with$"
    ):
        sent(FULL.with_headers(IF_OTHER), **validators)


def test_a_chat_id_may_hold_the_number_of_the_strangers_chat() -> None:
    chat = Derived(owner.full, "both", lambda number: f"{number}&{{stranger_chat}}")
    target = resolve(owner.asks(chat), CAST).request.target
    assert f"/{ALICE.chat_with_files.id}%26{BOB.chat_with_files.id}/" in target


def test_a_path_parameter_holds_the_session() -> None:
    target = resolve(anonymous.asks(owner.full).along(Route.PARAMETER), CAST).request.target
    session = target.partition("/files;neptun-session=")[2]
    assert unquote(session) == ALICE.session.value
    assert not set(session) & set("*+/=")


def test_another_voice_changes_nothing_about_what_is_expected() -> None:
    voice = tuple(dimension.levels[1] for dimension in DIMENSIONS)
    plain, voiced = resolve(FULL, CAST), resolve(FULL.in_voice(voice), CAST)
    assert (voiced.expected, voiced.plain, voiced.kind) == (plain.expected, None, plain.kind)
    assert voiced.request.headers != plain.request.headers


def test_what_carries_further_headers_is_noisy() -> None:
    noisy = resolve(FULL.with_headers(("X-A", "1")), CAST)
    assert noisy.expected is Expected.FILES_AT_BEST


@pytest.mark.parametrize(
    ("user_id", "told"),
    [
        ("alice", "alice"),
        ("ann@example.com", "ann@example.com"),
        ("ann ü", "ann%20%C3%BC"),
        ("ann ", "ann%20"),
    ],
)
def test_a_claim_names_the_user_as_a_gateway_does(user_id: str, told: str) -> None:
    target = Target.of(target_for("http://127.0.0.1:1", owner=replace(ALICE, id=user_id)))
    cast = Participants.of(target, SessionKeeper(target))
    claiming = FULL.with_headers(("X-User", "{owner_raw}"), ("X-Url", "/users/{owner}"))
    headers = dict(resolve(claiming, cast).request.headers)
    assert headers["X-User"] == told
    assert headers["X-Url"] == f"/users/{quote(user_id, safe='')}"
