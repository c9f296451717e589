"""TLS works as set up, and its failures name their remedy."""

from __future__ import annotations

import socket
import ssl
import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import trustme

from neptun_conformance.client.failures import reason as why
from neptun_conformance.client.failures import tls_failed
from neptun_conformance.exchange import Failure, FailureKind, Request, Response

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.client.conftest import Connect, ScriptedServer, Serve

GET = Request("GET", "/")


def secure(
    server: ScriptedServer, certificate: trustme.LeafCert, client_ca: trustme.CA | None = None
) -> str:
    """Put TLS before a server and return its base URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if client_ca:
        client_ca.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    server.wrap = lambda sock: context.wrap_socket(sock, server_side=True)
    return f"https://127.0.0.1:{server.port}"


def failure(connect: Connect, url: str, **settings: object) -> Failure:
    """Make one exchange that must fail."""
    outcome = connect(url, **settings).exchange(GET).outcome
    assert isinstance(outcome, Failure)
    return outcome


def status(connect: Connect, url: str, **settings: object) -> int:
    """Make two exchanges that must be answered, over one connection."""
    client = connect(url, **settings)
    outcomes = [client.exchange(GET).outcome for _ in range(2)]
    assert isinstance(outcomes[0], Response), outcomes[0]
    assert isinstance(outcomes[1], Response), outcomes[1]
    return outcomes[0].status


def test_authority_from_a_bundle_is_trusted(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """--ca-bundle is how a private authority is trusted, and connections are kept over TLS."""
    server = serve()
    url = secure(server, authority.issue_cert("127.0.0.1"))
    assert status(connect, url, ca_bundle=bundle) == 200
    assert server.connections == 1


def test_insecure_takes_any_certificate(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    """--insecure checks neither name nor authority."""
    url = secure(serve(), authority.issue_cert("other.test"))
    assert status(connect, url, insecure=True) == 200


def test_unknown_authority_names_both_ways_out(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    """The message names the option that trusts and the one that does not look."""
    outcome = failure(connect, secure(serve(), authority.issue_cert("127.0.0.1")))
    assert outcome.kind is FailureKind.TLS
    assert "--ca-bundle" in outcome.message
    assert "--insecure" in outcome.message


def test_expired_certificate_is_told_apart(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """An expired certificate is not an unknown one."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = authority.issue_cert("127.0.0.1", not_after=yesterday)
    outcome = failure(connect, secure(serve(), certificate), ca_bundle=bundle)
    assert "has expired" in outcome.message


