"""The curl command beside a finding sends what the suite sent, and holds no secret."""

from __future__ import annotations

import os
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Request
from neptun_conformance.questions import callers as who
from neptun_conformance.questions import tampering
from neptun_conformance.questions.free_voices import ALONE
from neptun_conformance.questions.situations import (
    Account,
    Derived,
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    UserOf,
    Written,
    WrittenUser,
)
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.redaction.reproduction import NOT_REPEATED, curl
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper
from tests.patience import PATIENCE

FULL = who.owner.full
SESSIONS = {
    "sealed": "Fe26.2**aQ3b9Zx*c7D==*eR5+/f~G1hJ2kL-m_N4pS6tUvW8y==",
    "signed": "s%3Aq8Wz3Rt6Yb1Nm5Kp.d%2Be7Vx2Lj9Hf4Gc%2F0Sa",
    "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.mT4xQ8zKpW2vRn7J",
    "short": "k9#x'$Z\"`!\\Q7,w&?|",
    "outside ASCII": "søssion-aQ3b9Zx7DeR5fG1hÿJ2kLm",
}
STRANGERS = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvdGhlciJ9.bL6yD3sFhG0uCe5A"
EXPIRED = "old:Gh7Jk2Lm9Qw4Er6Ty1Ui8Op3As5Df"
EXTRA = {
    "x-staging-pass": 'let "me" in, $HOME `id` \\ 42',
    "x-authorization": "Basic dXNlcjpwYXNzd29yZA==",
}


def altered(words: str, alter: Callable[[str], str]) -> who.Caller:
    return replace(who.with_altered(who.owner, words, str), alter=alter)


QUESTIONS: dict[str, Question] = {
    "untouched": who.owner.asks(FULL),
    "stranger": who.stranger.asks(FULL),
    "no cookie": who.anonymous.asks(FULL),
    "empty cookie": who.with_empty_cookie.asks(FULL),
    "end": altered("end", tampering.ending_changed(6)).asks(FULL),
    "long end": altered("end", tampering.ending_changed(12)).asks(FULL),
    "middle": altered("middle", tampering.middle_changed).asks(FULL),
    "cut": altered("cut", tampering.cut_by(6)).asks(FULL),
    "half": altered("half", tampering.half).asks(FULL),
    "rewritten": altered("rewritten", tampering.rewritten).asks(FULL),
    "case": altered("case", tampering.case_changed).asks(FULL),
    "quoted": altered("quoted", lambda s: f'"{s}"').asks(FULL),
    "with more": altered("with more", lambda s: f"{s}; neptun-session=x").asks(FULL),
    "expired": who.with_expired_session.asks(FULL),
    "user id": who.with_user_id_as_session(who.owner).asks(FULL),
    "made up": who.with_session("'OR'1'='1 $(id) `id` \\").asks(FULL),
    "other cookie": who.through("other cookies", who.owner, "session", "sid").asks(FULL),
    "query": who.through("query", who.owner, "session", "sid").asks(FULL),
    "query and more": who.through("query", who.owner, "session").asks(FULL).with_query("a=1&b=%20"),
    "headers": who.through("headers", who.owner, "X-Session").asks(FULL),
    "bearer": who.through("bearer", who.owner).asks(FULL),
    "session in a query": who.anonymous.asks(FULL).with_query("s={owner_session}&t=1"),
    "both sessions": who.owner.asks(FULL).with_headers(("X-Session", "{stranger_session_raw}")),
    "odd query": who.owner.asks(FULL).with_query("x=%00&y=%FF&%5B%5D=%F0&z=[1]{2}$HOME'\"|;*"),
    "long query": who.owner.asks(FULL).with_query("x=" + "a" * 2_000),
    "odd user": who.owner.asks(UnknownChat(), under=WrittenUser("%2F..%00%zz", encoded=True)),
    "user in full": who.owner.asks(FULL, under=UserOf(Account.OWNER, "in lower case")),
    "unknown user": who.owner.asks(FULL, under=UnknownUser()),
    "dots": who.owner.asks(Written("..%2F%2e%2E", encoded=True)),
    "plain dots": who.owner.asks(Written("..", encoded=True), under=who.owner),
    "behind": who.owner.asks(Derived(FULL, "behind", lambda n: f"{n}%00", encoded=True)),
    "long path": who.owner.asks(Written("9" * 3_000), under=who.owner),
    "HEAD": who.owner.asks(FULL).by("HEAD"),
    "OPTIONS": who.owner.asks(FULL).by("OPTIONS").with_headers(("Origin", "null")),
    "DELETE": who.owner.asks(FULL).by("DELETE"),
    "POST": who.owner.asks(FULL).by("POST"),
    "noise": who.owner.asks(FULL).with_headers(
        ("X-Noise", "a" * 5_000), ("Accept", "text/*;q=0.1, */*"), ("If-None-Match", 'W/"a\'$b"')
    ),
    "header outside ASCII": who.owner.asks(FULL).with_headers(("X-Name", "J\xf6rg $A \xff\xe9'")),
    "session outside ASCII": who.with_session("\xe9\xff-made-up").asks(FULL),
    "empty header": who.owner.asks(FULL).with_headers(("X-Empty", "")),
    "another host": who.owner.asks(FULL).with_headers(("Host", "elsewhere.example")),
    "empty host": who.owner.asks(FULL).with_headers(("Host", "")),
    "validators": who.owner.asks(FULL).with_headers(("If-None-Match", "{etag}")),
    **{route.name: who.owner.asks(FULL).along(route) for route in Route},
}
ONCE = {
    "spliced": who.with_spliced(who.owner, who.stranger).asks(FULL),
    **{
        f"{dimension.name} {level.name}": who.owner.asks(FULL).in_voice((level,))
        for dimension in DIMENSIONS
        for level in dimension.levels[1:]
    },
    **{alone.level.name: who.owner.asks(FULL).in_voice((alone.level,)) for alone in ALONE},
}
"""What has to do with no particular form of a session, but for the parts of a token."""
VALIDATORS = {"etag": "\"1-'$x'\"", "last_modified": "Thu, 01 Jan 2032 00:00:00 GMT"}


