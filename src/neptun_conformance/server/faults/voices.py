"""Servers that treat a request in another way for what must not matter: its voice.

One fault for each level of each dimension that an application can see. Which mistake it makes takes
turns, so that all mistakes are made in all kinds of voices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.questions.claims import CLAIMS
from neptun_conformance.questions.clients import clients
from neptun_conformance.questions.free_voices import ALONE, ODD_COOKIES
from neptun_conformance.questions.voices import DIMENSIONS, Level
from neptun_conformance.server.faults.asking import place_of, plain
from neptun_conformance.server.faults.authentication import Lenient
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal, cookie_headers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.VOICE)


def speaks(request: Request, level: Level) -> bool:
    """Say whether a request is of a level: by the headers that it sets, leaves out or adds to."""
    headers = request.headers
    origin = f"{request.url.scheme}://{headers.get('host', '')}"
    sets = all(headers.get(n) == v.replace("{origin}", origin) for n, v in level.headers)
    cookies = b"; ".join(cookie_headers(request)).decode("latin-1")
    before, behind = "; ".join(level.before), "; ".join(level.behind)
    return (
        sets
        and not any(name.lower() in headers for name in level.without)
        and cookies.startswith(before)
        and cookies.endswith(behind)
    )


class Speaking(Reference):
    """Is right to everybody but to who asks in a voice of one level.

    Arguments:
        level: the level.
    """

    def __init__(self, level: Level) -> None:
        super().__init__()
        self.level = level

    def hears(self, request: Request) -> bool:
        """Say whether this is such a request, and nothing else about it is particular."""
        return plain(request) and speaks(request, self.level)


class LetsIn(Speaking, Lenient):
    """Lets anybody in as the user of the path."""

    def lets_in(self, request: Request, user: User) -> bool:
        return self.hears(request)


class LetsInFreely(LetsIn):
    """Lets anybody in as the user of the path, also where no answer is due to the voice."""

    def hears(self, request: Request) -> bool:
        ordinary = request.method == "GET" and not request.url.query
        return ordinary and "authorization" not in request.headers and speaks(request, self.level)


class ShowsForeignChats(Speaking):
    """Takes whoever has a session for the user of the path."""

    def authenticate(self, request: Request) -> User:
        reader = super().authenticate(request)
        place = place_of(self, request)
        user = place and self.users.get(place.user_id)
        return user if user and self.hears(request) else reader


class ForbidsStrangers(Speaking):
    """Answers 403 to whoever asks for what is not there for him."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 404 and self.hears(request):
            refusal = Refusal(403, refusal.message)
        return super().refuse(request, refusal)


class LosesTheSession(Speaking):
    """Finds no session."""

    def read_session(self, request: Request) -> bytes | None:
        return None if self.hears(request) else super().read_session(request)


class PrintsAPage(Speaking):
    """Answers a reader with a page."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if self.hears(request):
            return HTMLResponse("<!doctype html><title>Files</title>")
        return super().present(request, chat, files)


class HidesFiles(Speaking):
    """Gives a reader the first file only."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        return chat.files[:1] if self.hears(request) else chat.files


