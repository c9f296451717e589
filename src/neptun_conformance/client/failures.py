"""Why an attempt broke off, in one line that names the cause and what to do about it.

Nothing that the target sent is repeated in these lines: it may hold a secret of the run.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping

from neptun_conformance.exchange import Failure, FailureKind

CERTIFICATE_EXPIRED = 10
CERTIFICATE_NOT_YET_VALID = 9
SELF_SIGNED = (18, 19)
WRONG_NAME = (62, 64)

_ONLY_2 = "the target speaks HTTP/2 only: use --http 2, and --http2-prior-knowledge in plain text"
_ONLY_1 = "the target speaks HTTP/1.1 here, not HTTP/2: use --http 1.1"
_NEITHER = {
    b"\x15\x03": "the target speaks TLS on this port: use https:// in the base URL",
    b"\x16\x03": "the target speaks TLS on this port: use https:// in the base URL",
    b"SSH-": "this is an SSH port, not an HTTP one: check the base URL's port",
    b"220": "this is a mail or FTP port, not an HTTP one: check the base URL's port",
}
_NOT_1 = {**_NEITHER, b"\x00\x00": _ONLY_2, b"PRI ": _ONLY_2}
_NOT_2 = {**_NEITHER, b"HTTP/": _ONLY_1}


class BrokenOff(Exception):
    """An attempt ended without a complete answer; carries the failure to record."""

    def __init__(self, kind: FailureKind, message: str, *, status: int | None = None) -> None:
        """Keep the failure that the exchange will show."""
        super().__init__(message)
        self.failure = Failure(kind, message, status)


class StaleConnectionError(BrokenOff):
    """A kept-alive connection turned out to be closed before any octet of an answer came.

    Servers may close idle connections at any time; that is no fault (RFC 9112 section 9.3.1).

    Attributes:
        fresh: whether the request is to be repeated on a connection that is not shared.
    """

    fresh = True


class UnprocessedError(StaleConnectionError):
    """The target says that it did nothing about a request, which may be repeated at once.

    It refused the stream, or ended the connection before it (RFC 9113 section 8.7).
    """

    fresh = False


def reason(error: OSError) -> str:
    """Return the system's own words for an error, without addresses and numbers around them."""
    if error.strerror:
        return error.strerror.lower()
    return os.strerror(error.errno).lower() if error.errno else type(error).__name__


def not_http(first_octets: bytes, detail: str, *, status: int | None = None) -> BrokenOff:
    """Explain an answer that is not HTTP/1.1 by how it begins, or by what is wrong later."""
    words = _recognised(first_octets, _NOT_1) or f"the answer is not valid HTTP/1.1: {detail}"
    return BrokenOff(FailureKind.PROTOCOL, words, status=status)


def not_http2(first_octets: bytes, detail: str) -> str:
    """Explain what is not HTTP/2 by how it begins, or by what is wrong later, in one line."""
    return _recognised(first_octets, _NOT_2) or f"the answer is not valid HTTP/2: {detail}"


def _recognised(first_octets: bytes, protocols: Mapping[bytes, str]) -> str | None:
    return next(
        (words for start, words in protocols.items() if first_octets.startswith(start)), None
    )


def tls_failed(place: str, error: ssl.SSLError) -> BrokenOff:
    """Explain a TLS error, at the handshake or later."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return BrokenOff(FailureKind.TLS, f"TLS to {place}: {_certificate(error)}")
    return BrokenOff(FailureKind.TLS, f"TLS to {place}: {_handshake(error)}")


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    skip = "--insecure goes on without checking it"
    if error.verify_code == CERTIFICATE_EXPIRED:
        return f"the certificate has expired: renew it; {skip}"
    if error.verify_code == CERTIFICATE_NOT_YET_VALID:
        return f"the certificate is not valid yet: check the clocks; {skip}"
    if error.verify_code in WRONG_NAME:
        return f"the certificate is for another name: check the base URL's host; {skip}"
    if error.verify_code in SELF_SIGNED:
        return f"the certificate is self-signed: name it, or its authority, by --ca-bundle; {skip}"
    return (
        f"the certificate cannot be trusted ({error.verify_message}): "
        f"name its authority by --ca-bundle; {skip}"
    )


def _handshake(error: ssl.SSLError) -> str:
    name = (error.reason or "").upper()
    if name in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"}:
        return "the target does not speak TLS on this port: use http:// in the base URL"
    if "CERTIFICATE_REQUIRED" in name or "HANDSHAKE_FAILURE" in name:
        return "the target refused the handshake; it may want a client certificate: --client-cert"
    if "UNKNOWN_CA" in name or "BAD_CERTIFICATE" in name:
        return "the target does not accept the client certificate: check --client-cert"
    detail = name.replace("_", " ").lower() or "closed by the target"
    return f"the handshake failed ({detail}): see which versions of TLS the target takes"
