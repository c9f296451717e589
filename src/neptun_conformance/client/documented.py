"""The client that the documentation shows, as itself: httpx's AsyncClient, one request each.

It is the client of the target's users, so nothing about it is ours but the target's own headers,
and the way to the target: its certificate authorities, its Unix socket, its application in process.
httpx reads the environment's proxies itself, as it does for everybody. Only the content codings are
undone by us: httpx does not read every form of gzip that a server may send, and has no bound.
"""

from __future__ import annotations

import logging
import ssl
import sys
import threading
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from neptun_conformance.client.decoding import UndecodableError, decoded
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.exchange import BodyKind, BodyProblem, FailureKind, Request, Response

_ONCE = threading.RLock()
"""Held while something is made that all documented clients of a process share."""
_COMMAND = "httpx._main"
_IN_PLAIN_TEXT = {"http1": False, "http2": True}
"""What httpx needs to speak HTTP/2 over ``http://``; else it speaks HTTP/1.1, as documented."""

if TYPE_CHECKING:
    from neptun_conformance.client.cycle import Application
    from neptun_conformance.client.settings import Settings


def get(request: Request, settings: Settings, app: Application | None, seconds: float) -> Response:
    """Send a request as the documentation's example does.

    Arguments:
        request: what to ask for; of its headers the session's cookie goes out.
        settings: where the target is, and how to reach it.
        app: an ASGI application to call in this process.
        seconds: how long it may take in all.

    Raises:
        BrokenOff: httpx raised; the message says what.
        TimeoutError: no complete answer came in time.
    """
    import asyncio

    return asyncio.run(asyncio.wait_for(_got(request, settings, app), seconds))


async def _got(request: Request, settings: Settings, app: Application | None) -> Response:
    httpx = _httpx()
    cookies = [value for name, value in request.headers if name.lower() == "cookie"]
    own = [*settings.headers, *(("Cookie", value) for value in cookies)]
    transport: Any = httpx.ASGITransport(app, raise_app_exceptions=False) if app else None
    version = _IN_PLAIN_TEXT if settings.http == "2-prior-knowledge" else {}
    how: Any = {"verify": _verified(settings), **version}
    if settings.uds:
        transport = httpx.AsyncHTTPTransport(uds=settings.uds, **how)
    try:
        async with httpx.AsyncClient(transport=transport, **how) as client:
            url = settings.base_url.rstrip("/") + request.target
            asked_for = {"sni_hostname": settings.name}
            async with client.stream(
                "GET", url, headers=own, timeout=settings.deadline, extensions=asked_for
            ) as answer:
                return await _read(answer, settings.max_body)
    except httpx.TimeoutException:
        raise TimeoutError from None
    except Exception as error:  # noqa: BLE001 - not all are httpx's own: a Location may raise
        message = f"the documented client (httpx) got no answer: {type(error).__name__}"
        raise BrokenOff(FailureKind.PROTOCOL, message) from None


async def _read(answer: Any, limit: int) -> Response:
    """Read an answer of httpx, of whose content no more than ``limit`` octets are taken."""
    wire = bytearray()
    async for piece in answer.aiter_raw():
        wire += piece
        if len(wire) > limit:
            break
    content, problem = _content(bytes(wire), answer.headers.get("Content-Encoding", ""), limit)
    headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in answer.headers.raw)
    return Response(
        answer.status_code,
        headers,
        content,
        wire_size=len(wire),
        http_version=answer.http_version,
        body_problem=problem,
    )


def _content(wire: bytes, coding: str, limit: int) -> tuple[bytes, BodyProblem | None]:
    if len(wire) > limit:
        return b"", BodyProblem(BodyKind.TOO_LARGE, f"over {limit} bytes (--max-body)")
    try:
        return b"".join(decoded([wire], coding, limit)), None
    except UndecodableError as error:
        return b"", BodyProblem(error.kind, str(error))


def prepare() -> None:
    """Import now, once for a process, what is otherwise imported with the first request."""
    with _ONCE:
        _import_all()


@cache
def _import_all() -> None:
    _httpx().AsyncHTTPTransport(verify=_trusting_nobody())
    import anyio

    anyio.run(anyio.sleep, 0)


def _httpx() -> Any:
    """Import httpx, when it is first needed, without its command line.

    That brings a library for terminals along, and takes longer than all else of httpx, which does
    without it where it cannot be imported.
    """
    with _ONCE:
        is_left_out = "httpx" not in sys.modules and _COMMAND not in sys.modules
        if is_left_out:
            sys.modules[_COMMAND] = None  # type: ignore[assignment]
        try:
            import httpx
        finally:
            if is_left_out:
                del sys.modules[_COMMAND]
    # They log every header, sessions among them, for whoever listens.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx


def _verified(settings: Settings) -> Any:
    """Return whom to trust; httpx would load that anew for each client, which takes 20 ms."""
    if not settings.base_url.startswith("https:"):
        return _trusting_nobody()
    with _ONCE:
        return _trust_of(settings)


@lru_cache(maxsize=1)
def _trust_of(settings: Settings) -> Any:
    from neptun_conformance.client.dial import tls_context

    return tls_context(settings)


def _trusting_nobody() -> Any:
    """Return what httpx takes where no TLS is spoken; authorities would be loaded for nothing."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
