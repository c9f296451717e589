"""h2, set up for a client of this kind, and its errors in words."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.exceptions import (
    DenialOfServiceError,
    FlowControlError,
    H2Error,
    InvalidBodyLengthError,
)
from h2.settings import SettingCodes, Settings

from neptun_conformance.client.connection import MAX_HEAD
from neptun_conformance.client.http2.frames import LARGEST, BreachError

if TYPE_CHECKING:
    from h2.events import Event

    from neptun_conformance.client.http2.frames import Frame

STREAM_WINDOW = 512 * 1024
"""Octets of content that a stream may hold before its reader takes them."""
CONNECTION_WINDOW = 32 * 1024 * 1024
"""Octets of content that are under way at most; no reader is in another's way."""

_OWN_SETTINGS = {
    SettingCodes.ENABLE_PUSH: 0,
    SettingCodes.INITIAL_WINDOW_SIZE: STREAM_WINDOW,
    SettingCodes.MAX_FRAME_SIZE: LARGEST,
    SettingCodes.MAX_HEADER_LIST_SIZE: MAX_HEAD,
}
_WORDS = (
    (InvalidBodyLengthError, "its content is not as long as its Content-Length says"),
    (FlowControlError, "it overruns a flow-control window"),
    (DenialOfServiceError, f"a header section is longer than {MAX_HEAD} bytes"),
)


def client_framing() -> H2Connection:
    """Return the client's side of a connection, with its preface and settings to be sent.

    Requests go out as they are asked for, so h2 does not judge what is sent.
    """
    config = H2Configuration(
        client_side=True, header_encoding=None, validate_outbound_headers=False
    )
    framing = H2Connection(config)
    framing.local_settings = Settings(client=True, initial_values=_OWN_SETTINGS)
    framing.decoder.max_header_list_size = MAX_HEAD
    framing.initiate_connection()
    framing.increment_flow_control_window(CONNECTION_WINDOW)
    return framing


def events_of(framing: H2Connection, frame: Frame) -> list[Event]:
    """Return what a frame brings.

    Raises:
        BreachError: the frame is against the protocol.
    """
    try:
        return framing.receive_data(frame.octets)
    except H2Error as error:
        raise BreachError(_words(error), frame.stream_id) from None


def name_of(code: int) -> str:
    """Return the name of an error code (RFC 9113 section 7)."""
    try:
        return ErrorCodes(code).name
    except ValueError:
        return f"error {code:#x}"


def _words(error: H2Error) -> str:
    """Say what is wrong, in h2's words as far as they quote nothing of the peer."""
    known = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
    if known:
        return known
    start = re.match(r"[A-Za-z, -]*?(?= b'|[^A-Za-z, -]|$)", str(error))
    return (start[0].strip() if start else "").lower() or "a frame breaks the protocol"


def reset(framing: H2Connection, stream_id: int, code: ErrorCodes) -> None:
    """Reset a stream, unless both sides are done with it."""
    with suppress(H2Error):
        framing.reset_stream(stream_id, code)
