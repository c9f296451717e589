"""Peers that break HTTP/2, or use it against us: each is over soon, and named for what it does."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from hyperframe.frame import (
    ContinuationFrame,
    Frame,
    HeadersFrame,
    PingFrame,
    PushPromiseFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from neptun_conformance.exchange import Failure, FailureKind, Request, Response
from tests.unit.client.http2_peer import Conversation, data, goodbye

if TYPE_CHECKING:
    from neptun_conformance.client import Client
    from tests.unit.client.conftest import Connect, Talk

GET = Request("GET", "/")
CONTENT = Request("GET", "/", body=b"x" * 100)
DEADLINE = 0.5
SLACK = 30.0
"""Seconds by which a machine under load is late."""

PROTOCOL, DROPPED, LATE = FailureKind.PROTOCOL, FailureKind.DROPPED, FailureKind.DEADLINE


def failure(client: Client, request: Request = GET) -> Failure:
    outcome = client.exchange(request).outcome
    assert isinstance(outcome, Failure), outcome
    return outcome


def flood(frame: Frame | bytes) -> Callable[[Conversation, int], None]:
    """Send the same frame for as long as it is taken in."""

    def doing(peer: Conversation, _: int) -> None:
        while True:
            peer.send(*[frame] * 100)

    return doing


def once(*frames: Callable[[Conversation, int], object]) -> Callable[[Conversation, int], None]:
    """Send some frames, and then nothing any more."""

    def doing(peer: Conversation, stream: int) -> None:
        for frame in frames:
            peer.send(frame(peer, stream))  # type: ignore[arg-type]
        peer.wait_for("GOAWAY")

    return doing


def endless_head(peer: Conversation, stream: int) -> None:
    block = peer.encoder.encode([(":status", "200")])
    peer.send(HeadersFrame(stream, block))
    while True:
        peer.send(ContinuationFrame(stream, b"\x00\x01a\x01b" * 1000))


def small_head_that_grows(peer: Conversation, stream: int) -> None:
    """One field in the table, named again and again: some octets stand for megabytes."""
    block = peer.encoder.encode([(":status", "200"), ("x", "a" * 4000)])
    peer.send(HeadersFrame(stream, block + b"\xbe" * 10_000, flags=["END_HEADERS"]))
    peer.wait_for("GOAWAY")


def endless_content(peer: Conversation, stream: int) -> None:
    """Beyond every window, and more at a time than a reader opens again."""
    peer.send(peer.head(stream, 200))
    while True:
        peer.send(*[data(stream, b" " * 16_384)] * 64)


def interim_answers(peer: Conversation, stream: int) -> None:
    while True:
        peer.send(peer.head(stream, 103))


def one_octet_at_a_time(peer: Conversation, stream: int) -> None:
    peer.send(peer.head(stream, 200))
    while True:
        peer.send(data(stream, b" "))
        peer.sock.settimeout(0.01)
        try:
            peer.frame()
        except TimeoutError:
            continue


def raw(octets: bytes) -> Callable[[Conversation, int], None]:
    def doing(peer: Conversation, _: int) -> None:
        peer.send(octets)
        peer.wait_for("GOAWAY")

    return doing


LENGTH = ("content-length", "3")
NO_ANSWER = "over 1000 frames in a row belong to no answer"
HOSTILE = {
    "silence": (once(), LATE, "within the deadline"),
    "flood of settings": (flood(SettingsFrame(0)), PROTOCOL, NO_ANSWER),
    "flood of pings": (flood(PingFrame(0, b"12345678")), PROTOCOL, NO_ANSWER),
    "flood of window updates": (flood(WindowUpdateFrame(0, 1)), PROTOCOL, NO_ANSWER),
    "windows past their bound": (
        once(lambda *_: WindowUpdateFrame(0, 2**31 - 1), lambda *_: WindowUpdateFrame(0, 1)),
        PROTOCOL,
        "flow-control window",
    ),
    "flood of goodbyes": (flood(goodbye(2**31 - 1)), PROTOCOL, NO_ANSWER),
    "flood of unknown frames": (flood(bytes.fromhex("000000770000000000")), PROTOCOL, NO_ANSWER),
    "content of no stream": (raw(bytes.fromhex("00000100000000000078")), PROTOCOL, "not valid"),
    "flood of resets of nothing": (flood(RstStreamFrame(2, 1)), PROTOCOL, "not valid HTTP/2"),
    "flood of empty content": (
        lambda peer, stream: (peer.send(peer.head(stream, 200)), flood(data(stream))(peer, 0)),
        PROTOCOL,
        NO_ANSWER,
    ),
    "endless head": (endless_head, PROTOCOL, "not valid HTTP/2"),
    "head that grows": (small_head_that_grows, PROTOCOL, "a header section is longer than"),
    "endless content": (endless_content, PROTOCOL, "flow-control window"),
    "endless interim answers": (interim_answers, PROTOCOL, "interim answers (1xx)"),
    "an octet at a time": (one_octet_at_a_time, LATE, "within the deadline"),
    "reset": (once(lambda _, s: RstStreamFrame(s, 1)), DROPPED, "reset the stream (PROTOCOL"),
    "reset with a code of its own": (
        once(lambda _, s: RstStreamFrame(s, 0xBEEF)),
        DROPPED,
        "reset the stream (error 0xbeef)",
    ),
    "refusal, for ever": (once(lambda _, s: RstStreamFrame(s, 7)), DROPPED, "refused the stream"),
    "goodbye to everybody": (once(lambda *_: goodbye(0)), DROPPED, "ended the connection"),
    "goodbye for a reason": (
        lambda peer, stream: peer.send(goodbye(stream, 11)),
        DROPPED,
        "ended the connection (ENHANCE_YOUR_CALM)",
    ),
    "end": (lambda *_: None, DROPPED, "ended the connection (closed)"),
    "end in the middle": (
        lambda peer, stream: peer.send(peer.head(stream, 200), data(stream, b"{")),
        DROPPED,
        "ended the connection (closed) in the middle of the answer",
    ),
    "answer on a stream nobody opened": (
        once(lambda peer, _: peer.head(99, 200, ends=True)),
        PROTOCOL,
        "not valid HTTP/2",
    ),
    "content on a stream nobody opened": (
        once(lambda *_: data(99, b"{}")),
        PROTOCOL,
        "not valid HTTP/2",
    ),
    "push that was not wanted": (
        once(lambda _, s: PushPromiseFrame(s, 2, flags=["END_HEADERS"])),
        PROTOCOL,
        "not valid HTTP/2",
    ),
    "content before the head": (once(lambda _, s: data(s, b"{}")), PROTOCOL, "not valid"),
    "longer than it says": (
        once(lambda peer, s: peer.head(s, 200, LENGTH), lambda _, s: data(s, b"{  }", ends=True)),
        PROTOCOL,
        "not as long as its Content-Length says",
    ),
    "shorter than it says": (
        once(lambda peer, s: peer.head(s, 200, LENGTH), lambda _, s: data(s, b"{", ends=True)),
        PROTOCOL,
        "not as long as its Content-Length says",
    ),
    "no status": (once(lambda p, s: p.head(s, 200, (":status", "201"))), PROTOCOL, "not valid"),
    "status of letters": (
        once(
            lambda peer, s: HeadersFrame(
                s, peer.encoder.encode([(":status", "2OO")]), flags=["END_HEADERS"]
            )
        ),
        PROTOCOL,
        "its status is no number",
    ),
    "field in capitals": (once(lambda p, s: p.head(s, 200, ("X-A", "1"))), PROTOCOL, "uppercase"),
    "field of HTTP/1.1": (
        once(lambda p, s: p.head(s, 200, ("connection", "close"))),
        PROTOCOL,
        "not valid HTTP/2",
    ),
    "frame that is too large": (raw(b"\x00\xff\xff\x00\x00\0\0\0\1"), PROTOCOL, "16384 bytes"),
    "goodbye that is too short": (
        raw(bytes.fromhex("000004070000000000" + "00" * 4)),
        PROTOCOL,
        "GOAWAY",
    ),
    "head that cannot be decoded": (
        once(lambda _, s: HeadersFrame(s, b"\xff\xff\xff", flags=["END_HEADERS"])),
        PROTOCOL,
        "not valid HTTP/2",
    ),
}
"""What a peer does with a request, and what is said of it."""


@pytest.mark.parametrize(("doing", "kind", "words"), HOSTILE.values(), ids=[*HOSTILE])
def test_each_is_over_in_time_and_memory(
    connect2: Connect,
    talk: Talk,
    doing: Callable[[Conversation, int], None],
    kind: FailureKind,
    words: str,
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        doing(peer, peer.request().stream)

    seconds = DEADLINE if kind is LATE else 40 * DEADLINE
    client = connect2(talk(script).url, deadline=seconds)
    tracemalloc.start()
    began = monotonic()
    try:
        outcome = failure(client)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (outcome.kind, words in outcome.message) == (kind, True), outcome
    assert monotonic() - began < (DEADLINE + SLACK if kind is LATE else seconds)
    assert most < 8 * 1024 * 1024


def test_a_window_that_never_opens_ends_with_the_deadline(connect2: Connect, talk: Talk) -> None:
    def script(peer: Conversation) -> None:
        peer.greet(INITIAL_WINDOW_SIZE=0)
        peer.answer(peer.request().stream)
        peer.wait_for("RST_STREAM")

    client = connect2(talk(script).url, deadline=DEADLINE)
    assert isinstance(client.exchange(GET).outcome, Response)  # by now the window is known
    assert failure(client, CONTENT).kind is LATE


def test_a_peer_that_takes_no_streams_at_all_is_not_dialled_for_ever(
    connect2: Connect, talk: Talk
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet(MAX_CONCURRENT_STREAMS=0)
        peer.send(RstStreamFrame(peer.request().stream, 7))
        peer.wait_for("GOAWAY")

    peer = talk(script)
    assert failure(connect2(peer.url, deadline=DEADLINE)).kind is DROPPED
    assert len(peer.conversations) == 2


def test_one_that_breaks_the_connection_leaves_the_others_whole(
    connect2: Connect, talk: Talk
) -> None:
    """What is wrong with one answer is that exchange's failure, and nobody else's."""

    def script(peer: Conversation) -> None:
        peer.greet()
        came = [peer.request() for _ in range(4 if peer.number == 1 else 1)]
        for one in came:
            if one.path == "/bad":
                peer.send(peer.head(one.stream, 200, ("X-A", "1")))
        for one in came:
            peer.answer(one.stream)

    client = connect2(talk(script).url)
    requests = [Request("GET", path) for path in ("/", "/bad", "/", "/")]
    with ThreadPoolExecutor(4) as pool:
        outcomes = [e.outcome for e in pool.map(client.exchange, requests)]
    assert [getattr(one, "kind", None) for one in outcomes] == [None, PROTOCOL, None, None]
