"""What goes out over HTTP/2, and over which connection."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hyperframe.frame import PingFrame, SettingsFrame, WindowUpdateFrame

from neptun_conformance.client import BurstBarrier
from neptun_conformance.exchange import Request
from tests.unit.client.exchanging2 import GET, response

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Talk
    from tests.unit.client.http2_peer import Conversation


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
