"""The documented error body, whatever its words, and what it must not give away."""

import json
from typing import Any

import pytest

from neptun_conformance.bodies import error
from neptun_conformance.bodies.problem import Problem, Problems
from neptun_conformance.exchange import BodyKind, BodyProblem, Request, Response

JSON = (("Content-Type", "application/json"),)
BODY = {"statusCode": 404, "statusMessage": "Not Found", "data": {"message": "No such chat"}}
ASKED = Request("GET", "/srv/api/users/ann/chats/1/files.json?limit=1", ())


def read(body: Any, status: int = 404) -> Problems:
    return error.read(Response(status, JSON, json.dumps(body).encode()))


def only(problems: Problems, clause: str) -> Problem:
    assert problems.clauses() == {clause}
    (problem,) = problems.of(clause)
    return problem


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY | {"statusCode": 404.0, "statusMessage": "", "more": None},
        BODY | {"data": {"message": "", "code": 7}},
    ],
)
def test_the_documented_body_is_right_in_whatever_words(body: Any) -> None:
    assert not read(body)


@pytest.mark.parametrize(
    ("member", "value", "clause"),
    [
        ("statusCode", 401, "error.status-code"),
        ("statusCode", "404", "error.status-code"),
        ("statusCode", 404.5, "error.status-code"),
        ("statusCode", None, "error.status-code"),
        ("statusMessage", None, "error.status-message"),
        ("statusMessage", 404, "error.status-message"),
        ("data", None, "error.data"),
        ("data", [], "error.data"),
        ("data", "No", "error.data"),
        ("data", {"message": 7}, "error.message"),
        ("data", {"message": None}, "error.message"),
    ],
)
def test_a_wrong_member_breaks_its_clause_alone(member: str, value: Any, clause: str) -> None:
    problem = only(read(BODY | {member: value}), clause)
    assert problem.expected in {"the number 404", "a string", "an object"}
    name = "data.message" if clause == "error.message" else member
    assert problem.message == f"{name} is wrong"
    assert problem.pointer == f"/{name.replace('.', '/')}"


@pytest.mark.parametrize(
    ("member", "clause", "expected"),
    [
        ("statusCode", "error.status-code", "the number 404"),
        ("statusMessage", "error.status-message", "a string"),
        ("data", "error.data", "an object"),
    ],
)
def test_a_missing_member_breaks_its_clause_alone(member: str, clause: str, expected: str) -> None:
    body = {name: value for name, value in BODY.items() if name != member}
    problem = only(read(body), clause)
    assert problem.message == f"{member} is missing"
    assert (problem.expected, problem.actual, problem.pointer) == (expected, "no such member", "")


def test_a_missing_message_is_placed_in_the_data() -> None:
    problem = only(read(BODY | {"data": {"text": "No"}}), "error.message")
    assert (problem.message, problem.pointer) == ("data.message is missing", "/data")
    assert problem.expected == "a string"
    assert problem.part == json.dumps(BODY | {"data": {"text": "No"}})


def test_true_is_not_the_number_1() -> None:
    problem = only(read(BODY | {"statusCode": True}, status=1), "error.status-code")
    assert problem.actual == "the boolean true"


@pytest.mark.parametrize(
    ("content", "actual"),
    [
        (b"", ""),
        (b"<h1>Not Found</h1>", ""),
        (b"[]", "an array of 0"),
        (b'"no"', "the string 'no'"),
        (b"null", "null"),
        (b"[" * 2_000 + b"]" * 2_000, "1,000"),
        (b"\xff{}", ""),
    ],
)
def test_what_is_no_json_object_is_so_for_a_reason(content: bytes, actual: str) -> None:
    problem = only(error.read(Response(404, JSON, content)), "error.json")
    assert problem.message == "the body is not a JSON object in UTF-8"
    assert problem.expected == "a JSON object"
    assert problem.actual
    assert actual in problem.actual


def test_a_body_that_is_not_whole_is_no_json() -> None:
    cut = BodyProblem(BodyKind.BAD_CODING, "the gzip coding is broken")
    response = Response(404, JSON, json.dumps(BODY).encode(), body_problem=cut)
    assert only(error.read(response), "error.json").actual == cut.message


def test_another_media_type_is_noted_and_the_rest_is_read() -> None:
    response = Response(404, (("Content-Type", "text/html"),), b'{"statusCode": 404}')
    clauses = {"error.media-type", "error.status-message", "error.data"}
    assert error.read(response).clauses() == clauses


INNARDS = [
    ("Traceback (most recent call last):\n  ...", "a stack trace"),
    ('File "app.py", line 3', "a stack trace"),
    ("Error: no\n    at async find (node:internal/modules:3:14)", "a stack trace"),
    ("at handler (/srv/app/index.js:10:5)", "a stack trace"),
    ("at file:///srv/app/index.mjs:10:5", "a stack trace"),
    ("IllegalState\n\tat com.example.Files.list(Files.java:17)", "a stack trace"),
    ("goroutine 17 [running]:", "a stack trace"),
    ("thread 'main' panicked at src/main.rs:3", "a stack trace"),
    ("PDOException in /var/www/index.php on line 7", "a stack trace"),
    ("app/models/chat.rb:12:in `find'", "a stack trace"),
    ("at Files.List(Int32 id) in C:\\app\\Files.cs:line 17", "a stack trace"),
    ("no such chat at lib/Neptun/Files.pm line 42.", "a stack trace"),
    ("files.cpp:120: assertion failed", "a stack trace"),
    ("from src/files.cr:12:5 in 'list'", "a stack trace"),
    ("cannot open /var/lib/files/4711.db", "a file path"),
    ("cannot open file:///etc/app.conf", "a file path"),
    ("cannot open C:\\data\\files.mdb", "a file path"),
    ("cannot open /srv/files.sqlite", "a file path"),
    ("node_modules/pg/lib", "a file path"),
    ("site-packages/starlette", "a file path"),
]


@pytest.mark.parametrize(("text", "what"), INNARDS)
def test_what_stands_in_an_error_body_is_recognised(text: str, what: str) -> None:
    for body in (text.encode() + b" \xff", json.dumps({"message": text}).encode()):
        problem = error.internals(Response(500, JSON, body), ASKED)
        assert problem
        assert problem.message == f"the error body contains {what}"
        assert problem.actual.strip("'") != ""


@pytest.mark.parametrize(
    "text",
    [
        "Not Found",
        "No such chat at /srv/api/users/ann/chats/1/files.json",
        "look at https://docs.example.com/errors/404.html",
        "meet at noon (room 3:14:15)",
        "ask files.rs:443 or https://chat.cc:8443/help, line 3",
        "and/or, 24/7, 1/2",
        "",
    ],
)
def test_words_and_the_path_asked_for_give_nothing_away(text: str) -> None:
    for body in (text.encode(), json.dumps({"message": text}).replace("/", "\\/").encode()):
        assert error.internals(Response(404, JSON, body), ASKED) is None
