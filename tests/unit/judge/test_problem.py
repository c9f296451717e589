"""What a finding quotes from a body is short, on one line, and says where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from neptun_conformance.bodies.json_text import read
from neptun_conformance.bodies.problem import Collector, Problem, excerpt, listed, pointer, shown

LONG = "é" * 120
CUT = f"{'é' * 89}…{'é' * 29}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\n", "'a\\n'"),
        (b"\xff", "b'\\xff'"),
        (7, "7"),
        (None, "None"),
        (["é"], "['é']"),
        ("a" * 118, f"'{'a' * 118}'"),
        ("a" * 119, f"'{'a' * 88}…{'a' * 29}'"),
    ],
)
def test_a_value_is_shown_on_one_line(value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("steps", "text"),
    [((), ""), (("chatFiles", 3, "name"), "/chatFiles/3/name"), (("a/b~c", ""), "/a~1b~0c/")],
)
def test_a_pointer_escapes_its_steps(steps: tuple[str | int, ...], text: str) -> None:
    assert pointer(*steps) == text


def test_a_list_is_cut_after_some_values() -> None:
    assert listed([]) == ""
    assert listed(range(5)) == "0, 1, 2, 3, 4"
    assert listed("abcdefg") == "'a', 'b', 'c', 'd', 'e' and 2 more"


def test_problems_with_one_cause_are_one() -> None:
    problems = Collector()
    assert not problems.collected()
    problems.add("a", Problem("wrong", "x", "1", "/chatFiles/0/id"))
    problems.add("a", Problem("wrong", "x", "2", "/chatFiles/1/id"))
    problems.add("a", Problem("other", "x", "3"))
    problems.add("b", Problem("wrong", "x", "4"))
    found = problems.collected()
    assert found
    assert (problems.count, found.clauses()) == (4, {"a", "b"})
    assert [(p.actual, p.count) for p in found.of("a")] == [("1", 2), ("3", 1)]
    assert found.of("c") == []


def test_a_cause_is_the_same_in_any_item() -> None:
    first, other = (Problem("wrong", "x", "1", f"/chatFiles/{n}/id") for n in (1, 23))
    assert first.cause == other.cause == ("wrong", "/chatFiles//id", "")
    assert Problem("wrong", "x", "1").cause == Problem("wrong", "x", "2").cause


def test_another_status_is_another_cause() -> None:
    denied, broken = (Problem("wrong", "status 404", f"status {code}") for code in (401, 500))
    assert denied.cause != broken.cause


def test_a_problem_quotes_what_holds_its_place() -> None:
    problems = Collector()
    problems.add("a", Problem("wrong", "x", "1", "/chatFiles/1/id"))
    problems.add("b", Problem("wrong", "x", "1"))
    found = problems.collected({"chatFiles": [{"id": 1}, {"id": "é"}]})
    assert [p.part for p in found.of("a")] == ['{"id": "é"}']
    assert [p.part for p in found.of("b")] == [None]


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("/chatFiles/1/name", '{"name": "b"}'),
        ("/chatFiles/1", '{"name": "b"}'),
        ("/data/message", '{"chatFiles": [{}, {"name": "b"}], "data": {}}'),
        ("/x/chatFiles/1", '{"chatFiles": [{}, {"name": "b"}], "data": {}}'),
        ("", '{"chatFiles": [{}, {"name": "b"}], "data": {}}'),
    ],
)
def test_the_item_or_the_whole_is_quoted(place: str, part: str) -> None:
    document = {"chatFiles": [{}, {"name": "b"}], "data": {}}
    assert excerpt(document, place) == part


def test_a_number_past_the_largest_double_is_quoted() -> None:
    document = read(b'{"chatFiles": [{"id": 1, "size": 1e400}]}').value
    assert excerpt(document, "/chatFiles/0/size") == '{"id": 1, "size": "1E+400"}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": LONG}, f'{{"a": "{LONG}"}}'),
        ({f"{LONG}b": f"{LONG}c"}, f'{{"{CUT}b": "{CUT}c"}}'),
        ({"a": {"b": {"c": {"d": 1}}}}, '{"a": {"b": {"c": {}}}}'),
        ({"a": [[[1]]]}, '{"a": [[[]]]}'),
        ({"a": {"b": {"c": 1}}}, '{"a": {"b": {"c": 1}}}'),
        ({"a": [[1]]}, '{"a": [[1]]}'),
        ({"a": list(range(21))}, f'{{"a": {list(range(20))}}}'),
        ({"a": True, "b": None, "c": 1.5}, '{"a": true, "b": null, "c": 1.5}'),
    ],
)
def test_what_is_long_is_cut(value: dict[str, Any], text: str) -> None:
    assert excerpt(value, "") == text


def test_so_many_members_are_quoted() -> None:
    assert '"t": 1}' in excerpt(dict.fromkeys("abcdefghijklmnopqrstuv", 1), "")
    assert len(excerpt({f"{n:090}": "a" * 90 for n in range(20)}, "")) == 2_000
