"""What goes out over HTTP/2, and over which connection."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hyperframe.frame import PingFrame, SettingsFrame, WindowUpdateFrame

from neptun_conformance.client import BurstBarrier, Settings
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.http2.transport import Http2Transport
from neptun_conformance.client.message import Message
from neptun_conformance.client.route import Route
from neptun_conformance.exchange import Failure, Request, Response
from tests.unit.client.http2_peer import goodbye, reset

if TYPE_CHECKING:
    from neptun_conformance.client import Client
    from tests.unit.client.conftest import Connect, Talk
    from tests.unit.client.http2_peer import Conversation

GET = Request("GET", "/a?b=%2F")
REFUSED_STREAM = 7


def response(client: Client, request: Request = GET, **options: object) -> Response:
    outcome = client.exchange(request, **options).outcome  # type: ignore[arg-type]
    assert isinstance(outcome, Response), outcome
    return outcome


def statuses(client: Client, number: int) -> list[int]:
    """Send so many requests side by side."""
    with ThreadPoolExecutor(number) as pool:
        return [one.status for one in pool.map(lambda _: response(client), range(number))]


def asked(connect2: Connect, talk: Talk, request: Request) -> list[tuple[str, str]]:
    """Send a request, and return the fields in which it came."""
    heard: list[list[tuple[str, str]]] = []

    def script(peer: Conversation) -> None:
        peer.greet()
        one = peer.request()
        heard.append([*one.fields, ("body", one.body.decode())])
        peer.answer(one.stream)

    response(connect2(f"{talk(script).url}/v1"), request)
    return heard[0]


def test_pseudo_header_fields_come_first(connect2: Connect, talk: Talk) -> None:
    fields = asked(connect2, talk, GET)
    assert [name for name, _ in fields[:4]] == [":method", ":scheme", ":authority", ":path"]
    assert dict(fields)[":path"] == "/v1/a?b=%2F"
    assert dict(fields)[":authority"].startswith("127.0.0.1:")
    assert "host" not in dict(fields)


def test_fields_of_http_1_1_are_left_out(connect2: Connect, talk: Talk) -> None:
    headers = (("Connection", "close, x"), ("TE", "x"), ("Upgrade", "x"), ("X-A", "b"))
    names = dict(asked(connect2, talk, Request("HEAD", "/", headers=headers)))
    assert names.keys().isdisjoint({"connection", "te", "upgrade"})
    assert names["x-a"] == "b"


def test_what_is_recorded_is_what_went_out(connect2: Connect, talk: Talk) -> None:
    request = Request("GET", "/", headers=(("Connection", "x"), ("X-A", "b")))
    names = {name for name, _ in connect2(talk().url).headers(request)}
    assert "X-A" in names
    assert "Connection" not in names


def test_content_goes_out_whole(connect2: Connect, talk: Talk) -> None:
    body = b"x" * 50_000  # several frames
    assert dict(asked(connect2, talk, Request("GET", "/", body=body)))["body"] == body.decode()


def test_content_waits_for_the_window(connect2: Connect, talk: Talk) -> None:
    sizes = []

    def script(peer: Conversation) -> None:
        peer.greet(INITIAL_WINDOW_SIZE=10)
        peer.answer(peer.request().stream)
        sizes.append(len(peer.wait_for("DATA")))
        peer.send(WindowUpdateFrame(3, 5))
        sizes.append(len(peer.wait_for("DATA")))
        peer.answer(3)

    client = connect2(talk(script).url)
    response(client)  # by now the settings are known
    assert response(client, Request("GET", "/", body=b"x" * 15)).status == 200
    assert sizes == [10, 5]


def test_many_requests_share_a_connection(connect2: Connect, talk: Talk) -> None:
    peer = talk()
    assert statuses(connect2(peer.url), 30) == [200] * 30
    assert len(peer.conversations) == 1


def test_a_fresh_request_gets_a_connection_of_its_own(connect2: Connect, talk: Talk) -> None:
    peer = talk()
    client = connect2(peer.url)
    response(client)
    response(client, fresh=True)
    response(client)
    assert len(peer.conversations) == 2


def test_no_more_streams_than_the_peer_takes(connect2: Connect, talk: Talk) -> None:
    """All eight must be there before the first is answered: 8 requests a connection, and no 9th."""
    most: list[int] = []

    def script(peer: Conversation) -> None:
        peer.greet(MAX_CONCURRENT_STREAMS=8)
        while True:
            came = [peer.request()]
            threading.Event().wait(0.05)
            peer.sock.settimeout(0.02)
            try:
                while True:
                    came.append(peer.request())
            except TimeoutError:
                peer.sock.settimeout(5)
            most.append(len(came))
            for one in came:
                peer.answer(one.stream)

    peer = talk(script)
    assert statuses(connect2(peer.url), 16) == [200] * 16
    assert max(most) <= 8
    assert len(peer.conversations) >= 2


def test_a_refused_stream_is_repeated_on_another_connection(connect2: Connect, talk: Talk) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        one = peer.request()
        if peer.number == 1:
            peer.send(reset(one.stream, REFUSED_STREAM))
            peer.wait_for("GOAWAY")
        peer.answer(one.stream)

    peer = talk(script)
    client = connect2(peer.url)
    assert response(client, Request("POST", "/")).status == 200
    assert client.sent == 2


def test_a_peer_that_takes_fewer_than_it_says_is_believed_the_second_time(
    connect2: Connect, talk: Talk
) -> None:
    """It refuses what is more than four at once, and says nothing about it in its settings."""

    def script(peer: Conversation) -> None:
        peer.greet()
        came = [peer.request() for _ in range(4)]
        peer.sock.settimeout(0.1)
        try:
            while True:
                peer.send(reset(peer.request().stream, REFUSED_STREAM))
        except TimeoutError:
            peer.sock.settimeout(5)
        for one in came:
            peer.answer(one.stream)
        while True:
            peer.answer(peer.request().stream)

    assert statuses(connect2(talk(script).url), 8) == [200] * 8


def test_what_comes_after_the_last_stream_of_a_goaway_is_repeated(
    connect2: Connect, talk: Talk
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        first = peer.request()
        if peer.number > 1:
            peer.answer(first.stream)
            return
        peer.request()
        peer.send(goodbye(first.stream))
        peer.answer(first.stream)  # what came before it is still answered
        peer.wait_for("GOAWAY")

    peer = talk(script)
    assert statuses(connect2(peer.url), 2) == [200, 200]
    assert len(peer.conversations) == 2


def test_a_connection_that_ends_with_many_under_way_is_each_ones_own_to_repeat(
    connect2: Connect, talk: Talk
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        if peer.number == 1:
            for _ in range(4):
                peer.request()
            return
        peer.answer(peer.request().stream)

    assert statuses(connect2(talk(script).url), 4) == [200] * 4


def test_a_connection_that_limits_its_requests_is_outlived(connect2: Connect, talk: Talk) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        for number in range(5):
            one = peer.request()
            if number == 4:
                peer.send(goodbye(one.stream))
            peer.answer(one.stream)
        peer.wait_for("GOAWAY")

    peer = talk(script)
    client = connect2(peer.url)
    assert [response(client).status for _ in range(12)] == [200] * 12
    assert len(peer.conversations) == 3
    assert client.sent == 12


def test_settings_are_acknowledged_and_pings_answered(connect2: Connect, talk: Talk) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        one = peer.request()
        peer.send(PingFrame(0, b"12345678"))
        assert peer.wait_for("PING") == b"12345678"
        peer.send(SettingsFrame(0, settings={SettingsFrame.INITIAL_WINDOW_SIZE: 70_000}))
        peer.answer(one.stream)

    assert response(connect2(talk(script).url)).status == 200


def test_requests_that_leave_together_come_in_one_packet(connect2: Connect, talk: Talk) -> None:
    arrivals: list[tuple[int, int]] = []

    def script(peer: Conversation) -> None:
        peer.greet()
        peer.answer(peer.request().stream)  # afterwards the fields are known on both sides
        while True:
            peer.send(PingFrame(0, bytes(8)))
            peer.wait_for("PING")
            quiet.set()
            before = len(peer.arrivals)
            together = [peer.request() for _ in range(16)]
            arrivals.append((len(peer.arrivals) - before, peer.arrivals[-1]))
            for one in together:
                peer.answer(one.stream)

    quiet = threading.Event()
    client = connect2(talk(script).url)
    response(client)
    with ThreadPoolExecutor(16) as pool:
        for _ in range(10):
            assert quiet.wait(5)
            quiet.clear()
            barrier = BurstBarrier(16)
            came = pool.map(lambda _, b=barrier: response(client, together=b).status, range(16))
            assert [*came] == [200] * 16
    assert [number for number, _ in arrivals] == [1] * 10
    assert max(size for _, size in arrivals) < 1_400  # what Ethernet carries in one packet


def test_a_request_with_content_leaves_together_with_others(connect2: Connect, talk: Talk) -> None:
    client, barrier = connect2(talk().url), BurstBarrier(2)
    request = Request("GET", "/", body=b"x")
    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(lambda r: response(client, r, together=barrier), (request, GET)))
    assert [one.status for one in came] == [200, 200]


def test_a_deadline_resets_the_stream_and_keeps_the_connection(
    connect2: Connect, talk: Talk
) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        silent = peer.request()
        peer.send(peer.head(silent.stream, 103))
        assert peer.wait_for("RST_STREAM") == (8).to_bytes(4, "big")  # CANCEL
        peer.answer(peer.request().stream)

    peer = talk(script)
    client = connect2(peer.url, deadline=0.3)
    assert isinstance(client.exchange(GET).outcome, Failure)
    assert response(client).status == 200
    assert len(peer.conversations) == 1


def test_a_connection_that_is_silent_is_not_used_again(connect2: Connect, talk: Talk) -> None:
    def script(peer: Conversation) -> None:
        peer.greet()
        peer.answer(peer.request().stream)
        if peer.number == 1:
            peer.wait_for("GOAWAY")
        peer.answer(peer.request().stream)

    client = connect2(talk(script).url, deadline=0.3)
    response(client)
    assert isinstance(client.exchange(GET).outcome, Failure)
    assert response(client).status == 200


def test_room_is_made_for_another_client(talk: Talk) -> None:
    peer = talk()
    settings = Settings(base_url=peer.url, run_id="r", http="2-prior-knowledge")
    transport = Http2Transport(Route(settings, []))

    def ask() -> int:
        message = Message(b"GET", b"/", [(b"Host", b"h")])
        with transport.answer(message, deadline=Deadline(5), fresh=False) as answer:
            return answer.status

    assert ask() == 200
    with transport.room():
        assert peer.conversations[0].is_over.wait(5)
        assert ask() == 200
        assert peer.conversations[1].is_over.wait(5)
    transport.close()
