"""File links: what a ``url`` points to, readable without a session for whoever holds the link.

A link carries a signature over its path, so that it is of use to those who were given it and
nobody can derive one from another.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

_KEY = b"published with the demo data"


class Links:
    """The links to all files of a server.

    Arguments:
        chats: the chats whose files are to be had.
    """

    def __init__(self, chats: Iterable[Chat]) -> None:
        """Sign a path for each file."""
        self._files = {_signed_path(chat, file): file for chat in chats for file in chat.files}

    def url(self, request: Request, chat: Chat, file: File) -> str:
        """Return an absolute link to a file.

        Its host is the server's own address, not the request's Host header, which is the client's
        to choose.
        """
        host, port = request.scope.get("server") or ("localhost", None)
        # ASGI has the path of a Unix socket in the place of the host.
        authority = "localhost" if port is None else f"[{host}]" if ":" in host else host
        if port:
            authority += f":{port}"
        return f"{request.scope['scheme']}://{authority}{_signed_path(chat, file)}"

    def answer(self, path: str) -> Response | None:
        """Return the content behind a path, demo octets, or None if it is no link."""
        file = self._files.get(path)
        if file is None:
            return None
        return Response(bytes(file.size), headers={"content-type": file.type})


def _signed_path(chat: Chat, file: File) -> str:
    path = f"/links/{chat.id}/{file.id}/{quote(file.name, safe='')}"
    signature = hmac.new(_KEY, path.encode(), "sha256").hexdigest()[:32]
    return f"{path}/{signature}"
