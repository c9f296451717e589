"""Answers over HTTP/2 in every form that RFC 9113 allows, and bodies within bounds."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from hyperframe.frame import ContinuationFrame, HeadersFrame, RstStreamFrame

from neptun_conformance.client.http2.framing import CONNECTION_WINDOW, STREAM_WINDOW
from neptun_conformance.exchange import BodyKind, Failure, FailureKind, Request, Response
from tests.unit.client.http2_peer import JSON, data, goodbye

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.client.conftest import Connect, Talk
    from tests.unit.client.http2_peer import Conversation

    Came = Callable[..., Any]

GET = Request("GET", "/")
HEAD = Request("HEAD", "/")
LENGTH = ("content-length", "2")
BODY = b"x" * 100_000


@pytest.fixture
def came(connect2: Connect, talk: Talk) -> Came:
    """Return what comes of one request that is answered so, and then of a plain one."""

    def ask(
        answer: Callable[[Conversation, int], None], request: Request = GET, **settings: object
    ) -> Response | Failure:
        def script(peer: Conversation) -> None:
            peer.greet()
            answer(peer, peer.request().stream)
            while True:
                peer.answer(peer.request().stream)

        client = connect2(talk(script).url, **settings)
        outcome = client.exchange(request).outcome
        assert isinstance(client.exchange(GET).outcome, Response)  # the connection is not spoilt
        return outcome

    return ask


def test_an_answer(came: Came) -> None:
    outcome = came(lambda peer, stream: peer.answer(stream))
    assert outcome == Response(
        200, JSON, b"{}", wire_size=2, http_version="HTTP/2", body_problem=None
    )


def test_padding_is_no_content(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200), data(stream, b"{", padding=200))
        peer.send(data(stream, b"}", padding=1), data(stream, ends=True, padding=255))

    assert came(answer).body == b"{}"


def test_trailers_end_an_answer(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200), data(stream, b"{}"))
        block = peer.encoder.encode([("x-checksum", "1")])
        peer.send(HeadersFrame(stream, block, flags=["END_HEADERS", "END_STREAM"]))

    outcome = came(answer)
    assert outcome.body == b"{}"
    assert outcome.headers == ()


def test_interim_answers_are_passed_over(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 103, ("link", "</a>; rel=preload")), peer.head(stream, 102))
        peer.answer(stream)

    assert came(answer).status == 200


def test_a_head_in_several_frames(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        block = peer.encoder.encode([(":status", "200"), ("x-long", "a" * 20_000)])
        peer.send(
            HeadersFrame(stream, block[:10], flags=["END_STREAM"]),
            ContinuationFrame(stream, block[10:5_000]),
            ContinuationFrame(stream, block[5_000:], flags=["END_HEADERS"]),
        )

    outcome = came(answer)
    assert len(outcome.headers[0][1]) == 20_000
    assert outcome.body == b""


@pytest.mark.parametrize("status", [204, 205, 304, 404])
def test_an_answer_may_end_with_its_head(came: Came, status: int) -> None:
    assert came(lambda peer, stream: peer.send(peer.head(stream, status, ends=True))).status == (
        status
    )


def test_a_304_may_tell_the_length_of_what_it_does_not_send(came: Came) -> None:
    outcome = came(lambda peer, stream: peer.send(peer.head(stream, 304, LENGTH, ends=True)))
    assert outcome.status == 304


def test_a_304_may_end_with_an_empty_frame(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 304, LENGTH), data(stream, ends=True))

    assert came(answer).status == 304


def test_an_answer_to_head_has_a_length_and_no_content(came: Came) -> None:
    outcome = came(lambda peer, stream: peer.send(peer.head(stream, 200, LENGTH, ends=True)), HEAD)
    assert (outcome.status, outcome.wire_size) == (200, 0)


@pytest.mark.parametrize("length", [(), (LENGTH,)])
def test_content_after_head_is_seen(came: Came, length: tuple[tuple[str, str], ...]) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200, *length), data(stream, b"{", padding=3))
        peer.send(data(stream, b"}", ends=True))
        peer.send(goodbye(stream))
        peer.wait_for("GOAWAY")

    outcome = came(answer, HEAD)
    assert (outcome.status, outcome.body, outcome.wire_size) == (200, b"", 2)


def test_a_reset_after_the_whole_answer_is_no_failure(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.answer(stream)
        peer.send(RstStreamFrame(stream, 0))

    assert came(answer, Request("GET", "/", body=b"x")).status == 200


def test_an_answer_may_come_before_the_content_of_its_request(
    connect2: Connect, talk: Talk
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet(INITIAL_WINDOW_SIZE=0)
        peer.answer(peer.head_of_request(), status=404)
        peer.answer(peer.request().stream)

    client = connect2(talk(script).url)
    outcomes = [client.exchange(r).outcome for r in (Request("GET", "/", body=BODY), GET)]
    assert [one.status for one in outcomes] == [404, 200]


def large(size: int) -> Callable[[Conversation, int], None]:
    """Answer with so many octets, as fast as the client's window lets a server."""

    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200))
        left, window = size, STREAM_WINDOW
        while left:
            piece = min(left, window, 16_384)
            if piece:
                peer.send(data(stream, b" " * piece))
                left, window = left - piece, window - piece
                continue
            kind, number, payload, _ = peer.frame()
            if kind == "RST_STREAM":
                return
            if kind == "8" and number == stream:
                window += int.from_bytes(payload, "big")
        peer.send(data(stream, ends=True))

    return answer


def test_a_large_body_is_read_as_fast_as_its_reader_takes_it(came: Came) -> None:
    assert came(large(5 * STREAM_WINDOW)).body_size == 5 * STREAM_WINDOW


def test_the_window_of_the_connection_opens_again(came: Came) -> None:
    assert came(large(CONNECTION_WINDOW // 2 + 1)).body_size == CONNECTION_WINDOW // 2 + 1


def test_a_body_beyond_the_limit_is_cut_off(came: Came) -> None:
    outcome = came(large(8 * STREAM_WINDOW), max_body=STREAM_WINDOW)
    assert outcome.body_problem.kind is BodyKind.TOO_LARGE


def test_content_codings_are_undone(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200, ("content-encoding", "gzip")))
        peer.send(data(stream, gzip.compress(b"{}"), ends=True))

    assert came(answer).body == b"{}"


def test_a_reset_in_the_middle_is_a_dropped_answer(came: Came) -> None:
    def answer(peer: Conversation, stream: int) -> None:
        peer.send(peer.head(stream, 200), data(stream, b"{"), RstStreamFrame(stream, 2))

    outcome = came(answer)
    assert (outcome.kind, outcome.status) == (FailureKind.DROPPED, 200)
    assert outcome.message.endswith("reset the stream (INTERNAL_ERROR) in the middle of the answer")


def test_http_1_1_may_be_required(came: Came) -> None:
    outcome = came(lambda peer, stream: peer.send(RstStreamFrame(stream, 13)))
    assert outcome.message == "the target wants HTTP/1.1 for this request: use --http 1.1"
