"""A server that repeats whatever it is told, in every form and place, and is wrong in much."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.server.data import ALICE, BOB, target_for
from neptun_conformance.server.reference import Reference
from tests.secrecy.canaries import EXPIRED, ISSUED, OWNER, PASS, SIGNATURE, STRANGER, WORDS

OWNING = replace(
    ALICE,
    session=replace(ALICE.session, value=OWNER),
    expired=replace(ALICE.expired, value=EXPIRED),
)
OTHER = replace(BOB, session=replace(BOB.session, value=STRANGER))


def profile(base_url: str) -> dict[str, Any]:
    """Return what a target file for the server holds."""
    return target_for(base_url, owner=OWNING, stranger=OTHER) | {"headers": {"x-pass": PASS}}


class Echoing(Reference):
    """Repeats cookies and headers in headers, bodies, messages, links and redirects.

    Arguments:
        elsewhere: where some refusals redirect to.
        pause: seconds before each answer.

    ``asked`` counts the requests that have come.
    """

    def __init__(self, elsewhere: str = "http://127.0.0.1:9", *, pause: float = 0.0) -> None:
        super().__init__((OWNING, OTHER))
        self.elsewhere = elsewhere
        self.pause = pause
        self.asked = 0

    async def respond(self, request: Request) -> Response:
        self.asked += 1
        await asyncio.sleep(self.pause)
        response = await super().respond(request)
        told = [*_values(request), request.url.query or "-"]
        echo = " ".join(form for value in told for form in _forms(value))
        if response.status_code == 404 and "alice" not in request.url.path:
            response = Response(status_code=302)
        headers = {name: v for name, v in response.headers.items() if name != "content-length"}
        headers["x-echo"] = echo.encode("ascii", "replace").decode()
        headers["location"] = f"{self.elsewhere}/{quote(told[0])}?session={quote(told[0])}"
        headers["set-cookie"] = f"neptun-session={ISSUED}; Path=/"
        body = _spoilt(bytes(response.body), echo, told[0])
        return Response(body, response.status_code, headers)


def _values(request: Request) -> list[str]:
    names = ("cookie", "authorization", "x-pass")
    found = [request.headers.get(name, "") for name in names]
    return [value.removeprefix("neptun-session=") for value in found if value] or ["-"]


def _forms(value: str) -> list[str]:
    octets = value.encode("utf-8", "replace")
    return [
        value,
        quote(value, safe=""),
        json.dumps(value),
        base64.b64encode(octets).decode(),
        base64.urlsafe_b64encode(b"x" + octets).decode(),
        "".join(f"%{octet:02x}" for octet in octets),
    ]


def _spoilt(body: bytes, echo: str, cookie: str) -> bytes:
    if not body.startswith(b"{"):
        return body
    document = json.loads(body)
    for number, item in enumerate(document.get("chatFiles", [])):
        item["url"] = f"https://files.invalid/a b/{number}?X-Sig={SIGNATURE}&to={cookie}"
        item["created_at"], item["size"] = cookie, f"{WORDS} {cookie}"
        item["note"] = WORDS
        if number == 1:
            item["url"] = f"/relative?X-Sig={SIGNATURE}"
    if "data" in document:
        document["data"] = {"message": [WORDS, echo]}
        document["statusMessage"] = {"at /srv/app/main.py": echo}
    return json.dumps({"echo": echo} | document).encode()