def test_wrong_name_is_told_apart(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """A certificate for another name is not an unknown one."""
    url = secure(serve(), authority.issue_cert("other.test"))
    assert "another name" in failure(connect, url, ca_bundle=bundle).message


def test_tls_asks_for_the_name_of_a_host_header(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """A server is tested by its address under another name, as with curl's --resolve."""
    url = secure(serve(), authority.issue_cert("api.test"))
    named = (("host", "api.test:8443"),)
    assert status(connect, url, ca_bundle=bundle, headers=named) == 200


def test_tls_to_a_plain_port_is_recognised(serve: Serve, connect: Connect) -> None:
    """The message says which scheme to use."""
    url = serve(b"HTTP/1.1 400 Bad Request\r\n\r\n").url.replace("http", "https")
    # The scripted server waits for the end of a request head, which a handshake never has.
    outcome = failure(connect, url, deadline=1)
    assert outcome.kind is FailureKind.TLS


def test_plain_to_a_tls_port_is_recognised(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    """Most servers just close then; the message says which scheme to try."""
    url = secure(serve(), authority.issue_cert("127.0.0.1"))
    assert "https://" in failure(connect, url.replace("https", "http")).message


def test_client_certificate_is_shown(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    """--client-cert and --client-key."""
    url = secure(serve(), authority.issue_cert("127.0.0.1"), client_ca=authority)
    mine = authority.issue_cert("me@client.test")
    mine.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    mine.private_key_pem.write_to_path(tmp_path / "key.pem")
    settings = {
        "client_cert": str(tmp_path / "cert.pem"),
        "client_key": str(tmp_path / "key.pem"),
    }
    assert status(connect, url, ca_bundle=bundle, **settings) == 200


def test_missing_client_certificate_names_the_option(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """The target's refusal is explained."""
    url = secure(serve(), authority.issue_cert("127.0.0.1"), client_ca=authority)
    outcome = failure(connect, url, ca_bundle=bundle)
    assert outcome.kind is FailureKind.TLS
    assert "--client-cert" in outcome.message


def test_tunnel_through_a_proxy(
    authority: trustme.CA,
    bundle: str,
    serve: Serve,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An https target behind a proxy is checked under its own name (RFC 9110 section 9.3.6)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("target.test").configure_cert(context)
    proxy = serve(lambda head: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" if head else None)

    class Tunnel:
        """Answers CONNECT in the clear and all that follows over TLS."""

        def __init__(self, sock):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
            self.sock = sock

        def __getattr__(self, name: str) -> object:
            return getattr(self.sock, name)

        def sendall(self, octets: bytes) -> None:
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock.sendall(octets)
                return
            self.sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self.sock = context.wrap_socket(self.sock, server_side=True)

    proxy.wrap = Tunnel  # type: ignore[assignment]
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    assert status(connect, "https://target.test", ca_bundle=bundle) == 200
    assert b"CONNECT target.test:443 " in proxy.heads[0]
    assert proxy.heads[1].startswith(b"GET / HTTP/1.1\r\n")


@pytest.mark.parametrize("option", ["ca_bundle", "client_cert"])
@pytest.mark.parametrize("content", [None, "", "not a certificate"])
def test_certificate_file_that_cannot_be_used_is_named(
    option: str, content: str | None, connect: Connect, tmp_path: Path
) -> None:
    """Before anything is sent, one line names the file."""
    path = tmp_path / "file.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ValueError, match=r"file\.pem") as raised:
        connect("https://target.test", **{option: str(path)})
    assert "\n" not in str(raised.value)


def test_certificate_that_is_not_valid_yet_is_told_apart(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect
) -> None:
    """A clock that is wrong is the usual cause."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    certificate = authority.issue_cert("127.0.0.1", not_before=tomorrow)
    outcome = failure(connect, secure(serve(), certificate), ca_bundle=bundle)
    assert "not valid yet" in outcome.message


def test_self_signed_certificate_is_told_apart(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    """It can be trusted by itself, as its own authority."""
    server = serve()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with authority.cert_pem.tempfile() as cert, authority.private_key_pem.tempfile() as key:
        context.load_cert_chain(cert, key)
    server.wrap = lambda sock: context.wrap_socket(sock, server_side=True)
    outcome = failure(connect, f"https://127.0.0.1:{server.port}")
    assert "is self-signed" in outcome.message


def test_client_certificate_of_another_authority_is_told_apart(
    authority: trustme.CA, bundle: str, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    """The target knows its own authorities only."""
    url = secure(serve(), authority.issue_cert("127.0.0.1"), client_ca=authority)
    trustme.CA().issue_cert("me@client.test").private_key_and_cert_chain_pem.write_to_path(
        tmp_path / "mine.pem"
    )
    outcome = failure(connect, url, ca_bundle=bundle, client_cert=str(tmp_path / "mine.pem"))
    assert "does not accept the client certificate" in outcome.message


def test_handshake_that_is_reset_says_so(serve: Serve, connect: Connect) -> None:
    """Neither the certificate nor the scheme is to blame then."""
    server = serve()
    server.wrap = _resetting
    outcome = failure(connect, f"https://127.0.0.1:{server.port}")
    assert outcome.kind is FailureKind.TLS
    assert "broke the handshake off" in outcome.message


def _resetting(sock: socket.socket) -> socket.socket:
    sock.recv(1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()
    return sock


def test_authorities_may_lie_in_a_folder(
    authority: trustme.CA, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    """One without their hashes holds none (OpenSSL's c_rehash makes them)."""
    url = secure(serve(), authority.issue_cert("127.0.0.1"))
    assert "--ca-bundle" in failure(connect, url, ca_bundle=str(tmp_path)).message


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("TLSV1_ALERT_PROTOCOL_VERSION", "the handshake failed (tlsv1 alert protocol version)"),
        (None, "the handshake failed (closed by the target)"),
    ],
)
def test_any_other_failure_of_a_handshake_quotes_its_reason(reason: str | None, words: str) -> None:
    """OpenSSL's word for it can be looked up."""
    error = ssl.SSLError()
    error.reason = reason  # type: ignore[assignment]
    assert words in tls_failed("the target", error).failure.message


def test_an_error_without_words_is_named() -> None:
    """Python's own errors have neither number nor text."""
    assert why(OSError()) == "OSError"
    unnamed = OSError()
    unnamed.errno = 104
    assert why(unnamed) == "connection reset by peer"
