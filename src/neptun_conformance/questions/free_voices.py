"""Voices whose answer is partly free: what each leaves open, and which are asked together.

Each level is asked alone, once by who has no session, and in few rows by everybody else. Whatever
is free in the answer, it holds no data that the caller may not read, and is no server error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from neptun_conformance.exchange import Http2Form
from neptun_conformance.questions.clients import clients
from neptun_conformance.questions.situations import Question
from neptun_conformance.questions.voices import DIMENSIONS, Level, before, behind, header


class Free(Enum):
    """What a level outside the array leaves open; data and a 5xx never are, save where it says."""

    FORM = "the form of a body, the status is due"
    FORM_OR_406 = "the form of a body, or a 406"
    REFUSAL = "a 4xx or a redirect in place of the answer that is due"
    ANSWER = "the status and the form"
    CLOSED = "the status and the form, or a closed connection"
    NOTHING = "nothing, but the answer that is due is only a SHOULD"


@dataclass(frozen=True, slots=True)
class Alone:
    """A level that is asked alone, once for each kind of situation, and what it leaves free."""

    level: Level
    free: Free


_LONG = "x" * 5_000
_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/15E148 "

ALONE = (
    Alone(
        Level(
            name="accept-of-a-page",
            headers=(
                ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                ("Sec-Fetch-Site", "none"),
                ("Sec-Fetch-Mode", "navigate"),
                ("Sec-Fetch-Dest", "document"),
            ),
            real=True,
        ),
        Free.FORM,
    ),
    Alone(
        header(
            "accept-without-json",
            "Accept",
            "image/avif,image/webp,application/xml,text/csv,text/event-stream,"
            "application/vnd.api+json,application/hal+json,application/ld+json,"
            "application/vnd.neptun.v2+json,application/x-ndjson,application/msgpack,"
            "application/x-protobuf,application/graphql-response+json,application/pdf",
        ),
        Free.FORM_OR_406,
    ),
    Alone(header("origin-of-another-site", "Origin", "https://evil.example"), Free.REFUSAL),
    Alone(header("null-origin", "Origin", "null"), Free.REFUSAL),
    Alone(
        Level(
            name="cross-site",
            headers=(
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "no-cors"),
                ("Sec-Fetch-Dest", "image"),
                ("Referer", "https://evil.example/"),
            ),
        ),
        Free.REFUSAL,
    ),
    Alone(Level(name="no-user-agent", without=("User-Agent",)), Free.REFUSAL),
    Alone(
        header(
            "bot",
            "User-Agent",
            "kube-probe/1.27 ELB-HealthChecker/2.0 "
            "(compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        ),
        Free.REFUSAL,
    ),
    Alone(header("forwarded-for-this-host", "X-Forwarded-For", "127.0.0.1"), Free.REFUSAL),
    Alone(
        header("forwarded-for-a-row", "X-Forwarded-For", "10.0.0.1, 8.8.4.4, 10.0.0.5"),
        Free.REFUSAL,
    ),
    Alone(header("forwarded-by-https", "X-Forwarded-Proto", "https"), Free.REFUSAL),
    Alone(header("forwarded-by-http", "X-Forwarded-Proto", "http"), Free.REFUSAL),
    Alone(header("forwarded-host", "X-Forwarded-Host", "evil.example"), Free.REFUSAL),
    Alone(
        header("forwarded", "Forwarded", 'for=127.0.0.1;proto=http;host=evil.example, for="[::1]"'),
        Free.REFUSAL,
    ),
    Alone(header("long-user-agent", "User-Agent", _PHONE + _LONG), Free.ANSWER),
    Alone(header("long-referer", "Referer", "{origin}/" + _LONG), Free.ANSWER),
    Alone(header("language-outside-ascii", "Accept-Language", "d\xe9"), Free.CLOSED),
    Alone(header("another-host", "Host", "evil.example"), Free.CLOSED),
    Alone(
        before("attributes-before", "path=/x", "version=1", "expires=0", "domain=a"), Free.NOTHING
    ),
    Alone(before("version-and-json-before", "$Version=1", 'ui={"a":1,"b":[2]}'), Free.NOTHING),
    Alone(behind("blanks-behind", "name=Ann B, C", real=True), Free.NOTHING),
)
"""Levels whose answer is partly free, so that they are no part of the array."""

NOT_STORED = before("not-stored", "opened=just-now", real=True)
"""A cookie that nothing else in a run has: what a cache keeps by the cookie is not there yet."""

IN_FRENCH = Level(
    name="firefox-in-french",
    headers=(*clients()["firefox"].sent("User-Agent"), ("Accept-Language", "fr-FR,fr;q=0.9")),
    real=True,
)
"""A browser and a language that are no levels of the array, beside what leaves the form free."""

PATH_FIRST = Level(name="path-first", http2=Http2Form.PATH_FIRST, real=True)
"""Pseudo-header fields in another order than the suite's own, as clients differ in it."""

