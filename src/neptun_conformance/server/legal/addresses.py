"""Links that are made of what a request says of its own address, and errors that repeat it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import Chat, File

legal = Theme()


class LinkingBack(Reference):
    """Makes links of an address that a request names.

    Arguments:
        address: returns scheme, host and port.
    """

    def __init__(self, address: Callable[[Request], str]) -> None:
        super().__init__()
        self.address = address

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        url = f"{self.address(request)}/links/{chat.id}/{file.id}"
        return {**super().item(request, chat, file), "url": url}


def _by_host(request: Request) -> str:
    return f"http://{request.headers.get('x-forwarded-host') or 'files.example.com'}"


def _by_scheme(request: Request) -> str:
    return f"{request.headers.get('x-forwarded-proto') or 'https'}://files.example.com"


def _by_port(request: Request) -> str:
    return f"http://files.example.com:{request.headers.get('x-forwarded-port') or 8080}"


for name, header, address in (
    ("host", "X-Forwarded-Host", _by_host),
    ("scheme", "X-Forwarded-Proto", _by_scheme),
    ("port", "X-Forwarded-Port", _by_port),
):
    legal.add(
        f"links-by-a-forwarded-{name}",
        f"links are made of what {header} says, whatever it is",
        build=partial(LinkingBack, address),
    )


class AskedFor(Reference):
    """The link of every file is the URL that was asked for, to which every refusal refers."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        return {**super().item(request, chat, file), "url": _asked_for(request)}


def _asked_for(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{request.scope['raw_path'].decode()}"


@legal()
class NamesTheUrlInErrors(AskedFor):
    """The link of every file is the URL of its list, and so is what a refusal names."""

    def error(self, request: Request, refusal: Refusal) -> Any:
        return {**super().error(request, refusal), "instance": _asked_for(request)}


@legal()
class NamesTheUrlInHeaders(AskedFor):
    """The link of every file is the URL of its list, which a header of every answer names."""

    def finish(self, request: Request, response: Response) -> Response:
        named = with_headers(response, link=f'<{_asked_for(request)}>; rel="self"')
        return super().finish(request, named)


@legal()
class LinksToTheSite(NamesTheUrlInHeaders):
    """All files of all people are at the front of the site, and headers name the URL asked for."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        return {**super().item(request, chat, file), "url": str(request.base_url)}
