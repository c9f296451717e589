"""The files of a 200: which clause each deviation breaks, where it stands, and how often."""

from __future__ import annotations

import json
import time

import pytest

from neptun_conformance.bodies import files as listed
from neptun_conformance.bodies import success
from neptun_conformance.bodies.files import FileList
from neptun_conformance.exchange import Response
from tests.unit.judge.bodies import FILE, JSON, only, read_files

ALL_MEMBERS = {
    "file.id",
    "file.chat-conversation-id",
    "file.name",
    "file.size",
    "file.type",
    "file.created-at",
    "file.url",
}


@pytest.mark.parametrize("entry", [None, 1, "a file", True, [], [FILE]])
def test_an_entry_that_is_no_object_makes_the_list_unsound(entry: object) -> None:
    reading = read_files(FILE, entry)
    problem = only(reading, "file.object")
    assert (problem.message, problem.pointer) == ("an entry is not an object", "/chatFiles/1")
    assert reading.files
    assert reading.files.sound is False
    assert reading.files.ids == (1,)


def test_an_empty_entry_lacks_every_member() -> None:
    reading = read_files(FILE, {})
    assert reading.problems.clauses() == ALL_MEMBERS
    for clause in ALL_MEMBERS:
        (problem,) = reading.problems.of(clause)
        assert problem.message.endswith("is missing")
        assert problem.actual == "no such member"
        assert (problem.pointer or "").startswith("/chatFiles/1/")


@pytest.mark.parametrize(
    ("member", "value", "clause", "message"),
    [
        ("id", "1", "file.id", "id is not a whole number"),
        ("id", True, "file.id", "id is not a whole number"),
        ("chat_conversation_id", "123", "file.chat-conversation-id", "is not a whole number"),
        ("chat_conversation_id", 124, "file.of-this-chat", "a file belongs to another chat"),
        ("name", 7, "file.name", "name is not a string"),
        ("name", None, "file.name", "name is not a string"),
        ("size", 1.5, "file.size", "size is not a whole number"),
        ("size", -1, "file.size-not-negative", "size is negative"),
        ("type", 7, "file.type", "type is not a string"),
        ("type", "pdf", "file.type-is-media-type", "type is not a media type"),
        ("created_at", 7, "file.created-at", "created_at is not an RFC 3339 string"),
        ("created_at", "today", "file.created-at", "created_at is not a date and time"),
        ("created_at", "2024-05-01", "file.created-at-form", "but not in the form of RFC 3339"),
        ("url", 7, "file.url", "url is not a URL string"),
        ("url", "/1", "file.url", "url is not a valid URL: not absolute"),
    ],
)
def test_a_wrong_member_breaks_its_clause_alone(
    member: str, value: object, clause: str, message: str
) -> None:
    problem = only(read_files(FILE | {"id": 2}, FILE | {member: value}), clause)
    assert message in problem.message
    assert problem.pointer == f"/chatFiles/1/{member}"
    assert problem.count == 1


@pytest.mark.parametrize(
    ("member", "value", "index"),
    [
        ("chat_conversation_id", "x", 0),
        ("name", 7, 1),
        ("size", "x", 2),
        ("type", 7, 3),
        ("created_at", 7, 4),
    ],
)
def test_a_member_of_a_wrong_type_is_not_remembered(member: str, value: object, index: int) -> None:
    files = read_files(FILE | {member: value}).files
    assert files
    assert files.sound
    assert [n for n, kept in enumerate(files.stable[1]) if kept is None] == [index]


def test_a_file_without_an_id_makes_the_list_unsound() -> None:
    files = read_files(FILE, FILE | {"id": None}, FILE | {"id": 3}).files
    assert files
    assert (files.ids, files.sound) == ((1, 3), False)


def test_an_empty_file_has_a_size() -> None:
    reading = read_files(FILE | {"size": 0})
    assert not reading.problems
    assert [link.size for link in reading.links] == [0]


def test_one_cause_in_many_places_is_one_problem_with_their_number() -> None:
    problem = only(read_files(*(FILE | {"id": n, "size": "x"} for n in range(3))), "file.size")
    assert (problem.count, problem.pointer) == (3, "/chatFiles/0/size")
    assert json.loads(problem.part or "") == FILE | {"id": 0, "size": "x"}


def test_ids_that_come_again_are_counted() -> None:
    files = (FILE | {"id": value} for value in (1, 2, 1, 3, 1.0))
    problem = only(read_files(*files), "files.unique-ids")
    assert (problem.count, problem.actual) == (2, "1 again")


def test_without_a_chat_asked_for_any_chat_will_do() -> None:
    body = json.dumps({"chatFiles": [FILE | {"chat_conversation_id": 9}]}).encode()
    assert not success.read(Response(200, JSON, body), asked_id=None).problems


def test_a_signed_link_is_shown_without_its_signature() -> None:
    problem = only(read_files(FILE | {"url": "/1?signature=0815"}), "file.url")
    assert "/1?" in problem.actual
    assert "0815" not in problem.actual


def test_short_names_are_no_marks_of_a_file() -> None:
    assert read_files(FILE | {"name": "a.txt", "url": "http:"}).texts == ()
    assert read_files(FILE | {"name": "ab.txt", "url": 7}).texts == ("ab.txt",)


def test_of_a_long_list_some_files_are_marks_and_some_links_are_kept() -> None:
    reading = read_files(None, *(FILE | {"id": n} for n in range(60)))
    assert len(reading.texts) == 2 * 49
    assert [link.index for link in reading.links] == list(range(1, success.MOST_LINKS))


@pytest.mark.parametrize(("member", "value"), [("url", 7), ("size", "x"), ("type", None)])
def test_a_link_that_announces_nothing_is_not_kept(member: str, value: object) -> None:
    assert read_files(FILE | {member: value}).links == ()


def test_after_too_many_problems_the_rest_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MOST_PROBLEMS", 3)
    assert read_files(*[None] * 3, FILE).complete
    reading = read_files(*[None] * 4, FILE)
    assert (reading.files is not None, reading.complete) == (True, False)
    assert reading.files == FileList(sound=False)
    assert only(reading, "file.object").count == 4


def test_ids_of_one_hash_value_do_not_take_for_ever() -> None:
    """Python's hash of k(2^61-1)+5 is 5 for each k; the files are judged, but not identified."""
    files = [
        {
            "id": k * (2**61 - 1) + 5,
            "chat_conversation_id": 1,
            "name": "a",
            "size": "1" if k == 29_999 else 1,
            "type": "a/b",
            "created_at": "2024-05-01T09:30:00Z",
            "url": "https://a.example/x",
        }
        for k in range(30_000)
    ]
    body = json.dumps({"chatFiles": files}).encode()
    began = time.process_time()
    read = success.read(Response(200, (("Content-Type", "application/json"),), body), asked_id=1)
    assert time.process_time() - began < 5
    assert read.problems.clauses() == {"file.size"}
    assert read.files is not None
    assert not read.files.sound
