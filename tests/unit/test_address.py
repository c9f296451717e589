"""Base URLs are read as people write them, and refused in one line where they cannot be."""

from __future__ import annotations

import pytest

from neptun_conformance.exchange.address import Address


@pytest.mark.parametrize(
    ("url", "address", "authority"),
    [
        ("http://a.test", Address("http", "a.test", 80), "a.test"),
        ("HTTPS://A.test:443/", Address("https", "a.test", 443), "a.test"),
        ("http://a.test:8080/x/y/", Address("http", "a.test", 8080, "/x/y"), "a.test:8080"),
        ("http://[2001:db8::1]:81", Address("http", "2001:db8::1", 81), "[2001:db8::1]:81"),
        ("https://bücher.test", Address("https", "xn--bcher-kva.test", 443), "xn--bcher-kva.test"),
        ("http://a.test/%2F/ü", Address("http", "a.test", 80, "/%2F/%C3%BC"), "a.test"),
    ],
)
def test_base_url_is_taken_apart(url: str, address: Address, authority: str) -> None:
    """Hosts of every kind, ports by default, prefixes without a final slash."""
    assert Address.parse(url) == address
    assert address.authority == authority


@pytest.mark.parametrize(
    "url",
    ["http://a.test", "HTTPS://A.test:443/", "http://[0:0:0:0:0:0:0:1]:80/x/", "http://ü.test/ä|b"],
)
def test_an_address_in_words_is_the_same_address(url: str) -> None:
    """What a report says of a target names that target."""
    address = Address.parse(url)
    assert Address.parse(str(address)) == address
    assert str(address).isascii()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("a.test", "http://"),
        ("ftp://a.test", "only http and https"),
        ("http:a.test", "no scheme"),
        ("", "http://"),
        ("http://", "no host"),
        ("http://:80", "no host"),
        ("http://a.test:0", "port 0"),
        ("http://a.test:99999", "is not a URL"),
        ("http://a.test:x", "is not a URL"),
        ("http://[::1", "is not a URL"),
        ("http://me:secret@a.test", "Authorization"),
        ("http://a.test?x=1", "query"),
        ("http://a.test#x", "fragment"),
        ("http://a.test?", "query"),
        ("http://a.test/a b", "a space"),
        ("http://a.test\\a", "backslash"),
        ("http://a.test/a/../b", "path segment"),
        ("http://a|b", "host name"),
        ("http://a%41", "host name"),
        ("http://[v1.a]", "no IPv6 address"),
        ("http://a.test\n", "control"),
        ("http://xn--a.-ü.test", "internationalised"),
    ],
)
def test_base_url_that_cannot_be_used_is_named(url: str, words: str) -> None:
    """One line says what is wrong, without repeating what may be secret."""
    with pytest.raises(ValueError, match=words) as raised:
        Address.parse(url)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)
