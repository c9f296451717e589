"""Origins that are allowed to read with the session and should not be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.CORS)


class Reflecting(Reference):
    """Allows origins that it should not.

    Arguments:
        allowed: says which.
        preflight: in the preflight and not in the answer.
    """

    def __init__(self, allowed: Callable[[str], bool], *, preflight: bool) -> None:
        super().__init__()
        self.allowed = allowed
        self.preflight = preflight

    def finish(self, request: Request, response: Response) -> Response:
        origin = request.headers.get("origin", "")
        if origin and self.allowed(origin) and (request.method == "OPTIONS") is self.preflight:
            with_headers(
                response,
                access_control_allow_origin=origin,
                access_control_allow_credentials="true",
                access_control_allow_methods="GET",
                vary="Origin",
            )
        return super().finish(request, response)


def _ends_as_own(origin: str) -> bool:
    return origin.partition(":")[2].partition(":")[0].endswith("127.0.0.1")


ORIGINS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "any": ("every origin", lambda _origin: True),
    "arbitrary": ("every origin but null", lambda origin: origin != "null"),
    "null": ("the origin null", lambda origin: origin == "null"),
    "lookalike": (
        "an origin that begins as the own one",
        lambda origin: origin.startswith("http://127.0.0.1"),
    ),
    "ending": ("an origin that ends as the own one", _ends_as_own),
    "insecure": ("every origin without TLS", lambda origin: origin.startswith("http://")),
}
for name, (words, allowed) in ORIGINS.items():
    faults.add(
        f"cors-{name}-in-answers",
        f"answers allow {words} to read them with credentials",
        "cors.answer",
        build=partial(Reflecting, allowed, preflight=False),
    )
    faults.add(
        f"cors-{name}-in-preflights",
        f"preflights allow {words} credentials",
        "cors.preflight",
        build=partial(Reflecting, allowed, preflight=True),
    )


class ReflectingTheEnd(Reflecting):
    """Allows every origin that ends with its own host and port, as it is written."""

    def __init__(self, *, preflight: bool) -> None:
        super().__init__(lambda _origin: True, preflight=preflight)

    def finish(self, request: Request, response: Response) -> Response:
        own = request.headers.get("host", "")
        if not request.headers.get("origin", "").endswith(own):
            return Reference.finish(self, request, response)
        return super().finish(request, response)


for place, preflight in (("answers", False), ("preflights", True)):
    faults.add(
        f"cors-ending-with-its-port-in-{place}",
        f"{place} allow an origin that ends as the own one with its port to read with credentials",
        "cors.preflight" if preflight else "cors.answer",
        build=partial(ReflectingTheEnd, preflight=preflight),
    )


class ReflectingAtTimes(Reflecting):
    """Allows every origin, in the answers that ``when`` tells alone."""

    def __init__(self, when: Callable[[Response], bool]) -> None:
        super().__init__(lambda _origin: True, preflight=False)
        self.when = when

    def finish(self, request: Request, response: Response) -> Response:
        if not self.when(response):
            return Reference.finish(self, request, response)
        return super().finish(request, response)


def _is_empty(response: Response) -> bool:
    return response.status_code == 200 and bytes(response.body).endswith(b"[]}")


for name, words, when in (
    ("empty-lists", "the list of an empty chat allows", _is_empty),
    ("refusals", "refusals allow", lambda response: response.status_code in {401, 404}),
):
    faults.add(
        f"cors-any-in-{name}",
        f"{words} every origin to read it with credentials",
        "cors.answer",
        build=partial(ReflectingAtTimes, when),
    )


@faults("files.complete", "reading.same-files", "voice.form")
class ShorterForOtherOrigins(Reference):
    """Lists one file to a page of another origin."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        files = await super().read_files(request, chat)
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return files if request.headers.get("origin", own) == own else files[:1]
