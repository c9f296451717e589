"""What the documented clients and browsers were heard to send: data that a recorder writes.

``make record-clients`` runs each of them as itself and writes ``clients.json`` anew. Values name
neither machine nor session: ``{host}`` is the target's host and port, ``{origin}`` its scheme, host
and port, ``{cookie}`` the session's cookie.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Client:
    """A client that was heard.

    Arguments:
        name: how it is called in the data.
        version: the version that was run.
        headers: the header fields that it sent, in their order and letter case.
    """

    name: str
    version: str
    headers: Headers

    def header(self, name: str) -> str:
        """Return the value of a header field that this client sent.

        Raises:
            KeyError: if it sent none of this name.
        """
        return {known.lower(): value for known, value in self.headers}[name.lower()]

    def sent(self, *names: str) -> Headers:
        """Return those header fields of these names that this client sent, in its order."""
        wanted = {name.lower() for name in names}
        return tuple(pair for pair in self.headers if pair[0].lower() in wanted)


@cache
def clients() -> dict[str, Client]:
    """Return every client by its name."""
    text = Path(__file__).with_name("clients.json").read_text(encoding="utf-8")
    return {
        name: Client(name, kept["version"], tuple((key, value) for key, value in kept["headers"]))
        for name, kept in json.loads(text).items()
    }
