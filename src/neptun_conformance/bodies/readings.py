"""Keeps what bodies of a run say, so that none is judged again that says nothing new.

Servers sign their links anew in each answer, so that a list of 100,000 files is never the same
twice. Of two large bodies that differ in nothing but the paths and queries of sound links, only the
first is judged.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

from neptun_conformance.bodies import success
from neptun_conformance.bodies.success import Reading
from neptun_conformance.exchange import Response

LARGE = 256 * 1024
"""Octets of a body from which on its judgement costs more than to find what is new in it."""

MOST_LARGE = 4
"""Judgements of large bodies that are kept: each may hold tens of megabytes."""

_FIRST_LINKS = 200
"""Links of a body that are told apart: the first ones are quoted, followed and looked for."""

_MOST_ESCAPES = 1_000
"""Escapes in a link beyond which it is judged as any other text: each takes memory to find."""

# Neither a quote nor an escape but of these three characters, which some servers write so: with any
# such value in their place, two texts are the same JSON (RFC 8259 section 7).
_PLAIN = rb"[!#-;=?-\[\]^-~]*"
_CHARACTERS = rb"%b(?:\\(?:/|u00(?:26|2[bB]|3[dD]))%b){0,%d}" % (_PLAIN, _PLAIN, _MOST_ESCAPES)
_LINK = re.compile(
    rb'"url"(?<=[^\\]"url")([ \t\r\n]*:[ \t\r\n]*"https?:(?:\\?/){2}[^"\\/?#]+)'
    rb"((?:\\?/)%b)(?=\")" % _CHARACTERS
)

_Key = tuple[object, ...]


class _Parts(NamedTuple):
    """A body, apart from its sound links: what is left, where they lead, and the first of them."""

    number: int
    rest: bytes
    origins: frozenset[bytes]
    links: list[str]


class _Sound(NamedTuple):
    """A reading without a problem, of whom it was asked, and its first links."""

    reading: Reading
    asked_id: int | None
    links: list[str]

    def with_other(self, links: list[str], asked_id: int | None) -> Reading | None:
        """Return the reading with other links, None where that is not known.

        What is right for a chat that was asked for is so where none was.
        """
        if asked_id not in {None, self.asked_id} or len(set(self.links)) < len(self.links):
            return None
        now = dict(zip(self.links, links, strict=True))
        reading = self.reading if asked_id == self.asked_id else success.of_any_chat(self.reading)
        if not all(link.url in now for link in reading.links):
            return None
        return replace(
            reading,
            links=tuple(replace(link, url=now[link.url]) for link in reading.links),
            texts=tuple(now.get(text, text) for text in reading.texts),
        )


class Readings:
    """What each body says, by the body."""

    def __init__(self) -> None:
        """Begin without any."""
        self._small: dict[_Key, Reading] = {}
        self._large: dict[_Key, Reading] = {}
        self._but_links: dict[_Key, _Sound] = {}

    def of(self, response: Response, *, asked_id: int | None) -> Reading:
        """Return what a 200 says, judged unless that is known.

        Arguments:
            response: the answer.
            asked_id: the number of the chat that its files must belong to, None where that is open.
        """
        about = (tuple(response.header_values("Content-Type")), response.body_problem)
        if len(response.body) >= LARGE:
            return self._of_large(response, asked_id, about)
        key = (sha256(response.body).digest(), asked_id, *about)
        if key not in self._small:
            self._small[key] = success.read(response, asked_id=asked_id)
        return self._small[key]

    def _of_large(self, response: Response, asked_id: int | None, about: _Key) -> Reading:
        parts = _parts(response.body)
        alike = (parts.number, parts.rest, parts.origins, *about)
        known = self._but_links.get(alike)
        relinked = known and known.with_other(parts.links, asked_id)
        if relinked is not None:
            return relinked
        key = (sha256(response.body).digest(), asked_id, *about)
        if key not in self._large:
            reading = self._shared(success.read(response, asked_id=asked_id))
            _keep(self._large, key, reading)
            if reading.complete and not reading.problems:
                _keep(self._but_links, alike, _Sound(reading, asked_id, parts.links))
        return self._large[key]

    def _shared(self, reading: Reading) -> Reading:
        """Let equal lists of files be one object."""
        for known in self._large.values():
            if known.files == reading.files:
                return replace(reading, files=known.files)
        return reading


def _keep(kept: dict[_Key, Any], key: _Key, value: Any) -> None:
    while len(kept) >= MOST_LARGE:
        del kept[next(iter(kept))]
    kept[key] = value


def _parts(body: bytes) -> _Parts:
    pieces = _LINK.split(body)
    links = [
        json.loads(b'"' + origin[origin.index(b'"') + 1 :] + path + b'"')
        for origin, path in zip(
            pieces[1 : 3 * _FIRST_LINKS : 3], pieces[2 : 3 * _FIRST_LINKS : 3], strict=True
        )
    ]
    # No JSON holds the octet zero, so that it shows where, and by their number that only there,
    # a link was.
    rest = sha256(b"\0".join(pieces[::3])).digest()
    return _Parts(len(pieces), rest, frozenset(pieces[1::3]), links)
