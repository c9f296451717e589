"""The base URL, taken apart once: where to connect, what to call the host, what to put in front."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_AS_IT_IS = "%/:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a target is.

    Arguments:
        scheme: ``http`` or ``https``.
        host: name in its ASCII form (RFC 5891), or an IP address without brackets.
        port: TCP port.
        prefix: path that precedes every request target, without a final slash; may be empty.
    """

    scheme: str
    host: str
    port: int
    prefix: str = ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take a base URL apart.

        Raises:
            ValueError: one line that says what is wrong with the URL, without repeating secrets.
        """
        parts = _split(url)
        host = _ascii_host(parts.hostname or "")
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
        return cls(parts.scheme, host, port, quote(parts.path.rstrip("/"), safe=_PATH_AS_IT_IS))

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header names them (RFC 9110 section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def place(self) -> str:
        """Host and port in words for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine (RFC 6761 section 6.3, RFC 5735, RFC 4291)."""
        address = literal(self.host)
        if address is None:
            return self.host == "localhost" or self.host.endswith(".localhost")
        return address.is_loopback


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the host as an IP address, or None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    if any(character.isspace() or not character.isprintable() for character in url):
        message = "the base URL holds blanks or control characters"
        raise ValueError(message)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        message = f"the base URL cannot be read: {error}"
        raise ValueError(message) from None
    problem = _problem(parts)
    if problem:
        message = f"the base URL {problem}"
        raise ValueError(message)
    return parts


def _problem(parts: SplitResult) -> str | None:
    if parts.scheme not in DEFAULT_PORTS:
        return "must begin with http:// or https://"
    if not parts.hostname:
        return "names no host"
    if parts.port == 0:
        return "names port 0, to which nothing can connect"
    if "@" in parts.netloc:
        return "holds user info; give it as an Authorization header instead"
    if parts.query or parts.fragment:
        return "must not have a query or a fragment"
    return None


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        message = f"the base URL's host is no valid internationalised name: {error}"
        raise ValueError(message) from None
