"""How near to one another requests arrive that leave together, over a network with jitter.

``python -m benchmarks.meeting`` prints it for both versions of HTTP. The network is reckoned: each
packet of a connection is late by its own share of the jitter, and overtakes no earlier one.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from neptun_conformance.client import BurstBarrier, Client, Settings
from neptun_conformance.exchange import Request

JITTER = 0.002
"""Seconds by which a packet is late at most."""
PACKET = 1_448
"""Octets that TCP puts into one packet of Ethernet."""
TOGETHER = 16
TRIES = 20
VERSIONS = {"HTTP/1.1": "1.1", "HTTP/2": "2-prior-knowledge"}

Arrived = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Meetings:
    """How far apart the requests of each try came, in seconds.

    Arguments:
        two: two particular ones.
        all: the first and the last.
    """

    two: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)

    def within(self, *, two: float, all_of_them: float) -> tuple[int, int]:
        """Return in how many tries two of them, and all of them, came within so many seconds."""
        return sum(t <= two for t in self.two), sum(t <= all_of_them for t in self.all)


def measured(version: str, tries: int = TRIES, *, seed: int = 0) -> Meetings:
    """Let requests leave together again and again, and see when each arrives.

    Arguments:
        version: the version of HTTP, as a target file names it.
        tries: how often.
        seed: of the jitter.
    """
    came: dict[str, float] = {}
    meetings = Meetings()
    with (
        _listening(lambda path, at: came.update({path: at}), random.Random(seed)) as url,  # noqa: S311
        Client(Settings(base_url=url, run_id="meeting", http=version)) as client,
        ThreadPoolExecutor(TOGETHER) as pool,
    ):
        for number in range(tries + 1):
            came.clear()
            barrier = BurstBarrier(TOGETHER)
            requests = [Request("GET", f"/{place}") for place in range(TOGETHER)]
            list(pool.map(lambda r, b=barrier: client.exchange(r, together=b), requests))
            if number:  # the first time dials
                meetings.two.append(abs(came["/0"] - came["/1"]))
                meetings.all.append(max(came.values()) - min(came.values()))
    return meetings


@contextmanager
def _listening(arrived: Arrived, jitter: random.Random) -> Iterator[str]:
    """Answer everything, and tell when each request would have arrived over the network."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    sock, _ = listener.accept()
                    threading.Thread(target=_serve, args=(sock, arrived, jitter)).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def _serve(sock: socket.socket, arrived: Arrived, jitter: random.Random) -> None:
    latest, speaks = 0.0, None
    with sock, suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while octets := sock.recv(65_536):
            now = time.monotonic()
            speaks = speaks or (_http2() if octets.startswith(b"PRI ") else _http1())
            for start in range(0, len(octets), PACKET):
                latest = max(latest, now + jitter.uniform(0, JITTER))
                paths, reply = speaks(octets[start : start + PACKET])
                for path in paths:
                    arrived(path, latest)
                sock.sendall(reply)


Speaks = Callable[[bytes], tuple[list[str], bytes]]


def _http1() -> Speaks:
    head = b""

    def speak(octets: bytes) -> tuple[list[str], bytes]:
        nonlocal head
        head += octets
        if b"\r\n\r\n" not in head:
            return [], b""
        path, head = head.split(b" ")[1].decode(), b""
        return [path], b"HTTP/1.1 204 No Content\r\n\r\n"

    return speak


def _http2() -> Speaks:
    connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
    connection.initiate_connection()

    def speak(octets: bytes) -> tuple[list[str], bytes]:
        paths = []
        for event in connection.receive_data(octets):
            if isinstance(event, RequestReceived) and event.stream_id and event.headers:
                paths.append(str(dict(event.headers)[":path"]))
                connection.send_headers(event.stream_id, [(":status", "204")], end_stream=True)
        return paths, connection.data_to_send()

    return speak


def lines() -> Iterator[str]:
    """Yield in how many tries the requests met, over each version."""
    for name, version in VERSIONS.items():
        two, everybody = measured(version).within(two=50e-6, all_of_them=100e-6)
        yield (
            f"{name}: two particular requests within 50 µs in {two} of {TRIES} tries, "
            f"all {TOGETHER} within 100 µs in {everybody}"
        )


if __name__ == "__main__":
    print(*lines(), sep="\n")  # noqa: T201 - that is what it is for