@contextmanager
def recording() -> Iterator[tuple[str, list[bytes]]]:
    """Serve an empty answer to everything and note the heads of requests as they came."""
    heads: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        timeout = 10

        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n") and (line := self.rfile.readline()):
                head += line
            heads.append(head)
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/pre%20fix", heads
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    assert shutil.which("curl"), "this test needs curl: install it, as with apt-get install curl"
    with recording() as running:
        yield running


def target(base_url: str, session: str) -> Target:
    def person(user_id: str, value: str, chat: int) -> dict[str, object]:
        chats = {"chat_with_files": {"id": chat}, "empty_chat": {"id": chat + 1}}
        return {"user_id": user_id, "session": value, **chats}

    return Target.of(
        {
            "base_url": base_url,
            "headers": EXTRA,
            "owner": person("ann a+b@example.com/ü", session, 123),
            "stranger": person("bob", STRANGERS, 456),
            "expired_session": EXPIRED,
        }
    )


def parted(head: bytes) -> tuple[str, list[str]]:
    """Return the request line, and the headers in their order without those of one run.

    A blank before nothing is no part of a value (RFC 9112 section 5).
    """
    line, *headers = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    return line, [
        # curl knows no other spelling of this name, and names have no case (RFC 9110 section 5.1).
        "Host" + one.rstrip()[4:] if one.lower().startswith("host:") else one.rstrip()
        for one in headers
        if one.partition(":")[0].lower() not in NOT_REPEATED
    ]


def repeated(command: str, redactor: Redactor) -> None:
    variables = {name.removeprefix("$"): value for name, value in redactor.secrets}
    environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(  # noqa: S603 - the command under test
        ["/bin/sh", "-c", command],
        env=environ | variables,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("session", SESSIONS.values(), ids=SESSIONS)
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_command_sends_what_the_suite_sent(
    question: Question, session: str, server: tuple[str, list[bytes]]
) -> None:
    sent_as_by_the_suite(question, session, server)


@pytest.mark.parametrize("question", ONCE.values(), ids=ONCE)
def test_the_command_sends_a_voice_as_the_suite_did(
    question: Question, server: tuple[str, list[bytes]]
) -> None:
    sent_as_by_the_suite(question, SESSIONS["token"], server)


def sent_as_by_the_suite(question: Question, session: str, server: tuple[str, list[bytes]]) -> None:
    base_url, heads = server
    heads.clear()
    participants = Participants.of(
        target(base_url, session), SessionKeeper(target(base_url, session))
    )
    redactor = Redactor(participants.sessions.secrets())
    request = resolve(question, participants, validators=VALIDATORS).request
    with Client(Settings(base_url=base_url, run_id="one", headers=tuple(EXTRA.items()))) as client:
        client.exchange(request)
        headers = client.headers(request)
    command = curl(request.method, base_url + request.target, headers, redactor=redactor)
    assert command is not None
    for name, value in redactor.secrets:
        assert value not in command, name
    assert redactor.redact(command) == command
    repeated(command, redactor)
    sent, again = map(parted, heads)
    assert again == sent


@pytest.mark.parametrize("question", ["untouched", "end", "query", "case", "headers"])
def test_without_its_variable_a_command_sends_nothing(
    question: str, server: tuple[str, list[bytes]]
) -> None:
    base_url, heads = server
    heads.clear()
    keeper = SessionKeeper(target(base_url, SESSIONS["token"]))
    request = resolve(
        QUESTIONS[question], Participants.of(target(base_url, SESSIONS["token"]), keeper)
    ).request
    redactor = Redactor(keeper.secrets())
    command = curl(request.method, base_url + request.target, request.headers, redactor=redactor)
    done = subprocess.run(  # noqa: S603 - the command under test
        ["/bin/sh", "-c", command or ""],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode != 0
    assert b"OWNER_SESSION" in done.stderr
    assert heads == []


def test_a_command_that_could_not_do_without_a_secret_is_none() -> None:
    """Half of a session in upper case is neither its cut nor its swapped case."""
    redactor = Redactor([("$OWNER_SESSION", "abcdefghijklmnopqrstuvwxyz")])
    request = Request("GET", "/", (("Cookie", "neptun-session=ABCDEFGHIJKLMNOPQRSTUVWXYz"),))
    assert curl("GET", "http://127.0.0.1/", request.headers, redactor=redactor) is None


def test_what_is_too_short_to_be_a_secret_is_written_out() -> None:
    """Hiding it would garble every text and protect nothing."""
    redactor = Redactor([("$OWNER_SESSION", "abc")])
    request = Request("GET", "/", (("Cookie", "neptun-session=abc"),))
    command = curl("GET", "http://127.0.0.1/", request.headers, redactor=redactor)
    assert command is not None
    assert "neptun-session=abc" in command
