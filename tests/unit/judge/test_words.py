"""What people are told about a body: what is wrong, what was expected, what came, and where."""

import json
from typing import Any

import pytest

from neptun_conformance.bodies import error, success
from neptun_conformance.bodies.problem import Problem, Problems
from neptun_conformance.exchange import BodyKind, BodyProblem, Request, Response
from tests.unit.judge.bodies import CHAT, FILE, JSON

Told = tuple[str, str, str, str | None]
ASKED = Request("GET", "/api/users/ann/chats/1/files", ())


def told(problems: Problems, clause: str) -> Told:
    (problem,) = problems.of(clause)
    return words(problem)


def words(problem: Problem) -> Told:
    return problem.message, problem.expected, problem.actual, problem.pointer


def of_content(body: bytes, headers: tuple[tuple[str, str], ...] = JSON) -> Problems:
    return success.read(Response(200, headers, body), asked_id=CHAT).problems


def of_files(*files: Any) -> Problems:
    return of_content(json.dumps({"chatFiles": files}).encode())


NO_NAME = "no JSON (Expecting property name enclosed in double quotes at character 1)"


@pytest.mark.parametrize(
    ("body", "clause", "expected"),
    [
        (
            b"[]",
            "success.envelope",
            (
                "the body is not an object",
                "an object with chatFiles",
                "an array of 0 in its place",
                "",
            ),
        ),
        (
            b'{"files": 1, "more": 2}',
            "success.envelope",
            ("chatFiles is missing", "the array chatFiles", "'files', 'more'", ""),
        ),
        (
            b'{"chatFiles": 7}',
            "success.envelope",
            ("chatFiles is not an array", "an array", "the number 7", "/chatFiles"),
        ),
        (
            b"{",
            "success.json",
            ("the body is not valid JSON in UTF-8", "JSON in UTF-8", NO_NAME, None),
        ),
        (
            b'\xef\xbb\xbf{"chatFiles": []}',
            "success.byte-order-mark",
            ("the body begins with a byte order mark", "JSON text", "EF BB BF before it", None),
        ),
        (
            b'{"chatFiles": [], "a": 1, "a": 2}',
            "success.repeated-members",
            ("an object has a member twice", "unique names", "'a'", None),
        ),
        (
            b"[" * 2_000 + b"]" * 2_000,
            "success.limits",
            (
                "the body exceeds the limits of common parsers",
                "JSON within these limits",
                "more than 1,000 levels",
                None,
            ),
        ),
    ],
)
def test_of_the_whole_content(body: bytes, clause: str, expected: Told) -> None:
    assert told(of_content(body), clause) == expected


@pytest.mark.parametrize(
    ("member", "value", "clause", "expected"),
    [
        ("id", "7", "file.id", ("id is not a whole number", "a whole number", "the string '7'")),
        ("size", None, "file.size", ("size is not a whole number", "a whole number", "null")),
        (
            "chat_conversation_id",
            9,
            "file.of-this-chat",
            ("a file belongs to another chat", "chat_conversation_id 123", "9"),
        ),
        ("name", {}, "file.name", ("name is not a string", "a string", "an object")),
        ("size", -1, "file.size-not-negative", ("size is negative", "0 or more", "-1")),
        (
            "type",
            "pdf",
            "file.type-is-media-type",
            ("type is not a media type", "a media type such as text/plain", "'pdf'"),
        ),
        (
            "created_at",
            "now",
            "file.created-at",
            ("created_at is not a date and time", "an RFC 3339 date-time", "'now'"),
        ),
        (
            "created_at",
            "2024-05-01",
            "file.created-at-form",
            (
                "created_at is a date and time, but not in the form of RFC 3339",
                "an RFC 3339 date-time",
                "'2024-05-01'",
            ),
        ),
        (
            "url",
            "/1",
            "file.url",
            (
                "url is not a valid URL: not absolute with the scheme http or https",
                "an absolute http or https URL",
                "'/1'",
            ),
        ),
        (
            "url",
            "ftp:1?a=b?c",
            "file.url",
            (
                "url is not a valid URL: not absolute with the scheme http or https",
                "an absolute http or https URL",
                "'ftp:1?[masked]'",
            ),
        ),
    ],
)
def test_of_a_member(member: str, value: Any, clause: str, expected: tuple[str, str, str]) -> None:
    assert told(of_files(FILE | {member: value}), clause) == (*expected, f"/chatFiles/0/{member}")


