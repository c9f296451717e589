"""Whatever octets a peer sends: exchanges end or go on, and nothing raises."""

from __future__ import annotations

from hpack import Encoder
from hypothesis import given
from hypothesis import strategies as st

from neptun_conformance.client.http2.frames import Frame, FrameReader, Kind
from neptun_conformance.client.http2.framing import client_framing
from neptun_conformance.client.http2.receiving import Receiver
from neptun_conformance.client.http2.stream import Stream
from neptun_conformance.client.message import Message

SETTINGS = Frame(Kind.SETTINGS, 0, 0)
BLOCKS = [
    Encoder().encode(fields)
    for fields in (
        [(":status", "200")],
        [(":status", "304"), ("content-length", "5")],
        [(":status", "103")],
        [(":status", "200"), ("content-length", "2")],
        [("x", "y")],
        [(":status", "\xb2\xb2\xb2")],
        [(":status", "200"), ("Connection", "x")],
    )
]
PAYLOADS = st.one_of(st.binary(max_size=40), st.sampled_from(BLOCKS))
FRAMES = st.builds(
    Frame,
    st.one_of(st.sampled_from(Kind), st.integers(0, 255)),
    st.one_of(st.sampled_from([0, 1, 4, 5, 8, 9, 13, 32]), st.integers(0, 255)),
    st.sampled_from([0, 1, 1, 1, 2, 3, 5, 2**31 - 1]),
    PAYLOADS,
)


def receiver(method: bytes) -> tuple[Receiver, dict[int, Stream]]:
    """Return the receiving side of a connection on which two requests wait for answers."""
    connection = client_framing()
    streams = {}
    for number in (1, 3):
        fields = [(b":method", method), (b":path", b"/"), (b":scheme", b"http")]
        connection.send_headers(number, fields, end_stream=True)
        stream = Stream(Message(method, b"/", [(b"Host", b"h")]), lambda *_: None)
        stream.id = number
        streams[number] = stream
    one = Receiver(connection, streams, "h:80")
    one.opened = 2
    return one, streams


@given(st.lists(FRAMES, max_size=12), st.sampled_from([b"GET", b"HEAD"]))
def test_any_frames(frames: list[Frame], method: bytes) -> None:
    one, streams = receiver(method)
    octets = b"".join(frame.octets for frame in (SETTINGS, *frames))
    assert one.receive(octets) or not streams


@given(st.sampled_from([b"", SETTINGS.octets]), st.binary(max_size=200))
def test_any_octets(greeting: bytes, octets: bytes) -> None:
    one, streams = receiver(b"GET")
    assert one.receive(greeting + octets + b"x") or not streams


@given(st.lists(FRAMES, max_size=6), st.integers(1, 30))
def test_frames_are_the_same_however_they_arrive(frames: list[Frame], size: int) -> None:
    octets = b"".join(frame.octets for frame in (SETTINGS, *frames))
    reader = FrameReader()
    pieces = [octets[at : at + size] for at in range(0, len(octets), size)]
    came = [frame for piece in pieces for frame in reader.feed(piece)]
    assert [one.octets for one in came] == [one.octets for one in (SETTINGS, *frames)]
