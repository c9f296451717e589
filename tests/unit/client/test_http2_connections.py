"""Over HTTP/2: which connection a request goes over, and what becomes of it when that ends."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from neptun_conformance.client import Settings
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.http2.connection import Http2Connection
from neptun_conformance.client.http2.transport import Http2Transport
from neptun_conformance.client.message import Message
from neptun_conformance.client.route import Route
from neptun_conformance.exchange import Failure, Request
from tests.patience import PATIENCE
from tests.unit.client.exchanging2 import GET, response, statuses
from tests.unit.client.http2_peer import goodbye, reset

if TYPE_CHECKING:
    import pytest

    from neptun_conformance.client.http2.stream import Stream
    from tests.unit.client.conftest import Connect, Talk
    from tests.unit.client.http2_peer import Conversation


def test_many_requests_share_a_connection(connect2: Connect, talk: Talk) -> None:
    peer = talk()
    assert statuses(connect2(peer.url), 30) == [200] * 30
    assert len(peer.conversations) == 1


REFUSED_STREAM = 7


def test_a_fresh_request_gets_a_connection_of_its_own(connect2: Connect, talk: Talk) -> None:
    peer = talk()
    client = connect2(peer.url)
    response(client)
    response(client, fresh=True)
    response(client)
    assert len(peer.conversations) == 2


def test_what_goes_apart_leaves_the_others_their_connection(connect2: Connect, talk: Talk) -> None:
    came: list[int] = []

    def script(peer: Conversation) -> None:
        peer.greet()
        while True:
            one = peer.request()
            came.append(peer.number)
            peer.answer(one.stream)

    client = connect2(talk(script).url)
    for request in (GET, replace(GET, fresh=True), GET, replace(GET, fresh=True), GET):
        response(client, request)
    assert came == [1, 2, 1, 3, 1]


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


def test_a_target_that_limits_the_requests_of_a_connection_is_believed_the_second_time(
    connect2: Connect, talk: Talk
) -> None:
    """It takes ten on each; on the first, two more were under way by then, and no others ever."""
    came: list[int] = []

    def script(peer: Conversation) -> None:
        peer.greet()
        if peer.number == 1:
            taken = [peer.request() for _ in range(12)][:10]
            peer.send(goodbye(taken[-1].stream))
            for one in taken:
                peer.answer(one.stream)
            peer.wait_for("GOAWAY")
        while True:
            one = peer.request()
            came.append(peer.number)
            peer.answer(one.stream)

    client = connect2(talk(script).url)
    assert statuses(client, 12) == [200] * 12
    assert [response(client).status for _ in range(20)] == [200] * 20
    assert Counter(came) == {2: 10, 3: 10, 4: 2}
    assert client.sent == 34


def test_a_request_whose_connection_ends_before_it_leaves_goes_over_another_and_counts_once(
    connect2: Connect, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_chosen = threading.Event()
    came: list[int] = []

    def script(peer: Conversation) -> None:
        peer.greet()
        one = peer.request()
        came.append(peer.number)
        peer.answer(one.stream)
        is_chosen.wait(PATIENCE)
        peer.send(goodbye(one.stream))
        peer.wait_for("GOAWAY")

    client = connect2(talk(script).url)
    response(client)
    send = Http2Connection.send

    def late(connection: Http2Connection, message: Message, deadline: Deadline) -> Stream:
        if not is_chosen.is_set():
            is_chosen.set()
            while connection.is_open:
                time.sleep(0.002)
        return send(connection, message, deadline)

    monkeypatch.setattr(Http2Connection, "send", late)
    assert response(client).status == 200
    assert came == [1, 2]
    assert client.sent == 2


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
    client = connect2(peer.url, deadline=1)
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

    client = connect2(talk(script).url, deadline=1)
    response(client)
    assert isinstance(client.exchange(GET).outcome, Failure)
    assert response(client).status == 200


def test_room_is_made_for_another_client(talk: Talk) -> None:
    peer = talk()
    settings = Settings(base_url=peer.url, run_id="r", http="2-prior-knowledge")
    transport = Http2Transport(Route(settings, []))

    def ask() -> int:
        message = Message(b"GET", b"/", [(b"Host", b"h")])
        with transport.answer(message, deadline=Deadline(PATIENCE), fresh=False) as answer:
            return answer.status

    assert ask() == 200
    with transport.room():
        assert peer.conversations[0].is_over.wait(PATIENCE)
        assert ask() == 200
        assert peer.conversations[1].is_over.wait(PATIENCE)
    transport.close()
