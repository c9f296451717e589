"""Any ASGI application on a loopback port: in a thread for a test, in the foreground for people."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import uvicorn
    from starlette.types import ASGIApp

    from neptun_conformance.server.data import Target

LOOPBACK = "127.0.0.1"
_POLL = 0.002
_PATIENCE = 10.0


@contextmanager
def serving(app: ASGIApp, *, keep_alive: float = 5.0) -> Iterator[str]:
    """Serve an application from a thread on a free port and yield its base URL; then cut it off.

    Arguments:
        app: the ASGI application.
        keep_alive: seconds after which an idle connection is closed.
    """
    with _listen(0) as listener:
        server = _server(app, keep_alive)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield _base_url(listener)
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def serve(app: ASGIApp, target: Callable[[str], Target], *, port: int = 0) -> None:
    """Serve an application until interrupted, after printing a target file for it.

    Arguments:
        app: the ASGI application.
        target: gives the target for a base URL.
        port: the loopback port, 0 for any that is free.

    Raises:
        OSError: if the port cannot be had.
    """
    with _listen(port) as listener:
        base_url = _base_url(listener)
        sys.stdout.write(announcement(target(base_url)))
        sys.stdout.flush()
        _server(app).run([listener])


def announcement(target: Target) -> str:
    """Return a target file for a server that listens, with a line for people above it."""
    head = (
        f"# Serving on {target['base_url']}, until Ctrl-C. The sessions are published demo values."
    )
    return f"{head}\n{yaml.safe_dump(target, sort_keys=False, allow_unicode=True)}"


def _listen(port: int) -> socket.socket:
    listener = socket.create_server((LOOPBACK, port), backlog=512)
    # Named as TCP anew: asyncio sends small answers at once (TCP_NODELAY) only where it is, and
    # they wait some 40 ms for an acknowledgement otherwise.
    return socket.socket(fileno=listener.detach())


def _base_url(listener: socket.socket) -> str:
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def _server(app: ASGIApp, keep_alive: float = 5.0) -> uvicorn.Server:
    import uvicorn

    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=keep_alive,  # type: ignore[arg-type]  # any number of seconds does
        timeout_graceful_shutdown=0,
    )
    return uvicorn.Server(config)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > give_up:
            msg = "the server did not start"
            raise RuntimeError(msg)
        time.sleep(_POLL)
