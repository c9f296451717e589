"""A large body that only signs its links anew is read without judging it again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from neptun_conformance.bodies import readings, success
from neptun_conformance.bodies.readings import Readings
from neptun_conformance.bodies.success import Reading
from neptun_conformance.exchange import Response

CHAT = 4711
JSON = (("Content-Type", "application/json"),)


@pytest.fixture(autouse=True)
def every_body_is_large() -> Iterator[None]:
    """Take the short way for short bodies, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "LARGE", 0)
        yield


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the bodies that were judged, as they are."""
    found: list[bytes] = []

    def read(response: Response, *, asked_id: int | None) -> Reading:
        found.append(response.body)
        return success_read(response, asked_id=asked_id)

    success_read = success.read
    monkeypatch.setattr(success, "read", read)
    return found


def body(*urls: str, **members: Any) -> bytes:
    """Return a list of files with these links."""
    files = [
        {
            "id": number,
            "chat_conversation_id": CHAT,
            "name": f"report {number}.pdf",
            "size": 10,
            "type": "application/pdf",
            "created_at": "2024-05-01T09:30:00Z",
            "url": url,
            **members,
        }
        for number, url in enumerate(urls)
    ]
    return json.dumps({"chatFiles": files}).encode()


def of(known: Readings, content: bytes, asked_id: int | None = CHAT) -> Reading:
    return known.of(Response(200, JSON, content), asked_id=asked_id)


def said(reading: Reading) -> tuple[object, ...]:
    """Return all that a reading says."""
    problems = [(clause, reading.problems.of(clause)) for clause in reading.problems.clauses()]
    rest = (reading.files, reading.texts, reading.complete, reading.names, reading.links)
    return sorted(problems, key=lambda pair: pair[0]), rest, reading.seen


def signed(signature: str) -> list[str]:
    return [f"https://files.example.com/{n}?signature={signature}" for n in range(3)]


def test_links_that_are_signed_anew_are_not_judged_again(judged: list[bytes]) -> None:
    known = Readings()
    first, second = of(known, body(*signed("a"))), of(known, body(*signed("b")))
    assert judged == [body(*signed("a"))]
    assert [link.url for link in second.links] == signed("b")
    assert second.texts[1] == signed("b")[0]
    assert second.files is first.files


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"size": 10', b'"size": 11'),
        (b"https://files", b"https://other"),
        (b"?signature", b"<signature"),
        (b"https:", b"ftp:"),
        (b"]", b"]]"),
        (b'"url": "https://files.example.com/2?signature=b"', b'\0"'),
    ],
    ids=["a size", "a host", "a link's characters", "a scheme", "no JSON", "an octet zero"],
)
def test_whatever_else_differs_is_judged(judged: list[bytes], before: bytes, after: bytes) -> None:
    known, first = Readings(), body(*signed("a"))
    other = body(*signed("b")).replace(before, after, 1)
    of(known, first)
    of(known, other)
    assert judged == [first, other]


def test_escapes_that_servers_write_into_links_are_read(judged: list[bytes]) -> None:
    known = Readings()
    first, second = (
        body(f"https://files.example.com/0?x=1&s={signature}")
        .replace(b"&", b"\\u0026")
        .replace(b"/0", b"\\/0")
        for signature in "ab"
    )
    of(known, first)
    reading = of(known, second)
    assert judged == [first]
    assert [link.url for link in reading.links] == ["https://files.example.com/0?x=1&s=b"]


def test_links_that_cannot_be_told_apart_are_judged_again(judged: list[bytes]) -> None:
    known = Readings()
    of(known, body("https://a.example.com/1", "https://a.example.com/1"))
    of(known, body("https://a.example.com/2", "https://a.example.com/3"))
    assert len(judged) == 2


def test_what_is_wrong_is_judged_once_for_each_body(judged: list[bytes]) -> None:
    known = Readings()
    wrong = [body("https://a.example.com/1", size=-1), body("https://a.example.com/2", size=-1)]
    for content in (*wrong, *wrong):
        assert of(known, content).problems.clauses() == {"file.size-not-negative"}
    assert judged == wrong


def test_the_chat_that_was_asked_for_counts() -> None:
    known = Readings()
    assert not of(known, body(*signed("a"))).problems
    assert of(known, body(*signed("b")), asked_id=1).problems.clauses() == {"file.of-this-chat"}


def test_only_some_judgements_are_kept(judged: list[bytes]) -> None:
    known = Readings()
    for size in range(readings.MOST_LARGE + 1):
        of(known, body(*signed("a"), size=size))
    of(known, body(*signed("b"), size=0))
    assert len(judged) == readings.MOST_LARGE + 2


URLS = st.one_of(
    st.builds(
        "https://{}/{}?s={}".format,
        st.sampled_from(["a.example", "b.example:8", "127.0.0.1", "x"]),
        st.sampled_from(["1", "2", r"a\b", "<", '"', "é", "%zz"]),
        st.text("ab/&\\\"'\n", max_size=3),
    ),
    st.text(max_size=5),
)
PIECES = st.sampled_from(
    [b"", b'"', b"\\", b"\0", b"/", b"\\/", b"\\u0026", b"url", b'"url": "https://a.example/', b"}"]
)


@settings(max_examples=300)
@given(
    first=st.lists(URLS, min_size=1, max_size=3),
    second=st.lists(URLS, min_size=1, max_size=3),
    place=st.integers(0, 600),
    length=st.integers(0, 60),
    piece=PIECES,
)
@example(["https://a.example/1"], ["https://a.example/2"], 0, 0, b"")
def test_it_says_the_same_as_a_judgement(
    first: list[str], second: list[str], place: int, length: int, piece: bytes
) -> None:
    known = Readings()
    of(known, body(*first))
    content = body(*second)
    content = content[:place] + piece + content[place + length :]
    expected = success.read(Response(200, JSON, content), asked_id=CHAT)
    assert said(of(known, content)) == said(expected)


def test_a_chat_that_was_asked_for_says_enough_where_none_was(judged: list[bytes]) -> None:
    known = Readings()
    of(known, body(*signed("a")))
    again = of(known, body(*signed("b")), asked_id=None)
    assert len(judged) == 1
    expected = success.read(Response(200, JSON, body(*signed("b"))), asked_id=None)
    assert said(again) == said(expected)
