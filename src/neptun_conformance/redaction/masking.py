"""Masks what a server hands out and what opens a door: queries of links, and cookies.

These are no secrets of the run, so nobody can look for them by their value; they are known by where
they stand.
"""

from __future__ import annotations

import re

MASK = "[masked]"

# Groups are repeated without going back by (?>…): Python 3.11.2 reads their shorter form, a plus
# sign behind the repeat, wrongly.
_QUERY = r"(?:\?|\\u003[fF])"
# Up to a quote, or the end of a line or tag.
_REST = r"""(?>(?:(?!'(?:,? |$))(?:\\.|[^"\\<>\r\n]))*)"""
_PATH = r"""(?>(?:(?!\\u003[fF]|:(?:\\?/){2})[^"<>?#\r\n\t])*)"""
_LINK = re.compile(r"(\b[A-Za-z][A-Za-z0-9+.-]{0,15}+:(?:\\?/){2}" + _PATH + ")" + _QUERY + _REST)
_MEMBER = re.compile(
    r'("url"\s*+:\s*+"(?>(?:\\(?!u003[fF]).|[^"\\?])*))' + _QUERY + r'(?>(?:\\.|[^"\\])*)'
)
_COOKIE = re.compile(r"^(\s*[^=;]+=)\s*[^;\s][^;]*")


def mask_links(text: str) -> str:
    """Return a text with `[masked]` for the query of every link in it: it may sign the link.

    Links are absolute URLs, plain or as JSON writes them, and whatever a member `url` holds. The
    text may be cut anywhere.
    """
    if "?" not in text and "\\u003" not in text:
        return text
    return _MEMBER.sub(rf"\1?{MASK}", _LINK.sub(rf"\1?{MASK}", text))


def mask_cookie(value: str) -> str:
    """Return the value of a Set-Cookie header without that of its cookie: it may be a session."""
    return _COOKIE.sub(rf"\1{MASK}", value)
