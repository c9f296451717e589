"""A request in a voice: everything about it that must not matter, put on what was asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from neptun_conformance.exchange import Request
from neptun_conformance.exchange.address import Address
from neptun_conformance.questions.clients import clients
from neptun_conformance.questions.situations import Voice
from neptun_conformance.questions.voices import Level
from neptun_conformance.resolve.liberties import LONGEST_PLAIN_HEADER, as_sent
from neptun_conformance.targets.model import Target


def in_voice(request: Request, voice: Voice, target: Target) -> Request:
    """Return a request in a voice.

    A header that the target file sets is in no voice, nor is a cookie that would make a header
    longer than proxies let pass.

    Arguments:
        request: the request in the plain voice.
        voice: the levels in which it is to differ.
        target: the target.
    """
    if not voice:
        return request
    origin = _origin(target.base_url, target.headers.get("host"))
    levels = [level for level in voice if not _touches(level, target)]
    headers = request.headers
    for level in levels:
        own = tuple((name, value.replace("{origin}", origin)) for name, value in level.headers)
        headers = _with_cookies(headers, level) + own
    return replace(
        request,
        headers=headers,
        without=request.without.union(name.lower() for level in levels for name in level.without),
        lower_case=request.lower_case or any(level.lower_case for level in levels),
        fresh=request.fresh or any(level.new_connection for level in levels),
        http2=next((level.http2 for level in levels if level.http2), request.http2),
    )


def by_the_documented_client(request: Request) -> Request:
    """Return a request as the documentation's own client sends it, with the headers it adds."""
    own = clients()["httpx"].sent("Accept", "Accept-Encoding", "Connection", "User-Agent")
    names = frozenset({"x-conformance-run"})
    return replace(request, headers=own + request.headers, without=names, documented=True)


def _touches(level: Level, target: Target) -> bool:
    if not target.headers:
        return False
    names = {name.lower() for name, _ in level.headers} | {name.lower() for name in level.without}
    return bool(names & target.headers.keys())


def _with_cookies(
    headers: tuple[tuple[str, str], ...], level: Level
) -> tuple[tuple[str, str], ...]:
    if not (level.before or level.behind):
        return headers
    shown = [value for name, value in headers if name.lower() == "cookie"]
    cookies = "; ".join([*level.before, *shown, *level.behind])
    if as_sent("Cookie", cookies) > LONGEST_PLAIN_HEADER:
        return headers
    return (*((n, v) for n, v in headers if n.lower() != "cookie"), ("Cookie", cookies))


@lru_cache(maxsize=8)
def _origin(base_url: str, host: str | None) -> str:
    address = Address.parse(base_url)
    return f"{address.scheme}://{address.authority if host is None else host}"
