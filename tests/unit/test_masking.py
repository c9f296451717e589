"""Queries of links and values of cookies are masked wherever and however they are written."""

from __future__ import annotations

import pytest

from neptun_conformance.bodies.problem import Collector, Problem, excerpt
from neptun_conformance.redaction.masking import mask_cookie, mask_links

SIGNED = "Sig=8f3a"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f'{{"url": "https://h/a?{SIGNED}", "b": 1}}', '{"url": "https://h/a?[masked]", "b": 1}'),
        (f'"https://h/a b/c?{SIGNED}\\u0026x=d e"', '"https://h/a b/c?[masked]"'),
        (f'"https:\\/\\/h\\/p?{SIGNED}', '"https:\\/\\/h\\/p?[masked]'),
        (f'"url": "https://h/p\\u003f{SIGNED}"', '"url": "https://h/p?[masked]"'),
        (f'"url":"/p?{SIGNED}\\"x"', '"url":"/p?[masked]"'),
        (f"'http://a/b?{SIGNED}', 'http://c?{SIGNED}' and 3 more",
         "'http://a/b?[masked]', 'http://c?[masked]' and 3 more"),
        (f"http://x/http://y?{SIGNED}", "http://x/http://y?[masked]"),
        ('{"name": "what?", "url": "https://h/p"}', '{"name": "what?", "url": "https://h/p"}'),
    ],
)  # fmt: skip
def test_the_query_of_a_link_is_masked(text: str, masked: str) -> None:
    assert mask_links(text) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("neptun-session=abc; Path=/", "neptun-session=[masked]; Path=/"),
        ("neptun-session=; Max-Age=0", "neptun-session=; Max-Age=0"),
        ("nothing", "nothing"),
    ],
)
def test_the_value_of_a_cookie_is_masked(value: str, masked: str) -> None:
    assert mask_cookie(value) == masked


def test_a_finding_shows_the_item_however_far_down_it_is() -> None:
    files = [{"id": n, "name": "n" * 5_000, "size": 1} for n in range(5_000)]
    files[4_321]["size"] = "1024"
    problems = Collector()
    problems.add("file.size", Problem("wrong", "a number", "text", "/chatFiles/4321/size"))
    (problem,) = problems.collected({"chatFiles": files}).of("file.size")
    assert problem.part is not None
    assert '"id": 4321' in problem.part
    assert '"size": "1024"' in problem.part
    assert len(problem.part) < 300


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("", '{"data": {"message": 1}}'),
        ("/data/message", '{"data": {"message": 1}}'),
        ("/missing", '{"data": {"message": 1}}'),
    ],
)
def test_the_part_around_a_place(place: str, part: str) -> None:
    assert excerpt({"data": {"message": 1}}, place) == part


def test_one_cause_in_many_items_is_one() -> None:
    one, other = (
        Problem("the size of a file changed", was, "2", f"/chatFiles/{n}/size")
        for n, was in enumerate("13")
    )
    assert one.cause == other.cause
