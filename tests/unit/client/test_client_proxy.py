"""Proxies of the environment are used, for plain targets and through tunnels."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.client.proxy import Proxy
from neptun_conformance.exchange import Failure, FailureKind, Request, Response
from neptun_conformance.exchange.address import Address
from tests.unit.client.conftest import closing_after_one_answer

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/a?b")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the proxies of whoever runs these tests."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)


def test_plain_target_is_asked_for_by_its_whole_url(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RFC 9112 section 3.2.2, and the proxy's credentials from its URL."""
    proxy = serve()
    monkeypatch.setenv("HTTP_PROXY", f"http://me:p%40ss@127.0.0.1:{proxy.port}")
    outcome = connect("http://target.test/x").exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert proxy.heads[0].startswith(b"GET http://target.test/x/a?b HTTP/1.1\r\n")
    assert b"\r\nProxy-Authorization: Basic bWU6cEBzcw==\r\n" in proxy.heads[0]
    assert b"\r\nHost: target.test\r\n" in proxy.heads[0]


@pytest.mark.parametrize("status", [407, 502])
def test_tunnel_that_is_refused_is_the_proxys_failure(
    status: int, serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target was never asked, and nothing counts as sent."""
    proxy = serve(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{proxy.port}")
    client = connect("https://target.test")
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.PROXY
    assert str(status) in outcome.message
    assert "secret" not in outcome.message
    assert proxy.heads[0].startswith(b"CONNECT target.test:443 HTTP/1.1\r\n")
    assert client.sent == 0


def test_proxy_that_wants_credentials_is_not_the_target(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only proxies answer 407 (RFC 9110 section 15.5.8)."""
    proxy = serve(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    outcome = connect("http://target.test").exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.PROXY


def test_proxy_that_is_not_there(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says that it is the proxy that refuses."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{unused.getsockname()[1]}")
        outcome = connect("http://target.test").exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.PROXY


@pytest.mark.parametrize(
    ("target", "exempt", "is_used"),
    [
        ("http://target.test", "", True),
        ("http://target.test", "target.test", False),
        ("http://api.target.test", ".target.test", False),
        ("http://target.test", "*", False),
        ("http://localhost:8000", "", False),
        ("http://127.0.0.2", "", False),
        ("http://[::1]", "", False),
    ],
)
def test_who_goes_through_the_proxy(
    target: str, exempt: str, *, is_used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_PROXY exempts targets, and those on this machine never need a proxy."""
    monkeypatch.setenv("ALL_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", exempt)
    assert (Proxy.for_target(Address.parse(target)) is not None) is is_used


@pytest.mark.parametrize("url", ["socks5://p:1080", "https://p", "http://", "ftp://p"])
def test_proxy_of_another_kind_is_refused(
    url: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent, naming the variables to change."""
    monkeypatch.setenv("HTTP_PROXY", url)
    with pytest.raises(ValueError, match="NO_PROXY"):
        connect("http://target.test")


@pytest.mark.parametrize("reply", [None, b"SSH-2.0\r\n\r\n", b"HTTP/1.1 103 Early\r\n\r\n"])
def test_proxy_that_breaks_off_is_not_the_target(
    reply: bytes | None, serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tunnel never stood."""
    replies = iter([reply])
    proxy = serve(lambda _head: next(replies, None))
    proxy.wrap = closing_after_one_answer
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    outcome = connect("https://target.test").exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.PROXY
    assert "broke off, or does not speak HTTP" in outcome.message
