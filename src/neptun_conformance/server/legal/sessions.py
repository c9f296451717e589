"""Servers that set cookies with many answers: rolling sessions, new ones for guests, and others."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.server.data import ALICE, BOB, target_for
from neptun_conformance.server.faults.asking import reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.half_checked import with_names
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import User

legal = Theme()

CHANCE = random.Random(13)  # noqa: S311 - a demonstration gives no secrets away
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz0123456789"
SAFE = "Path=/; HttpOnly; Secure; SameSite=Lax"


def _token() -> str:
    return "".join(CHANCE.choices(LETTERS, k=40))


class Rolling(Reference):
    """Sets the session of whoever has a valid one anew.

    Arguments:
        when: tells with which answers.
        anew: gives the value; it gets the one that was shown.
    """

    def __init__(
        self,
        when: Callable[[Request, Response], bool] = lambda _, __: True,
        anew: Callable[[str], str] = lambda _: _token(),
    ) -> None:
        super().__init__()
        self.when = when
        self.anew = anew
        self.issued: dict[bytes, User] = {}

    def find_reader(self, request: Request, value: bytes) -> User | None:
        return self.issued.get(value) or super().find_reader(request, value)

    def finish(self, request: Request, response: Response) -> Response:
        reader = reader_of(self, request)
        shown = self.read_session(request)
        if reader is not None and shown is not None and self.when(request, response):
            value = self.anew(shown.decode("latin-1"))
            self.issued.setdefault(value.encode("latin-1"), reader)
            response.headers.append("set-cookie", f"neptun-session={value}; Max-Age=600; {SAFE}")
        return super().finish(request, response)


def _is_a_browsers(request: Request, _: Response) -> bool:
    return "sec-fetch-mode" in request.headers


def _is_a_200(_: Request, response: Response) -> bool:
    return response.status_code == 200


ROLLING: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("always", "every answer to a valid session sets a new one", {}),
    ("with-files", "a 200 sets a new session", {"when": _is_a_200}),
    ("in-browsers", "what scripts of a page ask for sets a new session", {"when": _is_a_browsers}),
    (
        "for-longer",
        "every answer to a valid session sets it again, for longer",
        {"anew": lambda value: value},
    ),
    (
        "with-a-part-more",
        "a session gets a part more with each answer",
        {"anew": lambda value: f"{value}.{len(value)}"},
    ),
)
for name, words, how in ROLLING:
    legal.add(f"rolling-{name}", words, build=partial(Rolling, **how))


class Welcoming(Reference):
    """Sets a new session of nobody, which is itself not valid.

    Arguments:
        when: tells for which requests, and with which statuses.
        value: gives the session.
    """

    def __init__(
        self,
        when: Callable[[Reference, Request, int], bool],
        value: Callable[[Reference], str] = lambda _: _token(),
    ) -> None:
        super().__init__()
        self.when = when
        self.value = value

    def finish(self, request: Request, response: Response) -> Response:
        if self.when(self, request, response.status_code):
            response.headers.append("set-cookie", f"neptun-session={self.value(self)}; {SAFE}")
        return super().finish(request, response)


def _like_a_real_one(server: Reference) -> str:
    """Return what looks like a session of the run, with other letters in the same places."""
    real = server.sessions[0].value
    return "".join(CHANCE.choice(LETTERS) if letter.isalnum() else letter for letter in real)


def _is_nobodys(server: Reference, request: Request) -> bool:
    return reader_of(server, request) is None


WELCOMING: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "without-a-session",
        "whoever shows no session gets a new one that is nobody's",
        {"when": lambda server, request, _: server.read_session(request) is None},
    ),
    (
        "without-a-valid-session",
        "whoever shows no valid session gets a new one that is nobody's",
        {"when": lambda server, request, _: _is_nobodys(server, request)},
    ),
    (
        "refused",
        "a 401 sets a new session that looks like a real one",
        {"when": lambda _, __, status: status == 401, "value": _like_a_real_one},
    ),
    (
        "before-a-request",
        "OPTIONS and HEAD of nobody set a new session",
        {
            "when": lambda server, request, _: (
                request.method != "GET" and _is_nobodys(server, request)
            )
        },
    ),
    (
        "in-browsers",
        "a page of nobody gets a new session for what its scripts ask for",
        {
            "when": lambda server, request, _: (
                "sec-fetch-mode" in request.headers and _is_nobodys(server, request)
            )
        },
    ),
)
for name, words, how in WELCOMING:
    legal.add(f"guest-{name}", words, build=partial(Welcoming, **how))


class Remembering(Reference):
    """Sets further cookies with every answer.

    Arguments:
        cookies: gives them.
    """

    def __init__(self, cookies: Callable[[Request, Response], list[str]]) -> None:
        super().__init__()
        self.cookies = cookies

    def finish(self, request: Request, response: Response) -> Response:
        for cookie in self.cookies(request, response):
            response.headers.append("set-cookie", cookie)
        return super().finish(request, response)


def _cleared(_: Request, response: Response) -> list[str]:
    paths = ("/", "/api", "/api/users") if response.status_code == 401 else ()
    past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT"
    return [f"neptun-session=; Path={path}; {past}; Max-Age=0" for path in paths]


def _balanced(_: Request, __: Response) -> list[str]:
    kept = f"{_token()}; Expires=Thu, 01 Jan 2037 00:00:00 GMT; Path=/"
    return [f"AWSALB={kept}", f"AWSALBCORS={kept}; SameSite=None; Secure"]


def _language(request: Request, _: Response) -> list[str]:
    tag = request.headers.get("accept-language", "en").partition(",")[0].partition(";")[0]
    return [f"lang={tag if tag.isascii() and tag.replace('-', '').isalnum() else 'en'}; Path=/"]


def _visit(_: Request, __: Response) -> list[str]:
    moment = format_datetime(datetime.now(UTC), usegmt=True).replace(" ", "_").replace(",", "")
    return [f"last={moment}; Path=/; Max-Age=31536000"]


for name, words, cookies in (
    ("cleared-on-all-paths", "a 401 clears the session of three paths", _cleared),
    (
        "against-forgery",
        "every answer sets another token against forged requests",
        lambda _, __: [f"XSRF-TOKEN={_token()}; Path=/; SameSite=Strict"],
    ),
    ("of-a-balancer", "every answer sets cookies of a load balancer", _balanced),
    ("of-the-language", "every answer sets the language of the request", _language),
    ("of-the-visit", "every answer sets the moment of the visit", _visit),
):
    legal.add(f"cookies-{name}", words, build=partial(Remembering, cookies))


NAMED, NAMED_TOO = with_names(ALICE, "{0}--{1}"), with_names(BOB, "{0}--{1}")
legal.add(
    "sessions-name-their-user",
    "a session says whose it is, and is looked up as a whole",
    build=partial(Reference, (NAMED, NAMED_TOO)),
    target=partial(target_for, owner=NAMED, stranger=NAMED_TOO),
)
