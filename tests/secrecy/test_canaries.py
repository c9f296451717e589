"""What looks for canaries finds them, and they go to nobody but the target."""

from __future__ import annotations

import base64
import json
import socket
from urllib.parse import quote

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Request, Response
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.server.serving import serving
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.secrecy.canaries import OWNER, PASS, SESSIONS, leaks
from tests.secrecy.echoing import Echoing, profile


@pytest.mark.parametrize("secret", SESSIONS.values(), ids=SESSIONS)
def test_a_leak_in_any_form_is_found(secret: str) -> None:
    octets = secret.encode()
    for text in (
        secret,
        secret[:-6] + "qzqzqz",
        quote(secret, safe=""),
        "".join(f"%{octet:02X}" for octet in octets),
        json.dumps(secret),
        "".join(f"\\u{octet:04x}" for octet in octets),
        *(base64.b64encode(b"-" * skipped + octets).decode() for skipped in range(3)),
        base64.urlsafe_b64encode(octets).decode(),
    ):
        assert leaks(f"before {text} after")


def test_harmless_texts_are_no_leak() -> None:
    assert not leaks("neptun-session=$OWNER_SESSION " * 100)


def test_records_show_no_session() -> None:
    target = Target.of(profile("http://127.0.0.1:9"))
    keeper = SessionKeeper(target)
    request = Request("GET", f"/?s={OWNER}", (("Cookie", OWNER),))
    response = Response(200, (("X-Echo", OWNER),), OWNER.encode())
    settings = Settings(base_url="http://127.0.0.1:9", run_id="one", headers=(("x-pass", PASS),))
    for record in (target, keeper, Participants.of(target, keeper), request, response, settings):
        assert not leaks(repr(record))


def test_a_redirect_is_not_followed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0)
        host, port = elsewhere.getsockname()
        app = Echoing(f"http://{host}:{port}")
        with (
            serving(app) as base_url,
            Client(Settings(base_url=base_url, run_id="one")) as client,
        ):
            request = Request("GET", "/api/users/zelda/chats/1/files", (("Cookie", OWNER),))
            outcome = client.exchange(request).outcome
        assert isinstance(outcome, Response)
        assert outcome.header("Location")
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