OVER_HTTP2 = (
    Alone(Level(name="host-beside-authority", http2=Http2Form.HOST_BESIDE), Free.REFUSAL),
    Alone(Level(name="scheme-in-capitals", http2=Http2Form.SCHEME_IN_CAPITALS), Free.CLOSED),
    Alone(Level(name="over-limits", new_connection=True, http2=Http2Form.USUAL), Free.CLOSED),
)
"""What can be asked over HTTP/2 alone; docs/http2.md rules on each."""

_BY_NAME = {alone.level.name: alone.level for alone in (*ALONE, *OVER_HTTP2)}


def _rows(*rows: tuple[str, ...]) -> tuple[tuple[Level, ...], ...]:
    return tuple(tuple(_BY_NAME[name] for name in row) for row in rows)


TOGETHER = _rows(
    ("no-user-agent", "forwarded-by-http", "long-referer"),
    ("origin-of-another-site", "forwarded-for-this-host"),
    ("null-origin", "forwarded-host", "long-user-agent"),
    ("cross-site", "forwarded-for-a-row"),
    ("bot", "forwarded-by-https"),
    ("language-outside-ascii", "forwarded"),
)
"""Levels of ``ALONE`` that no one filter looks at, for callers who ask by few requests."""

HOST_BESIDE, SCHEME_IN_CAPITALS, OVER_LIMITS = _rows(
    ("host-beside-authority",), ("scheme-in-capitals",), ("over-limits",)
)
OF_PAGES = (_BY_NAME["accept-of-a-page"], _BY_NAME["accept-without-json"])
ODD_COOKIES = _rows(("attributes-before",), ("version-and-json-before", "blanks-behind"))
ODD_TOGETHER = tuple((page, *row) for page, row in zip(OF_PAGES, ODD_COOKIES, strict=True))

_BESIDE = (*ALONE, *OVER_HTTP2)
_NAMES = {
    level: f"{dimension.name}={level.name}"
    for dimension in DIMENSIONS
    for level in dimension.levels[1:]
} | {
    level: level.name
    for level in (NOT_STORED, IN_FRENCH, PATH_FIRST, *(alone.level for alone in _BESIDE))
}
_NAMED = {name: level for level, name in _NAMES.items()}


def name_of(level: Level) -> str:
    """Return the name of a level that is not plain, unique among those of all voices."""
    return _NAMES[level]


def level_named(name: str) -> Level:
    """Return the level of a name.

    Raises:
        KeyError: if there is none.
    """
    return _NAMED[name]


_FREE = {alone.level: alone.free for alone in _BESIDE}


def left_free(voice: Iterable[Level]) -> frozenset[Free]:
    """Return what the levels of a voice leave open, nothing for those of the array."""
    return frozenset(_FREE[level] for level in voice if level in _FREE)


def in_free_voices(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return questions, each in a voice of one level, in the order of ``ALONE``.

    Arguments:
        questions: as many as there are levels.
    """
    pairs = zip(questions, ALONE, strict=True)
    return tuple(question.in_voice((alone.level,)) for question, alone in pairs)
