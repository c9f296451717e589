"""What the texts of a target must look like to be sent in a request."""

from __future__ import annotations

import re

from neptun_conformance.exchange.address import Address
from neptun_conformance.settings import BOTH

HTTP_VERSIONS = ("1.1", "2", "2-prior-knowledge", "auto")
# RFC 9110, section 5.6.2: a field name is a token.
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# Visible characters of ISO 8859-1: what goes into a header byte for byte.
UNSENDABLE_IN_COOKIE = re.compile(r"[^\x21-\x3a\x3c-\x7e\xa1-\xff]")
UNSENDABLE_IN_HEADER = re.compile(r"[^\x20-\x7e\xa0-\xff]")
# Fields that a check sets itself, or that change what a plain request means.
RESERVED_HEADERS = frozenset(
    # One list of words reads better than thirty quoted ones.
    """accept-encoding access-control-request-headers access-control-request-method connection
    content-encoding content-length content-type cookie expect if-match if-modified-since
    if-none-match if-range if-unmodified-since keep-alive origin proxy-connection range te trailer
    transfer-encoding upgrade""".split()  # noqa: SIM905
)


def encodable(value: str) -> str:
    """Return `value` if UTF-8 can express it; raises ValueError where it holds half a pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("contains half of a surrogate pair, which is not a character") from None
    return value


def sendable_session(value: str) -> str:
    """Return `value` if it can stand in a Cookie header as it is.

    Wider than RFC 6265's cookie-octet, because real sessions are: quotes, commas and backslashes
    pass. Raises ValueError, never quoting the value.
    """
    if not value:
        raise ValueError("is empty")
    if wrong := UNSENDABLE_IN_COOKIE.search(value):
        raise ValueError(
            f"cannot stand in a Cookie header: character {wrong.start() + 1} is {_named(wrong[0])}"
        )
    return value


def _sendable_host(value: str) -> None:
    """Raise ValueError where a text is no host with perhaps a port (RFC 9110 section 7.2)."""
    try:
        address = Address.parse(f"http://{value}")
    except ValueError:
        address = None
    if address is None or address.prefix:
        raise ValueError("is not a host, with or without a port, such as api.example.com")


def sendable_header(name: str, value: str) -> None:
    """Raise ValueError where a header field cannot be sent with every request."""
    if not TOKEN.fullmatch(name):
        raise ValueError("is not a header name (RFC 9110 allows letters, digits and -_.)")
    if name.lower() in RESERVED_HEADERS:
        raise ValueError("is a header that the suite sets itself: remove it")
    if not value:
        raise ValueError("is empty")
    if name.lower() == "host":
        _sendable_host(value)
    if value != value.strip():
        raise ValueError("begins or ends with a space")
    if wrong := UNSENDABLE_IN_HEADER.search(value):
        raise ValueError(
            f"cannot stand in a header: character {wrong.start() + 1} is {_named(wrong[0])}"
        )


def http(value: str) -> str:
    """Return `value` if it is a version of HTTP that is spoken; raises ValueError where not."""
    if value == BOTH:
        raise ValueError("is for runs, --plan and doctor: name one version here")
    if value not in HTTP_VERSIONS:
        raise ValueError(f"is none of {', '.join(HTTP_VERSIONS)}")
    return value


def base_url(value: str) -> str:
    """Return `value` in the form that is sent (ASCII, no slash at the end).

    Takes an absolute http or https URL with a host and perhaps a path (RFC 3986, section 4.3).
    Raises ValueError with what is wrong; user info is never quoted.
    """
    return str(Address.parse(encodable(value)))


def _named(character: str) -> str:
    names = {" ": "a space", ";": "a semicolon", "\n": "a line end", "\r": "a line end"}
    return names.get(character, f"U+{ord(character):04X}")
