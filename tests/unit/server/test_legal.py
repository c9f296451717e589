"""The legal oddities: sound as a list, and each serves who may read and refuses who may not."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from neptun_conformance import contract
from neptun_conformance.contract.level import Level
from neptun_conformance.server.faults import FAULTS, Fault
from neptun_conformance.server.legal import LEGAL
from neptun_conformance.server.wire import Sent, ask
from tests.unit.server.panel import Asked, path, scope_of, session

if TYPE_CHECKING:
    from starlette.types import ASGIApp

EVERY = pytest.mark.parametrize("oddity", LEGAL.values(), ids=lambda oddity: oddity.name)
BASE_URL = "http://127.0.0.1:8000"
BUSY = (429, 503)


def answer(app: ASGIApp, prefix: str, asked: Asked) -> Sent:
    """Return the answer to a request, asked again for as long as the server is busy."""

    async def patiently() -> Sent:
        sent = Sent(status=429)
        while sent.status in BUSY:
            sent = await ask(app, scope_of(asked._replace(target=prefix + asked.target)))
        return sent

    return asyncio.run(patiently())


def content(sent: Sent) -> Any:
    """Return the JSON value of an answer."""
    coding = dict(sent.headers).get(b"content-encoding", b"identity")
    if coding != b"identity":
        codings = {b"gzip": gzip, b"x-gzip": gzip, b"deflate": zlib}
        return json.loads(codings[coding].decompress(sent.body))
    return json.loads(sent.body)


def client(target: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the headers of every request to a target: a client's, and what the target wants."""
    usual = {
        "host": urlsplit(target["base_url"]).netloc,
        "user-agent": "curl/8.5.0",
        "accept": "application/json",
        "accept-encoding": "gzip, deflate",
    }
    wanted = {name.lower(): value for name, value in target.get("headers", {}).items()}
    return tuple((usual | wanted).items())


@EVERY
def test_an_oddity_serves_the_owner(oddity: Fault) -> None:
    target = oddity.target(BASE_URL)
    app, prefix, owner = oddity.build(), urlsplit(target["base_url"]).path, target["owner"]
    headers = (*client(target), *session(owner["session"]))
    for chat in (owner["chat_with_files"], owner["empty_chat"]):
        sent = answer(app, prefix, Asked("GET", path(owner["user_id"], chat["id"]), headers))
        assert sent.status == 200
        ids = [file["id"] for file in content(sent)["chatFiles"]]
        assert sorted(ids) == sorted(file["id"] for file in chat.get("files", []))


@EVERY
def test_an_oddity_refuses_others(oddity: Fault) -> None:
    target = oddity.target(BASE_URL)
    app, prefix = oddity.build(), urlsplit(target["base_url"]).path
    owner, stranger = target["owner"], target["stranger"]
    place = path(owner["user_id"], owner["chat_with_files"]["id"])
    for headers, status in (
        ((), 401),
        (session(target["expired_session"]), 401),
        (session(stranger["session"]), 404),
    ):
        sent = answer(app, prefix, Asked("GET", place, (*client(target), *headers)))
        assert (sent.status, content(sent)["statusCode"]) == (status, status)


@EVERY
def test_an_oddity_has_should_findings_at_most(oddity: Fault) -> None:
    levels = {contract.clauses()[clause].level for clause in oddity.clauses}
    assert levels <= {Level.SHOULD}
    assert "\n" not in oddity.wrong


def test_no_oddity_has_the_name_of_a_fault() -> None:
    assert FAULTS.keys() & LEGAL.keys() == set()
    assert len(LEGAL) > 40


def test_what_lies_outside_a_prefix_is_somebody_elses_page() -> None:
    sent = asyncio.run(ask(LEGAL["path-prefix"].build(), scope_of(Asked("GET", "/", ()))))
    assert (sent.status, sent.body) == (404, b"Nothing here")


@pytest.mark.parametrize(("year", "status"), [("2037", 304), ("1999", 200)])
def test_what_is_unmodified_since_a_late_date_is_a_304(year: str, status: int) -> None:
    oddity = LEGAL["unmodified-since"]
    owner = oddity.target(BASE_URL)["owner"]
    since = ("if-modified-since", f"Thu, 01 Jan {year} 00:00:00 GMT")
    place = path(owner["user_id"], owner["chat_with_files"]["id"])
    asked = Asked("GET", place, (*session(owner["session"]), since))
    assert answer(oddity.build(), "", asked).status == status
