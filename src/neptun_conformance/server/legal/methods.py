"""Methods beside GET, answered in the manner of many frameworks."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.asking import place_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request


legal = Theme()

UNSAFE: dict[str, Any] = {"options": ("--allow-unsafe-methods",)}


class ByMethod(Reference):
    """Answers some methods with a bare status.

    Arguments:
        methods: which.
        status: the status.
    """

    def __init__(self, methods: tuple[str, ...], status: int) -> None:
        super().__init__()
        self.methods = methods
        self.status = status

    async def respond(self, request: Request) -> Response:
        if request.method in self.methods and place_of(self, request):
            return Response(status_code=self.status)
        return await super().respond(request)


FOUR = ("POST", "PUT", "PATCH", "DELETE")
for status in (404, 501):
    legal.add(
        f"head-unknown-{status}",
        f"every HEAD is a {status}",
        *(("methods.head",) if status == 404 else ()),
        build=partial(ByMethod, ("HEAD",), status),
    )
for status in (200, 404, 405, 501):
    legal.add(
        f"options-{status}",
        f"every OPTIONS is a {status}",
        build=partial(ByMethod, ("OPTIONS",), status),
    )
for status in (401, 403, 404, 501):
    legal.add(
        f"unsafe-{status}",
        f"POST, PUT, PATCH and DELETE are each a {status}",
        build=partial(ByMethod, FOUR, status),
        **UNSAFE,
    )


@legal()
class SparseHead(Reference):
    """A HEAD has the status of the GET and no further header."""

    def finish(self, request: Request, response: Response) -> Response:
        if request.method != "HEAD":
            return super().finish(request, response)
        bare = Response(status_code=response.status_code)
        del bare.headers["content-length"]
        return bare


@legal()
class RefusalsOfAnyLength(Reference):
    """A refusal says how long it took, so that its length varies, by HEAD too."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        took = "1" * random.randint(1, 3)  # noqa: S311 - no secret
        changed = bytes(response.body)[:-1] + b', "took": ' + took.encode() + b"}"
        return with_headers(
            Response(changed, response.status_code, media_type="application/json"),
            cache_control="no-store",
        )
