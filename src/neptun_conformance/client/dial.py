"""From an address to a connected socket: names, TCP, unix sockets, TLS."""

from __future__ import annotations

import errno
import socket
import ssl
import threading
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from neptun_conformance.client.failures import BrokenOff, reason, tls_failed
from neptun_conformance.exchange import FailureKind
from neptun_conformance.exchange.address import literal

if TYPE_CHECKING:
    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.settings import Settings

AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]


def tcp(
    host: str, port: int, place: str, deadline: Deadline, failed: set[object] | None = None
) -> socket.socket:
    """Connect to a host, trying each of its addresses with a fair share of the time left.

    Arguments:
        host: a name or an address.
        port: where it listens.
        place: what messages call it.
        deadline: when the connection must stand.
        failed: addresses that took no connection before, which are tried last; kept up to date.

    Raises:
        BrokenOff: the name does not resolve, or no address takes the connection.
    """
    failed = set() if failed is None else failed
    infos = sorted(_resolve(host, port, deadline), key=lambda info: info[4] in failed)
    error = OSError(errno.EADDRNOTAVAIL, "no address")
    for number, info in enumerate(infos):
        try:
            sock = _connect(info, deadline.left() / (len(infos) - number))
        except OSError as problem:
            error = problem
            failed.add(info[4])
        else:
            failed.discard(info[4])
            return sock
    raise _no_connection(place, error)


def unix(path: str, deadline: Deadline) -> socket.socket:
    """Connect to a unix socket.

    Raises:
        BrokenOff: nobody listens there.
    """
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.settimeout(deadline.left())
        sock.connect(path)
    except OSError as error:
        sock.close()
        raise _no_connection(f"the unix socket {path}", error) from None
    return sock


def tls_context(settings: Settings) -> ssl.SSLContext:
    """Prepare TLS once for all connections of a run (it costs some 20 ms).

    Raises:
        ValueError: a certificate file cannot be used; one line names it.
    """
    context = _trusting(settings.ca_bundle)
    if settings.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if settings.client_cert:
        try:
            context.load_cert_chain(settings.client_cert, settings.client_key, password="")
        except OSError as error:
            message = f"client certificate {settings.client_cert}: {_unusable(error)}"
            raise ValueError(message) from None
    return context


def tls(
    sock: socket.socket, context: ssl.SSLContext, name: str, place: str, deadline: Deadline
) -> ssl.SSLSocket:
    """Start TLS on a connected socket, which is closed if that fails.

    Arguments:
        sock: the socket.
        context: whom to trust.
        name: the host that is asked for, and that the certificate must be for.
        place: what messages call the other side.
        deadline: when the handshake must be over.

    Raises:
        BrokenOff: the handshake failed, or did not end in time.
    """
    try:
        sock.settimeout(deadline.left())
        return context.wrap_socket(sock, server_hostname=name)
    except TimeoutError:
        sock.close()
        message = (
            f"TLS to {place}: the handshake was not over in time: "
            "use http:// if the server does not speak TLS there"
        )
        raise BrokenOff(FailureKind.TLS, message) from None
    except ssl.SSLError as error:
        sock.close()
        raise tls_failed(place, error) from None
    except (OSError, ValueError) as error:
        sock.close()
        words = reason(error) if isinstance(error, OSError) else str(error)
        message = f"TLS to {place}: the target broke the handshake off ({words})"
        raise BrokenOff(FailureKind.TLS, message) from None


def _trusting(ca_bundle: str | None) -> ssl.SSLContext:
    if ca_bundle is None:
        return ssl.create_default_context()
    try:
        if Path(ca_bundle).is_dir():
            return ssl.create_default_context(capath=ca_bundle)
        return ssl.create_default_context(cafile=ca_bundle)
    except OSError as error:
        message = f"CA bundle {ca_bundle}: {_unusable(error)}"
        raise ValueError(message) from None


def _unusable(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return "holds no usable PEM certificate, or its key is missing or needs a passphrase"
    return reason(error)


def _resolve(host: str, port: int, deadline: Deadline) -> list[AddressInfo]:
    if literal(host) is not None:
        return _look_up_literal(host, port)
    # The system's resolver knows no time limit, so it gets a thread that nobody waits for.
    found: SimpleQueue[list[AddressInfo] | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            found.put(_look_up(host, port))
        except (OSError, UnicodeError) as error:
            found.put(error if isinstance(error, OSError) else OSError(0, "not a host name"))

    threading.Thread(target=look_up, daemon=True).start()
    try:
        result = found.get(timeout=deadline.left())
    except Empty:
        message = f"the name {host} was not resolved in time: check DNS and the network"
        raise BrokenOff(FailureKind.RESOLVE, message) from None
    if isinstance(result, OSError):
        words = result.strerror or str(result)
        message = f"the name {host} does not resolve ({words}): check the base URL and DNS"
        raise BrokenOff(FailureKind.RESOLVE, message)
    return result


@lru_cache(maxsize=16)
def _look_up_literal(host: str, port: int) -> list[AddressInfo]:
    return _look_up(host, port)


def _look_up(host: str, port: int) -> list[AddressInfo]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]


def _connect(info: AddressInfo, seconds: float) -> socket.socket:
    family, kind, protocol, _, address = info
    sock = socket.socket(family, kind, protocol)
    try:
        # Before the connection stands: one that is reset at once takes no options any more.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(seconds)
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


def _no_connection(place: str, error: OSError) -> BrokenOff:
    if isinstance(error, ConnectionResetError):
        return BrokenOff(FailureKind.DROPPED, f"{place} resets connections as soon as they stand")
    if isinstance(error, TimeoutError):
        words = "does not answer: check the address, and any firewall in between"
    elif isinstance(error, ConnectionRefusedError):
        words = "refuses connections: is the server running, and the address right?"
    else:
        words = (
            f"cannot be reached ({reason(error)}): check the address, and the network in between"
        )
    return BrokenOff(FailureKind.CONNECT, f"{place} {words}")
