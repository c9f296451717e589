"""Records what the documented clients and a browser send, header by header, and keeps it as data.

Each client runs as itself and makes the documented request (the source's "Code Examples") of a
recorder on loopback: curl, httpx's AsyncClient, Node's fetch with a Cookie header, and fetch with
``credentials: 'include'`` on a page of the same origin in Chromium and Firefox. What is kept names
neither machine nor port: ``{host}``, ``{origin}`` and ``{cookie}`` stand for them. Chromium says
that it has no window, which no person's browser does: the word ``Headless`` is left out.

Usage: python tools/record_clients.py [FILE]
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import httpx

KEPT = Path(__file__).parents[1] / "src/neptun_conformance/questions/clients.json"
COOKIE = "neptun-session=recorded"
PATH = "/api/users/ann/chats/123/files"
ANSWER = (b"application/json", b'{"chatFiles": []}')
PAGE = (
    b"text/html; charset=utf-8\r\nset-cookie: " + COOKIE.encode(),
    f"<script>fetch('{PATH}', {{credentials: 'include'}})</script>".encode(),
)
NODE = "fetch(process.argv[1], {headers: {Cookie: process.argv[2]}}).then((r) => r.json())"
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--virtual-time-budget=3000",
    "--dump-dom",
)
DEADLINE = 60.0
"""Seconds that one client may take."""

Headers = list[tuple[str, str]]


@dataclass
class Recorder:
    """A server that keeps the header fields of the documented request, in their order."""

    heard: asyncio.Queue[Headers] = field(default_factory=asyncio.Queue)
    origin: str = ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's first request, and close it."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return writer.close()
        line, *fields = head.strip().split("\r\n")
        if f" {PATH} " in line:
            pairs = (each.partition(":") for each in fields)
            self.heard.put_nowait(
                [(name, self._neutral(value.strip())) for name, _, value in pairs]
            )
        kind, body = PAGE if " / " in line else ANSWER
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
        writer.write(head.encode() + b"content-type: " + kind + b"\r\n\r\n" + body)
        await writer.drain()
        writer.close()
        return None

    async def next(self) -> Headers:
        """Return what the next client sent."""
        return await asyncio.wait_for(self.heard.get(), DEADLINE)

    def _neutral(self, value: str) -> str:
        host = self.origin.removeprefix("http://")
        for known, name in ((self.origin, "{origin}"), (host, "{host}"), (COOKIE, "{cookie}")):
            value = value.replace(known, name)
        return value.replace("Headless", "")


async def _output(*command: str) -> str:
    """Return what a program prints.

    Raises:
        SystemExit: if it fails, is missing or takes too long.
    """
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} is missing")
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), DEADLINE)
    except TimeoutError:
        process.kill()
        raise SystemExit(f"{command[0]} takes more than {DEADLINE:.0f} s") from None
    if process.returncode:
        raise SystemExit(f"{command[0]} fails: {err.decode(errors='replace').strip()}")
    return out.decode()


async def _curl(origin: str) -> str:
    await _output("curl", "-sS", "-X", "GET", "-H", f"Cookie: {COOKIE}", origin + PATH)
    return (await _output("curl", "--version")).split()[1]


async def _httpx(origin: str) -> str:
    name, _, value = COOKIE.partition("=")
    async with httpx.AsyncClient(cookies={name: value}) as client:
        (await client.get(origin + PATH)).raise_for_status()
    return httpx.__version__


async def _node(origin: str) -> str:
    await _output("node", "--eval", NODE, origin + PATH, COOKIE)
    return (await _output("node", "--version")).strip().removeprefix("v")


async def _chromium(origin: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        await _output("chromium", *CHROMIUM, f"--user-data-dir={profile}", f"{origin}/")
        version = await _output("chromium", "--version", f"--user-data-dir={profile}")
    return _number(version)


async def _firefox(origin: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        picture = f"{profile}/page.png"
        options = ("--headless", "--no-remote", "--profile", profile, "--screenshot", picture)
        await _output("firefox-esr", *options, f"{origin}/")
    return _number(await _output("firefox-esr", "--version"))


def _number(version: str) -> str:
    found = re.search(r"\d[\d.]*", version)
    return found[0] if found else version


CLIENTS = {
    "curl": _curl,
    "httpx": _httpx,
    "node": _node,
    "chromium": _chromium,
    "firefox": _firefox,
}


async def record() -> dict[str, object]:
    """Run every client once, and return its version and the headers that it sent."""
    recorder = Recorder()
    server = await asyncio.start_server(recorder, "127.0.0.1", 0)
    recorder.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    clients: dict[str, object] = {}
    async with server:
        for name, run in CLIENTS.items():
            version = await run(recorder.origin)
            clients[name] = {"version": version, "headers": await recorder.next()}
    return clients


def main(path: Path) -> None:
    """Record all clients, and write them to a file once all have been heard."""
    text = json.dumps(asyncio.run(record()), indent=2)
    # One header a line.
    text = re.sub(r"\[\s+(\".*\"),\s+(\".*\")\s+\]", r"[\1, \2]", text)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else KEPT)
