"""Templates become files: each ``@kind:name@`` stands for a port, a server behind, or a file.

- ``@port:NAME@``: a free port, the same one for the same name;
- ``@server:NAME@``: the port of a server behind; ``@server@`` is the one under test;
- ``@folder@``: the folder of this run; ``@certificate@``, ``@key@``, ``@both@``: files in it.
"""

from __future__ import annotations

import random
import re
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.proxies.servers import served

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.proxies.description import Change

PLACE = re.compile(r"@(?P<kind>port|server|folder|certificate|key|both)(?::(?P<name>[\w-]+))?@")
PORTS = range(18_000, 32_000)
"""Below those that the system gives to outgoing connections, which could take one in between."""


class Rendering:
    """Fills the places of templates; what a place needs is started when it is first met.

    Arguments:
        folder: where the files go.
        server: the name of the server under test.
        stack: ends the servers behind.
    """

    def __init__(self, folder: Path, server: str, stack: ExitStack) -> None:
        self.folder = folder
        self.server = server
        self.ports: dict[str, int] = {}
        self._stack = stack
        self._servers: dict[str, int] = {}

    def __call__(self, template: str) -> str:
        """Return a template with its places filled."""
        return PLACE.sub(self._place, template)

    def _place(self, found: re.Match[str]) -> str:
        match found["kind"], found["name"]:
            case "port", name:
                return str(self._port(name))
            case "server", name:
                return str(self._serve(name or self.server))
            case "folder", None:
                return str(self.folder)
            case kind, None:
                return str(self.folder / f"{kind}.pem")
        raise ValueError(f"{found[0]}: no such place")

    def _port(self, name: str) -> int:
        if name not in self.ports:
            self.ports[name] = free_port(self.ports.values())
        return self.ports[name]

    def _serve(self, name: str) -> int:
        if name not in self._servers:
            url = self._stack.enter_context(served(name))
            self._servers[name] = urlsplit(url).port or 0
        return self._servers[name]


def changed(template: str, changes: Iterable[Change]) -> str:
    """Return a template with changes made; each passage must stand in it exactly once.

    Raises ValueError where one does not.
    """
    for change in changes:
        if template.count(change.find) != 1:
            raise ValueError(f"stands there {template.count(change.find)} times: {change.find!r}")
        template = template.replace(change.find, change.put)
    return template


def free_port(taken: Iterable[int]) -> int:
    """Return a loopback port that nobody listens on."""
    for port in random.sample(PORTS, 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in taken:
            return port
    raise OSError("no free port")
