"""The base URL, taken apart once: where to connect, what to call the host, what to put in front."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import SplitResult, quote, unquote, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_AS_IT_IS = "%/:@!$&'()*+,;=~"
# RFC 3986's reg-name without percent-encoding, which no resolver takes.
_NAME = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=-]+")


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
    @lru_cache(maxsize=64)
    def parse(cls, url: str) -> Self:
        """Take a base URL apart: an absolute http or https URL (RFC 3986 section 4.3), no query.

        Raises:
            ValueError: one line that says what is wrong with the URL, without repeating secrets.
        """
        parts = _split(url)
        host = _host(parts.netloc, parts.hostname or "")
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
        return cls(parts.scheme, host, port, quote(parts.path.rstrip("/"), safe=_PATH_AS_IT_IS))

    def __str__(self) -> str:
        """Return the base URL as it is sent: ASCII, without a default port or a final slash."""
        return f"{self.scheme}://{self.authority}{self.prefix}"

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


@lru_cache(maxsize=64)
def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the host as an IP address, or None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _split(url: str) -> SplitResult:
    if any(not character.isprintable() or character in " \\" for character in url):
        raise ValueError("contains a space, a control character or a backslash")
    if "://" not in url:
        raise ValueError("has no scheme: write http:// or https:// before it")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is not a URL ({error})") from None
    problem = _problem(parts, url)
    if problem:
        raise ValueError(problem)
    return parts


def _problem(parts: SplitResult, url: str) -> str | None:
    problems = (
        (
            parts.scheme not in DEFAULT_PORTS,
            f"has the scheme {parts.scheme!r}: only http and https are supported",
        ),
        (
            "@" in parts.netloc,
            "contains a user or password: send an Authorization header instead",
        ),
        (not parts.hostname, "has no host"),
        (parts.port == 0, "has port 0, to which nothing can connect"),
        ("?" in url or "#" in url, "contains a query or fragment: only a path may follow the host"),
        (
            not {".", ".."}.isdisjoint(parts.path.split("/")),
            "holds . or .. as a path segment: write the path that they lead to",
        ),
    )
    return next((words for wrong, words in problems if wrong), None)


def _host(netloc: str, host: str) -> str:
    """Return a host as it is connected to: an IP address in its short form, or an ASCII name."""
    if netloc.startswith("["):
        address = literal(unquote(host))
        if address is None:
            raise ValueError("has no IPv6 address in its brackets")
        return str(address)
    name = _ascii(host)
    if not _NAME.fullmatch(name):
        raise ValueError("has a host name with a character that is not allowed")
    return name


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(
            f"has a host that is not a valid internationalised name: {error}"
        ) from None
