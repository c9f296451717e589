"""Servers that treat some requests in the way that is left open to them, and are right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, RedirectResponse, Response

from neptun_conformance.questions.free_voices import ALONE, Free
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.voices import speaks
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.questions.voices import Level

legal = Theme()


class Answering(Reference):
    """Answers whoever asks in a voice of one level in a way of its own, whatever is asked.

    Arguments:
        level: the level.
        make: gets what the reference would answer.
    """

    def __init__(self, level: Level, make: Callable[[Response], Response]) -> None:
        super().__init__()
        self.level = level
        self.make = make

    def finish(self, request: Request, response: Response) -> Response:
        if request.method == "GET" and speaks(request, self.level):
            response = self.make(response)
        return super().finish(request, response)


def _page(response: Response) -> Response:
    return HTMLResponse("<!doctype html><title>Files</title>", response.status_code)


def _refused(status: int) -> Callable[[Response], Response]:
    return lambda _: HTMLResponse("<!doctype html><title>Refused</title>", status)


def _elsewhere(_: Response) -> Response:
    return RedirectResponse("https://elsewhere.example/", 308)


WAYS: dict[Free, dict[str, Callable[[Response], Response]]] = {
    Free.FORM: {"a page": _page},
    Free.FORM_OR_406: {"a page": _page, "a 406": _refused(406)},
    Free.REFUSAL: {"a 403": _refused(403), "a redirect": _elsewhere},
    Free.ANSWER: {"a 431": _refused(431), "a 400": _refused(400)},
    Free.CLOSED: {"a 400": _refused(400), "a 421": _refused(421)},
    Free.NOTHING: {"a 400": _refused(400)},
}
for alone in ALONE:
    for words, make in WAYS[alone.free].items():
        legal.add(
            f"{words.replace(' ', '-')}-by-{alone.level.name}",
            f"{words} is the answer to whoever asks {alone.level.words}",
            *(("cookie.neighbours",) if alone.free is Free.NOTHING else ()),
            build=partial(Answering, alone.level, make),
        )
