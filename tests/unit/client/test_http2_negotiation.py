"""Which version of HTTP is spoken, and what is said where it cannot be."""

from __future__ import annotations

import ssl
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Failure, FailureKind, Request, Response
from tests.unit.client.conftest import OK

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, ScriptedServer, Serve, Talk

GET = Request("GET", "/")


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    """Certify 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def wrapped(context: ssl.SSLContext, *protocols: str) -> Any:
    context.set_alpn_protocols(list(protocols))
    return lambda sock: context.wrap_socket(sock, server_side=True)


def secure(server: ScriptedServer, wrap: Any) -> str:
    server.wrap = wrap
    return f"https://127.0.0.1:{server.port}"


def versions(client: Client) -> list[str]:
    """Make three exchanges, the last on a connection of its own."""
    outcomes = [client.exchange(GET, fresh=fresh).outcome for fresh in (False, False, True)]
    assert all(isinstance(one, Response) for one in outcomes), outcomes
    return [one.http_version for one in outcomes if isinstance(one, Response)]


@pytest.mark.parametrize("http", ["2", "auto"])
def test_http_2_is_agreed_on(
    talk: Talk, connect: Connect, context: ssl.SSLContext, http: str
) -> None:
    peer = talk(wrap=wrapped(context, "h2", "http/1.1"))
    client = connect(f"https://127.0.0.1:{peer.port}", http=http, insecure=True)
    assert versions(client) == ["HTTP/2"] * 3
    assert client.version == "2"
    assert len(peer.conversations) == 2


def test_all_who_ask_at_first_agree_on_the_same(
    talk: Talk, connect: Connect, context: ssl.SSLContext
) -> None:
    peer = talk(wrap=wrapped(context, "h2", "http/1.1"))
    client = connect(f"https://127.0.0.1:{peer.port}", http="auto", insecure=True)
    with ThreadPoolExecutor(8) as pool:
        came = [e.outcome for e in pool.map(client.exchange, [GET] * 8)]
    assert {one.http_version for one in came if isinstance(one, Response)} == {"HTTP/2"}
    assert len(peer.conversations) == 1


def test_http_1_1_is_agreed_on_where_the_target_has_no_other(
    serve: Serve, connect: Connect, context: ssl.SSLContext
) -> None:
    server = serve(OK)
    url = secure(server, wrapped(context, "http/1.1"))
    client = connect(url, http="auto", insecure=True)
    assert [client.version, versions(client), client.version] == [None, ["HTTP/1.1"] * 3, "1.1"]
    assert server.connections == 2


def test_nothing_is_agreed_on_in_plain_text(serve: Serve, connect: Connect) -> None:
    client = connect(serve(OK).url, http="auto")
    assert versions(client) == ["HTTP/1.1"] * 3


@pytest.mark.parametrize("protocols", [(), ("http/1.1",)])
def test_a_target_without_http_2_is_told(
    serve: Serve, connect: Connect, context: ssl.SSLContext, protocols: tuple[str, ...]
) -> None:
    url = secure(serve(OK), wrapped(context, *protocols))
    outcome = connect(url, http="2", insecure=True).exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.TLS
    assert "HTTP/2" in outcome.message
    assert "--http 1.1" in outcome.message


def test_a_target_that_answers_in_http_1_1_is_told(serve: Serve, connect2: Connect) -> None:
    outcome = connect2(serve(lambda _: b"HTTP/1.1 400 No\r\n\r\n").url).exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.message == ("the target speaks HTTP/1.1 here, not HTTP/2: use --http 1.1")


def test_a_target_that_speaks_http_2_alone_is_told(talk: Talk, connect: Connect) -> None:
    outcome = connect(talk(lambda peer: peer.greet_first()).url).exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert "--http2-prior-knowledge" in outcome.message


def test_plain_text_needs_to_be_known_before() -> None:
    with pytest.raises(ValueError, match="--http 2: over http:// nothing is negotiated"):
        Client(Settings(base_url="http://h", run_id="r", http="2"))


def test_plain_text_does_not_pass_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:3128")
    with pytest.raises(ValueError, match="does not pass a proxy"):
        Client(Settings(base_url="http://h.test", run_id="r", http="2-prior-knowledge"))


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = util.find_spec
    monkeypatch.setattr(
        "neptun_conformance.client.negotiation.find_spec",
        lambda name: None if name == "h2" else found(name),
    )
    with pytest.raises(ValueError, match=r"pip install 'neptun-conformance\[http2\]'"):
        Client(Settings(base_url="https://h", run_id="r", http="auto"))


def test_http_1_1_imports_nothing_of_it() -> None:
    code = (
        "import sys; from neptun_conformance.client import Client, Settings;"
        "Client(Settings(base_url='http://h', run_id='r'));"
        "sys.exit('h2' in sys.modules or 'hpack' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_a_client_that_is_closed_dials_no_more(talk: Talk, connect2: Connect) -> None:
    client = connect2(talk().url)
    client.close()
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.OVER


def test_one_that_refuses_connections_is_told_to_all(connect2: Connect) -> None:
    outcome = connect2("http://127.0.0.1:1").exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.CONNECT


def test_a_client_that_ends_before_anything_was_agreed_on(connect: Connect) -> None:
    client = connect("https://127.0.0.1:1", http="auto")
    with client._transport.room():  # noqa: SLF001 - nothing is open, and nothing has to be closed
        client.close()
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.OVER


def test_a_client_that_ends_while_it_agrees(
    talk: Talk, connect: Connect, context: ssl.SSLContext
) -> None:
    """The handshake is still under way when the client ends."""
    ended = threading.Event()
    shake_hands = wrapped(context, "h2")

    def late(sock: Any) -> Any:
        client.close()
        ended.set()
        return shake_hands(sock)

    peer = talk(wrap=late)
    client = connect(f"https://127.0.0.1:{peer.port}", http="auto", insecure=True)
    outcome = client.exchange(GET).outcome
    assert ended.is_set()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.OVER
