"""What a link holds is what its file announces."""

from __future__ import annotations

from typing import Any

import pytest

from neptun_conformance.bodies.link import Link
from neptun_conformance.judge.links import Fetched, hold_what_is_announced

LINK = Link(3, "https://files.example.com/3?sign=secret?x", 10, " Text/Plain ;a=b;charset=utf-8")
OF = "of 'https://files.example.com/3'"
DEAD, LONGER, OTHER = (
    ("a link cannot be fetched", "status 200"),
    ("a link returns another size than listed", "10 bytes"),
    ("a link returns another type than listed", "'text/plain'"),
)


@pytest.mark.parametrize(
    ("fetched", "wrong"),
    [
        ({"status": 200, "size": 10, "type": "text/plain"}, []),
        ({"status": 299, "size": None, "type": "text/plain"}, []),
        ({"status": 300}, [(*DEAD, f"status 300, {OF}")]),
        ({"status": 199}, [(*DEAD, f"status 199, {OF}")]),
        ({"failure": "no connection"}, [(*DEAD, f"no connection, {OF}")]),
        (
            {"status": 200, "size": 0, "type": None},
            [(*LONGER, f"0 bytes, {OF}"), (*OTHER, f"no media type, {OF}")],
        ),
        ({"status": 200, "size": 10, "type": "a/b"}, [(*OTHER, f"a/b, {OF}")]),
    ],
)
def test_a_link_answers_with_what_is_announced(
    fetched: dict[str, Any], wrong: list[tuple[str, str, str]]
) -> None:
    found = list(hold_what_is_announced(Fetched(LINK, **fetched)))
    assert [(p.message, p.expected, p.actual) for p in found] == wrong
    assert {p.pointer for p in found} <= {"/chatFiles/3/url"}