class RefusesInWords(Speaking):
    """Refuses with plain text."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if self.hears(request):
            return Response(refusal.message, refusal.status, media_type="text/plain")
        return super().refuse(request, refusal)


class Crashes(Speaking):
    """Fails."""

    def authenticate(self, request: Request) -> User:
        if self.hears(request):
            raise Refusal(500, "Something went wrong")
        return super().authenticate(request)


MISTAKES: tuple[tuple[str, type[Speaking], tuple[str, ...]], ...] = (
    ("lets-in", LetsIn, ("voice.access",)),
    ("forbids-strangers", ForbidsStrangers, ("voice.status",)),
    ("prints-a-page", PrintsAPage, ("voice.form",)),
    ("shows-foreign-chats", ShowsForeignChats, ("voice.access",)),
    ("loses-the-session", LosesTheSession, ("voice.status",)),
    ("refuses-in-words", RefusesInWords, ("voice.form",)),
    ("hides-files", HidesFiles, ("voice.form",)),
    ("crashes", Crashes, ("input.no-server-error",)),
)

BY_CHANCE: dict[type[Speaking], tuple[str, ...]] = {
    # Where nobody is looked for, nobody is told that a user is missing.
    LetsIn: ("voice.status",),
    # What may be refused in another way, too, is better refused as documented.
    RefusesInWords: ("chat.not-a-number-documented", "error.json", "error.media-type"),
}


def _visible() -> Iterator[tuple[str, Level]]:
    """Yield the levels that an application can tell from the plain one, by their full name."""
    for dimension in DIMENSIONS:
        for level in dimension.levels[1:]:
            if not (level.lower_case or level.new_connection):
                yield f"{dimension.name}-{level.name}", level


SAID_BY_THE_DOCUMENTED_CLIENT = {"accept-anything", "connection-kept-and-said"}
for (name, level), (mistake, server, clauses) in zip(_visible(), cycle(MISTAKES), strict=False):
    build: Callable[[], Reference] = partial(server, level)
    words = (server.__doc__ or "").strip().rstrip(".")
    faults.add(
        f"{mistake}-by-{name}",
        f"{words} {level.words}",
        *clauses,
        *(("client.documented",) if name in SAID_BY_THE_DOCUMENTED_CLIENT else ()),
        build=build,
        by_chance=(
            *BY_CHANCE.get(server, ()),
            *(("client.documented",) if name == "user-agent-httpx" else ()),
        ),
    )
for name, level in _visible():
    if f"shows-foreign-chats-by-{name}" not in {fault.name for fault in faults}:
        faults.add(
            f"shows-foreign-chats-by-{name}",
            f"Takes whoever has a session for the user of the path {level.words}",
            "voice.access",
            build=partial(ShowsForeignChats, level),
        )
MET_BY_THE_DOCUMENTED_CLIENT = {"lets-in", "prints-a-page", "loses-the-session", "crashes"}
"""Mistakes that its questions show, as it accepts anything."""
for mistake, server, clauses in MISTAKES:
    anything = DIMENSIONS[0].level("anything")
    words = (server.__doc__ or "").strip().rstrip(".")
    by_client = ("client.documented",) if mistake in MET_BY_THE_DOCUMENTED_CLIENT else ()
    if f"{mistake}-by-accept-anything" not in {fault.name for fault in faults}:
        faults.add(
            f"{mistake}-by-accept-anything",
            f"{words} {anything.words}",
            *clauses,
            *by_client,
            build=partial(server, anything),
            by_chance=BY_CHANCE.get(server, ()),
        )


class CrashesIn(Speaking):
    """Fails in one kind of situation.

    Arguments:
        level: the level.
        refused: where it refuses what is not there for the caller, and otherwise where it has read
            a chat without files.
    """

    def __init__(self, level: Level, *, refused: bool) -> None:
        super().__init__(level)
        self.refused = refused

    def hears(self, request: Request) -> bool:
        ordinary = request.method == "GET" and not request.url.query
        return ordinary and speaks(request, self.level)

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        if not self.refused and not chat.files and self.hears(request):
            raise ValueError
        return chat.files

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if self.refused and refusal.status == 404 and self.hears(request):
            refusal = Refusal(500, "Something went wrong")
        return super().refuse(request, refusal)


_PAGE = Level(name="page", headers=ALONE[0].level.headers[:1])
_CROSS_SITE = Level(name="cross-site", headers=(("Sec-Fetch-Site", "cross-site"),))
_NOTHING = Level(name="nothing", headers=(("Accept", ""),))
for name, words, build in (
    (
        "page-of-no-files",
        "a page of a chat without files",
        partial(CrashesIn, _PAGE, refused=False),
    ),
    (
        "other-site-is-refused",
        "the refusal of another site",
        partial(CrashesIn, _CROSS_SITE, refused=True),
    ),
    ("empty-accept-is-refused", "a refusal in no form", partial(CrashesIn, _NOTHING, refused=True)),
):
    faults.add(f"{name}-crashes", f"{words} is a 500", "input.no-server-error", build=build)


@faults("client.documented")
class ShutsTheDocumentedClientOut(Reference):
    """Who sends all that the documented client sends, and no more, gets a 406 for its own files."""

    def authenticate(self, request: Request) -> User:
        reader = super().authenticate(request)
        sent = {name.decode("latin-1"): value for name, value in request.scope["headers"]}
        own = dict(clients()["httpx"].sent("Accept", "Accept-Encoding", "User-Agent"))
        wanted = {name.lower(): value.encode() for name, value in own.items()}
        if wanted.items() <= sent.items() and not sent.keys() & {"referer", "sec-fetch-mode"}:
            raise Refusal(406, "Not for programs")
        return reader


class HidesFilesFromPhones(HidesFiles):
    """Gives the first file only to whoever asks by a phone."""

    def hears(self, request: Request) -> bool:
        return "iPhone" in request.headers.get("user-agent", "")


faults.add(
    "hides-files-from-phones",
    "Gives the first file only to whoever asks by a phone",
    "voice.form",
    build=partial(HidesFilesFromPhones, DIMENSIONS[0].levels[0]),
)

CLAIMED = {pair for row in CLAIMS for pair in row}
for alone in ALONE:
    faults.add(
        f"lets-in-by-{alone.level.name}",
        f"Whoever asks {alone.level.words} is let in as the user of the path",
        "voice.access",
        *(("request.override",) if CLAIMED.intersection(alone.level.headers) else ()),
        build=partial(LetsInFreely, alone.level),
    )
for voice in ODD_COOKIES:
    name = voice[0].name
    faults.add(
        f"loses-the-session-by-{name}",
        f"No session is found {voice[0].words}",
        "cookie.neighbours",
        build=partial(LosesTheSession, voice[0]),
    )
