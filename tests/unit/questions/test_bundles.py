"""Bundles hold every value once, come apart and together again, and are made smaller."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.engine.followup.bundles import minimal
from neptun_conformance.questions import bundles, claims, malformed
from neptun_conformance.questions.bundles import Part, parts_of, rows, with_parts
from neptun_conformance.questions.callers import owner, through
from neptun_conformance.resolve.liberties import LONGEST_PLAIN_HEADER

PARTS = tuple(Part("header", f"X-{number}", "x") for number in range(20))
QUESTION = (
    owner.asks(owner.full)
    .with_headers(("X-A", "1"), ("Cookie", "a=1; b=2"), ("X-B", "2"))
    .with_query("x=1&y=2")
    .with_body("{}", "application/json")
)
names = st.text(st.sampled_from("abAB"), min_size=1, max_size=2)


@given(st.lists(st.tuples(names, st.text(max_size=4)), max_size=80))
def test_rows_hold_every_pair_and_no_name_twice(pairs: list[tuple[str, str]]) -> None:
    found = rows(pairs)
    assert sorted(pair for row in found for pair in row) == sorted(pairs)
    for row in found:
        assert len({name.lower() for name, _ in row}) == len(row) <= bundles.MOST_HEADERS


@pytest.mark.parametrize(
    "row",
    [*claims.CLAIMS, *malformed.malformed()],
    ids=lambda row: row[0][0],
)
def test_no_bundle_is_longer_than_servers_take(row: tuple[tuple[str, str], ...]) -> None:
    assert all(len(name) + len(value) < LONGEST_PLAIN_HEADER for name, value in row)
    assert sum(len(name) + len(value) for name, value in row) <= bundles.MOST_OCTETS


def test_a_client_address_never_stands_beside_another_forwarded_one() -> None:
    for row in (*claims.CLAIMS, *malformed.malformed()):
        told = dict(row)
        if "Client-IP" in told:
            assert told.get("X-Forwarded-For", told["Client-IP"]) == told["Client-IP"]


def test_nothing_asks_for_a_server_error() -> None:
    told = {pair for row in malformed.malformed() for pair in row}
    assert ("Cache-Control", "only-if-cached") not in told


def test_no_override_names_a_method_that_changes_things() -> None:
    told = [pair for row in (*claims.OTHER_METHODS, *malformed.malformed()) for pair in row]
    methods = {value for name, value in told if "method" in name.lower()}
    assert methods <= {"OPTIONS", "HEAD", "X", ""}
    assert "_method=DELETE" not in claims.RIGHTS_QUERY


def test_a_question_is_its_parts() -> None:
    parts = parts_of(QUESTION)
    assert [part.place for part in parts] == [
        *("header", "header", "header", "cookie", "cookie", "query", "query", "content")
    ]
    assert sorted(parts_of(with_parts(QUESTION, parts)), key=repr) == sorted(parts, key=repr)
    assert with_parts(QUESTION, ()) == owner.asks(owner.full)


def test_a_part_is_asked_alone() -> None:
    cookie = parts_of(QUESTION)[4]
    alone = owner.asks(owner.full).with_headers(("Cookie", "b=2"))
    assert with_parts(QUESTION, [cookie]) == alone


@given(st.sets(st.sampled_from(PARTS), max_size=3))
def test_the_guilty_parts_are_left(guilty: set[Part]) -> None:
    asked: list[Sequence[Part]] = []

    def fails(parts: Sequence[Part]) -> bool:
        asked.append(parts)
        return guilty <= set(parts)

    assert set(minimal(PARTS, fails)) == guilty
    assert len(guilty) > 1 or len(asked) <= 12


def test_the_places_of_a_session_come_apart() -> None:
    question = through("query", owner, "sid", "token", "jwt").asks(owner.full)
    parts = parts_of(question)
    assert [part.name for part in parts] == ["sid", "token", "jwt"]
    assert with_parts(question, parts) == question
    (one,) = (with_parts(question, parts[1:2]),)
    assert str(one).startswith("somebody with the owner's session as query token asks for")
    nowhere = with_parts(question, ()).caller
    assert (nowhere.channel, nowhere.names) == ("none", ())
