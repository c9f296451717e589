"""Files of another's chat are seen wherever they stand, and own ones are nobody's secret."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.disclosure import disclose_nothing, name_no_file_of_others
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Route
from neptun_conformance.targets.model import File
from tests.unit.judge.said import JSON, Told, failed, file, files, refusal, said, told

FOREIGN = stranger.asks(owner.full)
THEIRS = 5820
MESSAGE = "Ä report.pdf"
EACH = ((owner, owner.full), (stranger, stranger.full))


def facts(**known: Any) -> Facts:
    """Return what a run knows: both plain readings, and the names of their files."""
    return Facts(
        plain={
            owner.full: said(owner.asks(owner.full), 200, files(1, 2)),
            stranger.full: said(stranger.asks(stranger.full), 200, files(7, 8, chat=THEIRS)),
        },
        texts={owner.full: (MESSAGE, "shared.txt"), stranger.full: ("theirs.txt", "shared.txt")},
        **known,
    )


def heard(status: int, body: bytes, question: Any = FOREIGN) -> Answer:
    return said(question, status, body, facts=facts())


def test_files_that_the_caller_has_not_read_are_disclosed() -> None:
    disclosed = ("files are disclosed", "no chat data", "status 200, 2 files")
    assert told(disclose_nothing, heard(200, files(1, 2))) == [disclosed]
    assert told(disclose_nothing, heard(200, files(1, 7, 2))) == [disclosed]


def test_files_are_disclosed_to_somebody_without_a_session() -> None:
    answer = heard(200, files(7, chat=THEIRS), anonymous.asks(stranger.full))
    disclosed = ("files are disclosed", "no chat data", "status 200, 1 files")
    assert told(disclose_nothing, answer) == [disclosed]


@pytest.mark.parametrize("body", [files(), files(7, 8), b"{}", b"{", b""])
def test_own_files_and_none_disclose_nothing(body: bytes) -> None:
    assert told(disclose_nothing, heard(200, body)) == []


def test_a_chat_whose_readings_differ_holds_files_that_were_not_read_before() -> None:
    known = facts(unsteady={stranger.full})
    own = said(stranger.asks(stranger.full), 200, files(9, chat=THEIRS), facts=known)
    assert told(disclose_nothing, own) == []
    foreign = said(FOREIGN, 200, files(9), facts=known)
    assert len(told(disclose_nothing, foreign)) == 1
    steady = said(stranger.asks(stranger.full), 200, files(9, chat=THEIRS), facts=facts())
    assert len(told(disclose_nothing, steady)) == 1


def test_files_that_the_target_lists_for_the_caller_are_its_own() -> None:
    known = facts(listed={stranger.full: (File(id=9),), owner.full: (File(id=10),)})
    own = stranger.asks(stranger.full)
    assert told(disclose_nothing, said(own, 200, files(9, chat=THEIRS), facts=known)) == []
    assert len(told(disclose_nothing, said(own, 200, files(10, chat=THEIRS), facts=known))) == 1


def test_a_chat_of_which_no_plain_reading_can_be_read_holds_nobody_knows_what() -> None:
    own = stranger.asks(stranger.full)
    known = replace(facts(), plain={stranger.full: said(own, 200, b"garbled")})
    odd = own.with_headers(("Accept-Encoding", "x"))
    assert told(disclose_nothing, said(odd, 200, files(9, chat=THEIRS), facts=known)) == []
    assert len(told(disclose_nothing, said(FOREIGN, 200, files(1), facts=known))) == 1


@pytest.mark.parametrize(
    "body",
    [
        MESSAGE.encode(),
        b'{"message": "\\u00c4 report.pdf"}',
        b"\xff " + MESSAGE.encode(),
        refusal(hint=f"no access to {MESSAGE}"),
    ],
)
def test_a_name_is_recognised_in_any_text(body: bytes) -> None:
    disclosed = ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    assert told(disclose_nothing, heard(404, body)) == [disclosed]


@pytest.mark.parametrize(
    "value",
    [
        'attachment; filename="Ä report.pdf"',
        'attachment; filename="Ã\x84 report.pdf"',
        "attachment; filename*=UTF-8''%C3%84%20report.pdf",
        "</links/%C3%84%20report.pdf>; rel=preload",
    ],
)
def test_a_name_is_recognised_in_a_header(value: str) -> None:
    disclosed = ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    answer = said(FOREIGN, 404, refusal(), (JSON, ("X-Any", value)), facts())
    assert told(disclose_nothing, answer) == [disclosed]


def test_a_header_may_say_a_word_that_a_file_is_called() -> None:
    known = replace(facts(), texts={owner.full: ("private", "text/plain")})
    headers = (("Content-Type", "text/plain"), ("Cache-Control", "private"))
    assert told(disclose_nothing, said(FOREIGN, 404, b"no", headers, known)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"shared.txt",
        b"theirs.txt",
        b"report.pdf",
        b'"\\u00c4 report.pd"',
        b'"u00c4 report.pdf"',
        b"",
    ],
)
def test_own_names_and_parts_of_names_disclose_nothing(body: bytes) -> None:
    assert told(disclose_nothing, heard(404, body)) == []


def test_a_file_may_be_called_like_a_documented_member() -> None:
    known = replace(facts(), texts={owner.full: ("message", "statusCode")})
    assert told(disclose_nothing, said(FOREIGN, 404, refusal(), facts=known)) == []
    named = said(FOREIGN, 404, refusal(hint="message"), facts=known)
    assert len(told(disclose_nothing, named)) == 1


def test_names_beside_files_of_the_own_chat_are_seen_too() -> None:
    body = files(file(7, chat=THEIRS, name=MESSAGE))
    assert told(disclose_nothing, heard(200, body)) == [
        ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    ]


def test_what_another_reading_of_an_own_chat_held_is_no_secret() -> None:
    body = files(file(7, chat=THEIRS, name=MESSAGE))
    known = replace(facts(), every_text={stranger.full: {MESSAGE}})
    assert told(disclose_nothing, said(FOREIGN, 200, body, facts=known)) == []


def test_no_answer_discloses_nothing() -> None:
    assert told(disclose_nothing, failed(FOREIGN, facts=facts())) == []


def test_one_name_stands_in_a_page_for_everybody_by_chance_and_two_do_not() -> None:
    both = MESSAGE.encode() + b" https://files.example.com/1"
    known = facts(pages={MESSAGE.encode(), both, files(1, 2)})
    texts = {owner.full: (*known.texts[owner.full], "https://files.example.com/1")}
    known = replace(known, texts=texts)
    assert told(disclose_nothing, said(FOREIGN, 404, MESSAGE.encode(), facts=known)) == []
    other = said(FOREIGN, 404, f"<p>{MESSAGE}".encode(), facts=known)
    assert len(told(disclose_nothing, other)) == 1
    assert len(told(disclose_nothing, said(FOREIGN, 404, both, facts=known))) == 1
    assert len(told(disclose_nothing, said(FOREIGN, 200, files(1, 2), facts=known))) == 1


@pytest.mark.parametrize(
    ("status", "seen"), [(401, 1), (404, 1), (302, 1), (500, 1), (200, 0), (206, 0)]
)
def test_a_file_is_looked_for_in_whatever_gives_no_access(status: int, seen: int) -> None:
    answer = heard(status, b'{"found": ["shared.txt", "%s"]}' % MESSAGE.encode())
    assert len(told(name_no_file_of_others, answer)) == seen


def test_no_answer_names_nothing() -> None:
    assert told(name_no_file_of_others, failed(FOREIGN, facts=facts())) == []


OWN = stranger.asks(stranger.full)
LINK = "https://files.example.com/1"
LINKED = replace(facts(), texts=dict(facts().texts) | {owner.full: (MESSAGE, "shared.txt", LINK)})


def beside(*headers: tuple[str, str], question: Any = OWN, **members: Any) -> list[Told]:
    """Return what is said of an own reading that has further members and headers."""
    body = json.loads(files(7, 8, chat=THEIRS)) | members
    content = json.dumps(body).encode()
    return told(name_no_file_of_others, said(question, 200, content, (JSON, *headers), LINKED))


@pytest.mark.parametrize(
    "members",
    [
        {"recent": ["theirs.txt", MESSAGE]},
        {"path": f"/of/others/{MESSAGE}"},
        {"paths": f"theirs.txt, {MESSAGE}"},
        {"found": {MESSAGE: 1}},
        {"chatFiles": [file(7, chat=THEIRS, like=MESSAGE)]},
    ],
)
def test_a_file_of_others_is_seen_beside_the_own(members: dict[str, Any]) -> None:
    disclosed = ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    assert beside(**members) == [disclosed]


def test_a_link_and_a_header_of_an_own_reading_are_seen_too() -> None:
    assert len(beside(next=f"see {LINK}?signed=1")) == 1
    assert len(beside(("Link", f"<{LINK}>; rel=prefetch"))) == 1
    assert len(beside(("X-Suggest", "%C3%84%20report.pdf"))) == 1


@pytest.mark.parametrize(
    "members",
    [
        {"recent": ["theirs.txt", "shared.txt"]},
        {"recent": [f"My {MESSAGE}", f"x{MESSAGE}", f"{MESSAGE}.bak", f"-{MESSAGE}"]},
        {"chatFiles": [file(7, chat=THEIRS, like="file 7.txt", name=MESSAGE)]},
        {"chatFiles": []},
    ],
)
def test_own_names_and_longer_ones_beside_the_own_are_right(members: dict[str, Any]) -> None:
    assert beside(**members) == []


def test_what_the_request_said_may_come_back() -> None:
    asked = OWN.with_query("find=%C3%84%20report.pdf")
    assert beside(asked=MESSAGE, question=asked) == []
    assert len(beside(asked=MESSAGE)) == 1


ROUTE = "/api/users/alice/chats/4711/files"


@pytest.mark.parametrize(
    "link",
    [f"http://127.0.0.1:1{ROUTE}", f"https://a.example/b{ROUTE}", "https://a.example"],
)
@pytest.mark.parametrize("behind", ["", "/", "?a=b"])
def test_the_url_of_a_request_may_come_back_though_a_file_has_it(link: str, behind: str) -> None:
    known = replace(facts(), texts={owner.full: (link,)})
    told_of = said(FOREIGN, 404, refusal(instance=link + behind), facts=known)
    assert told(disclose_nothing, told_of) == []
    in_header = said(FOREIGN, 404, refusal(), (JSON, ("Link", f"<{link}>; rel=self")), known)
    assert told(disclose_nothing, in_header) == []


@pytest.mark.parametrize(
    "link", [f"http://127.0.0.1:1{ROUTE}/901", "https://a.example/901", f"https://a.b{ROUTE}?id=9"]
)
def test_what_the_url_of_a_request_does_not_say_is_disclosed(link: str) -> None:
    known = replace(facts(), texts={owner.full: (link,)})
    assert len(told(disclose_nothing, said(FOREIGN, 404, refusal(at=link), facts=known))) == 1


def test_a_url_that_was_asked_for_in_another_spelling_may_come_back() -> None:
    link = f"http://127.0.0.1:1{ROUTE}"
    known = replace(facts(), texts={owner.full: (link,)}, alone={FOREIGN: heard(404, refusal())})
    for route in (Route.UPPER_CASE, Route.DOUBLED_SLASHES):
        asked = FOREIGN.along(route)
        assert told(disclose_nothing, said(asked, 404, refusal(at=link), facts=known)) == []


def to_everybody(question: Any) -> Answer:
    """Return an own reading with a name beside the files that is the same for everybody."""
    body = json.loads(files(7)) | {"help": f"/help/{MESSAGE}"}
    return said(question, 200, json.dumps(body).encode())


def test_one_name_that_is_said_to_everybody_stands_there_by_chance() -> None:
    read = {chat: to_everybody(who.asks(chat)) for who, chat in EACH}
    known = replace(LINKED, plain=read)
    answer = replace(to_everybody(OWN), facts=known)
    assert told(name_no_file_of_others, answer) == []
    alone = replace(known, plain={stranger.full: read[stranger.full]})
    assert len(told(name_no_file_of_others, replace(answer, facts=alone))) == 1
    other = replace(known, plain=read | {owner.full: said(owner.asks(owner.full), 200, files())})
    assert len(told(name_no_file_of_others, replace(answer, facts=other))) == 1


@pytest.mark.parametrize("who", [anonymous, stranger])
@pytest.mark.parametrize("status", [200, 204, 401])
def test_a_header_of_head_names_no_file(who: Any, status: int) -> None:
    linked = (("Link", f"<{LINK}>; rel=preload"),)
    head = said(who.asks(owner.full).by("HEAD"), status, b"", linked, LINKED)
    assert len(told(name_no_file_of_others, head)) == 1
    own = said(owner.asks(owner.full).by("HEAD"), status, b"", linked, LINKED)
    assert told(name_no_file_of_others, own) == []


def test_options_holds_no_files_and_may_hold_an_example() -> None:
    asked = anonymous.asks(owner.full).by("OPTIONS").with_headers(("Origin", "null"))
    given = said(asked, 200, files(file(1, name=MESSAGE)), facts=LINKED)
    assert len(told(name_no_file_of_others, given)) == 1
    example = said(asked, 200, b'{"GET": {"name": "%s"}}' % MESSAGE.encode(), facts=LINKED)
    assert told(name_no_file_of_others, example) == []
