"""The body of a 200: which clause each deviation of its text and envelope breaks."""

from __future__ import annotations

import json

import pytest

from neptun_conformance.bodies import success
from neptun_conformance.bodies.files import FileList
from neptun_conformance.bodies.link import Link
from neptun_conformance.exchange import BodyKind, BodyProblem, Response
from tests.unit.judge.bodies import CHAT, FILE, JSON, only, read, read_files


def test_a_right_answer_has_no_problem_and_is_remembered() -> None:
    reading = read_files(FILE, FILE | {"id": 2.0, "more": None})
    assert not reading.problems
    assert reading.files is not None
    assert reading.complete
    assert reading.files == FileList(
        (1, 2),
        dict.fromkeys((1, 2), (CHAT, "report.pdf", 10, "application/pdf", "2024-05-01T09:30:00Z")),
    )
    assert reading.texts == ("report.pdf", "https://files.example.com/1") * 2
    assert reading.names == {"chatFiles", "more", *FILE}
    assert reading.links[0] == Link(0, "https://files.example.com/1", 10, "application/pdf")
    assert [link.index for link in reading.links] == [0, 1]


def test_an_empty_list_is_accepted() -> None:
    reading = read(b'{"chatFiles": []}')
    assert (reading.complete, reading.files) == (True, FileList())
    assert not reading.problems


@pytest.mark.parametrize(
    ("body", "message", "actual", "pointer"),
    [
        (b"[]", "the body is not an object", "an array of 0 in its place", ""),
        (b"null", "the body is not an object", "null in its place", ""),
        (b"{}", "chatFiles is missing", "no member at all", ""),
        (b'{"files": []}', "chatFiles is missing", "'files'", ""),
        (b'{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', "chatFiles is missing", "'e'", ""),
        (b'{"chatFiles": {}}', "chatFiles is not an array", "an object", "/chatFiles"),
        (b'{"chatFiles": null}', "chatFiles is not an array", "null", "/chatFiles"),
        (b'{"chatFiles": false}', "chatFiles is not an array", "the boolean false", "/chatFiles"),
        (b'{"chatFiles": "x"}', "chatFiles is not an array", "the string 'x'", "/chatFiles"),
        (b'{"chatFiles": 7}', "chatFiles is not an array", "the number 7", "/chatFiles"),
    ],
)
def test_another_envelope_is_not_accepted(
    body: bytes, message: str, actual: str, pointer: str
) -> None:
    reading = read(body)
    problem = only(reading, "success.envelope")
    assert (problem.message, problem.pointer) == (message, pointer)
    assert problem.actual.endswith(actual)
    assert (reading.complete, reading.files) == (True, None)


@pytest.mark.parametrize(
    ("body", "clause", "complete"),
    [
        (b"", "success.json", True),
        (b"{", "success.json", True),
        (b'{"chatFiles": [NaN]}', "success.json", True),
        (b"\xff", "success.json", True),
        (b"[" * 2_000 + b"]" * 2_000, "success.limits", False),
    ],
)
def test_what_is_no_json_is_not_accepted(body: bytes, clause: str, *, complete: bool) -> None:
    reading = read(body)
    assert only(reading, clause).expected
    assert (reading.complete, reading.files) == (complete, None)


def test_a_byte_order_mark_and_a_repeated_member_are_noted_and_the_rest_is_read() -> None:
    reading = read(b'\xef\xbb\xbf{"chatFiles": [], "more": {"a": 1, "a": 2}}')
    assert reading.problems.clauses() == {"success.byte-order-mark", "success.repeated-members"}
    assert reading.problems.of("success.repeated-members")[0].actual == "'a'"
    assert reading.files is not None


@pytest.mark.parametrize(
    ("kind", "clause", "complete"),
    [
        (BodyKind.TOO_LARGE, "success.limits", False),
        (BodyKind.BAD_CODING, "success.json", True),
        (BodyKind.UNOFFERED_CODING, "success.json", True),
    ],
)
def test_a_body_that_is_not_whole_is_not_read(
    kind: BodyKind, clause: str, *, complete: bool
) -> None:
    response = Response(200, JSON, b'{"chatFiles": []}', body_problem=BodyProblem(kind, "why"))
    reading = success.read(response, asked_id=CHAT)
    assert only(reading, clause).actual == "why"
    assert (reading.complete, reading.files) == (complete, None)


@pytest.mark.parametrize(
    ("headers", "actual"),
    [
        ((), "no such header"),
        ((("content-type", "text/html; charset=utf-8"),), "text/html"),
        ((("content-type", "application/json"), ("Content-Type", "text/html")), "text/html"),
        ((("content-type", "application/jsonp"),), "application/jsonp"),
    ],
)
def test_another_media_type_is_noted_and_the_rest_is_read(
    headers: tuple[tuple[str, str], ...], actual: str
) -> None:
    reading = read(b'{"chatFiles": []}', headers)
    assert actual in only(reading, "success.media-type").actual
    assert reading.files is not None


@pytest.mark.parametrize(
    "value",
    [
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=utf-8",
        " application/json ; a=b",
    ],
)
def test_the_media_type_may_have_any_case_and_parameters(value: str) -> None:
    assert not read(b'{"chatFiles": []}', (("CONTENT-TYPE", value),)).problems


def test_what_further_members_say_is_kept_whatever_they_hold() -> None:
    deep = '{"a":' * 900 + '["within"]' + "}" * 900
    item = {**FILE, "owner": {"title": "of a file"}, "tags": [1, None]}
    files = json.dumps([item, 7])
    text = f'{{"chatFiles": {files}, "next": "a link", "more": {deep}}}'
    said = read(text.encode()).beside.split("\n")
    assert sorted(said) == sorted(
        ["next", "a link", "more", "within", *900 * ["a"], "owner", "title", "of a file", "tags"]
    )
    assert read(b'{"chatFiles": []}').beside == ""