def test_of_entries_of_the_list() -> None:
    expected = ("an entry is not an object", "an object", "null", "/chatFiles/0")
    assert told(of_files(None), "file.object") == expected
    expected = ("an entry is not an object", "an object", "the string 'x'", "/chatFiles/1")
    assert told(of_files(FILE, "x"), "file.object") == expected
    expected = ("url is missing", "a URL string", "no such member", "/chatFiles/0/url")
    assert told(of_files({}), "file.url") == expected
    assert told(of_files(FILE, FILE), "files.unique-ids") == (
        "files share an id",
        "unique ids",
        "1 again",
        None,
    )


def test_of_a_body_that_is_not_whole() -> None:
    cut = BodyProblem(BodyKind.BAD_CODING, "why")
    problems = success.read(Response(200, JSON, b"", body_problem=cut), asked_id=CHAT).problems
    assert told(problems, "success.json") == ("the body cannot be read", "JSON", "why", None)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((), ("there is no Content-Type", "application/json", "no such header", None)),
        (
            (("Content-Type", "text/html"), ("content-type", "a/b")),
            ("the media type is wrong", "application/json", "'text/html, a/b'", None),
        ),
    ],
)
def test_of_the_media_type(headers: tuple[tuple[str, str], ...], expected: Told) -> None:
    assert told(of_content(b'{"chatFiles": []}', headers), "success.media-type") == expected


@pytest.mark.parametrize(
    ("body", "clause", "expected"),
    [
        (
            {"statusCode": 200, "statusMessage": "", "data": {"message": ""}},
            "error.status-code",
            ("statusCode is wrong", "the number 404", "the number 200", "/statusCode"),
        ),
        (
            {"statusCode": 404, "statusMessage": 7, "data": {"message": ""}},
            "error.status-message",
            ("statusMessage is wrong", "a string", "the number 7", "/statusMessage"),
        ),
        (
            {"statusCode": 404, "statusMessage": "", "data": []},
            "error.data",
            ("data is wrong", "an object", "an array of 0", "/data"),
        ),
        (
            {"statusCode": 404, "statusMessage": "", "data": {"message": None}},
            "error.message",
            ("data.message is wrong", "a string", "null", "/data/message"),
        ),
    ],
)
def test_of_an_error_body(body: Any, clause: str, expected: Told) -> None:
    problems = error.read(Response(404, JSON, json.dumps(body).encode()))
    assert told(problems, clause) == expected


@pytest.mark.parametrize(
    ("body", "message", "actual"),
    [
        (b"goroutine 7 [running]", "a stack trace", "'goroutine 7 ['"),
        (b'{"m": "File \\"a b.py\\", line 3"}', "a stack trace", "'File \"a b.py\", line 3'"),
        (b'{"m": "\\/etc\\/app.conf"}', "a file path", "'/etc/app.conf'"),
        (b'{"m": "no\\n/etc/app.conf"}', "a file path", "'/etc/app.conf'"),
        (b'{"m": "no\\nat f (/srv/a.js:1:5)"}', "a stack trace", "'at f (/srv/a.js:1:5)'"),
        (b"\xff /etc/app.conf", "a file path", "'/etc/app.conf'"),
    ],
)
def test_of_what_is_given_away(body: bytes, message: str, actual: str) -> None:
    problem = error.internals(Response(500, JSON, body), ASKED)
    assert problem
    expected = f"the error body contains {message}", "no stack trace and no file path", actual, None
    assert words(problem) == expected


def test_only_the_path_asked_for_may_be_repeated() -> None:
    asked = Request("GET", "/app/users/ann/files.json?a=b?c", ())
    said = Response(404, JSON, b"nothing at /app/users/ann/files.json")
    assert error.internals(said, asked) is None
    joined = Response(404, JSON, b"/srv/app/users/ann/files.json/app.py")
    assert error.internals(joined, asked)


@pytest.mark.parametrize(
    "body",
    [
        b"see https://docs.example.com/home/user/errors.html for help",
        b"see //cdn.example.com/var/www/help.html",
        b'<a href="http://docs.example.com:8080/srv/a.js">',
        b"no /api/users//var/www/ann.py/chats/1/files here",
    ],
)
def test_links_and_what_was_asked_for_give_nothing_away(body: bytes) -> None:
    asked = Request("GET", "/api/users/%2Fvar%2Fwww%2Fann.py/chats/1/files?a=b")
    assert error.internals(Response(404, JSON, body), asked) is None


def test_the_link_of_a_stack_trace_is_given_away() -> None:
    body = b"at f (file:///srv/app/a.js:1:5)"
    problem = error.internals(Response(404, JSON, body), Request("GET", "/api/x"))
    assert problem is not None
    assert "stack trace" in problem.message
