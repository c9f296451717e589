"""A panel of requests on which faulty servers show that they are not the reference."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from neptun_conformance.questions.forging import unsigned_token
from neptun_conformance.questions.spellings import telling
from neptun_conformance.server.data import ALICE, ANN, BOB, MISSING_CHAT, User
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.wire import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Scope

READINGS = 6


class Asked(NamedTuple):
    """One request."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()


class Told(NamedTuple):
    """What came of it."""

    status: int
    headers: frozenset[tuple[bytes, bytes]]
    body: bytes


def session(value: str) -> tuple[tuple[str, str], ...]:
    """Return the headers with a session."""
    return (("cookie", f"neptun-session={value}"),)


def path(user: User | str, chat: object) -> str:
    """Return the route for a user and a chat, the chat percent-encoded already."""
    user_id = user if isinstance(user, str) else user.id
    return f"/api/users/{quote(user_id, safe='')}/chats/{chat}/files"


def _sessions() -> Iterator[tuple[tuple[str, str], ...]]:
    real = ALICE.session.value
    middle = len(real) // 2
    yield ()
    yield from map(
        session,
        (
            "",
            "made-up",
            ALICE.id,
            real[:-6] + "xxxxxx",
            real[: middle - 3] + "xxxxxx" + real[middle + 3 :],
            real[:-8],
            real[: real.rindex(".") + 1],
            real.swapcase(),
            ALICE.expired.value,
            "x" * 5_000,
        ),
    )
    yield from ((("cookie", f"{name}={real}"),) for name in ("sid", "token", "JSESSIONID"))
    yield (("cookie", f"theme=dark; neptun-session={real}; lang=en"),)
    yield (("authorization", f"Bearer {real}"),)
    yield (("authorization", f"Basic {b64encode(f'a:{real}'.encode()).decode()}"),)
    yield session(f"{BOB.session.value.rpartition('.')[0]}.{real.rpartition('.')[2]}")
    yield (("x-http-method-override", "OPTIONS"),)
    yield session(unsigned_token(ALICE.id))
    yield (("cookie", "a=1; neptun-session"),)
    yield (("x-noise", "a" * 5_000),)
    yield (("x-user-id", ALICE.id),)
    yield (("x-forwarded-for", "127.0.0.1"),)
    yield from (((name, real),) for name in ("x-session", "x-auth-token"))
    yield (("origin", "https://elsewhere.example"),)
    yield (("origin", "https://files.elsewhere.example"),)
    yield (("referer", "::"),)
    yield (("cookie", "novalue; =noname"),)
    yield session("null")
    yield session("Qx7" * 20)
    yield session(real[:-60] + "x" * 60)


CHATS = (
    *(BOB.chat_with_files.id, BOB.empty_chat.id, MISSING_CHAT),
    *("0", "-1", "-4711", "4711.5", "1.5", 2**31, 2**32 + 4711, 2**53 + 1, 2**63, 2**64 + 4711),
    *("abc", "NaN", "4711abc", "4711.json", "[4711]", "471", "711", "$ne", "%3A", "%EF%BB%BF"),
    *("1%20OR%201=1", "%27", "%2A", "1,5", "4711--", "4711;x", "1e999999999", f"{'1' * 60}x"),
    *("%F0%9F%98%80", "%00", "%01", "%FF", "%2F", "%5C", "%zz", "a" * 2_000),
    *("5", "4711%26chat_id%3D5820", "14711", "4710", 10**10 + 4711, "4711.000001"),
    *("4711-0", "471_", "-1e400"),
    *("4711.0", "5820.0", "5.82e3", "05820", "+5820", "0x16bc", "5820%20", "5820%0A"),
    quote("\uff15\uff18\uff12\uff10"),
)


def _etag() -> str:
    """Return the entity tag of the chat with files."""
    asked = Asked("GET", path(ALICE, ALICE.chat_with_files.id), session(ALICE.session.value))
    sent = asyncio.run(ask(Reference(), scope_of(asked)))
    return dict(sent.headers)[b"etag"].decode()


def _routes(chat: str) -> Iterator[str]:
    yield chat + "/"
    yield chat.upper().replace("ALICE", "alice")
    yield chat.replace("/chats", "//chats")
    yield chat.replace("/chats/", "/chats/0/../")
    yield chat.replace("/chats/", "/chats/0/%2e%2e/")
    yield chat.replace("/chats/", "%2Fchats%2F")
    yield chat.replace("/chats/", "%252Fchats%252F")
    yield chat.replace("/chats/", "%5Cchats%5C")
    yield chat + "%00"
    yield chat + ".json"
    yield chat + "/a.css"
    yield chat + ";a=b"


ALICES, BOBS = session(ALICE.session.value), session(BOB.session.value)
FULL, EMPTY = path(ALICE, ALICE.chat_with_files.id), path(ALICE, ALICE.empty_chat.id)


def panel() -> Iterator[Asked]:
    """Give the requests in their order."""
    for part in (_by_session, _by_circumstance, _by_id, _by_route, _by_query, _by_method):
        yield from part()


def _by_session() -> Iterator[Asked]:
    """Give what differs in the session, and in how often it is asked."""
    for target in (FULL, EMPTY):
        yield from (Asked("GET", target, headers) for headers in _sessions())
    yield from (Asked("GET", FULL, ALICES) for _ in range(READINGS))
    yield Asked("GET", FULL)
    yield Asked("GET", FULL, ALICES)
    yield from (Asked("GET", EMPTY, ALICES) for _ in range(READINGS))
    yield Asked("GET", path(BOB, ALICE.chat_with_files.id))
    yield Asked("GET", path(ALICE, MISSING_CHAT))


def _by_circumstance() -> Iterator[Asked]:
    """Give what a path, a header or the request before may change."""
    yield Asked("GET", path(ALICE, 2**31))
    yield Asked("GET", path(ALICE, 7))
    yield Asked("HEAD", path(ALICE, "abc"), ALICES)
    yield Asked("OPTIONS", FULL, (*ALICES, ("access-control-request-method", "X")))
    yield Asked("GET", f"{FULL}/", ALICES)
    yield Asked("GET", f"{FULL}/")
    yield Asked("GET", FULL, (*ALICES, ("if-none-match", f'{ETAG[:-2]}x"')))
    yield Asked("GET", f"{FULL}?v=1.css", ALICES)
    yield Asked("GET", f"{FULL}?v=1.css")
    yield Asked("GET", f"{FULL}/a.css", ALICES)
    yield Asked("GET", f"{FULL}/a.css")
    yield Asked("GET", FULL, (*ALICES, ("accept", "*/*"), ("accept-encoding", "identity")))
    yield from (
        Asked("GET", FULL, (*ALICES, header))
        for header in (
            ("origin", "http://[:x"),
            ("accept-encoding", "gzip;q=x"),
            ("x-forwarded-for", "1.2.3.4:x"),
            ("range", "bytes=9-1"),
            ("x-request-id", "\xe9"),
            ("if-modified-since", "Sat, 01 Jun 2030 00:00:00 -0000"),
        )
    )
    yield Asked("HEAD", FULL, ALICES)
    yield Asked("GET", FULL, ALICES)


def _by_id() -> Iterator[Asked]:
    """Give other users, other chats, other callers."""
    yield Asked("GET", path(ALICE.unknown_id, MISSING_CHAT))
    yield Asked("GET", f"{FULL}?session={quote(ALICE.session.value, safe='')}")
    yield Asked("GET", f"{FULL}?jwt={quote(ALICE.session.value, safe='')}")
    yield Asked("GET", path(ALICE, f"0{ALICE.chat_with_files.id}"))
    yield Asked("GET", path(BOB, MISSING_CHAT), ALICES)
    yield from (Asked("GET", path(ALICE, chat), ALICES) for chat in CHATS)
    for other in (
        BOB.id,
        "BOB",
        "bob ",
        "alicx",
        "lice",
        "x-alice",
        "alic.",
        "alic_",
        "me",
        "[",
        "__proto__",
        ALICE.unknown_id,
        "999999",
        "00000000-0000-4000-8000-000000000000",
    ):
        yield from (Asked("GET", path(other, c.id), ALICES) for c in (*ALICE.chats, *BOB.chats))
    yield from (Asked("GET", target, BOBS) for target in (FULL, EMPTY))
    yield from (Asked("GET", path(BOB, c.id), BOBS) for c in (*BOB.chats, *ALICE.chats))
    yield from (Asked("GET", path(ALICE, c.id), BOBS) for c in BOB.chats)
    foreign = (quote(form.write(ALICE.chat_with_files.id), safe="") for form in telling())
    yield from (Asked("GET", path(BOB, text), BOBS) for text in foreign)
    yield Asked("GET", FULL.replace("alice", "%61lice"), BOBS)


def _by_route() -> Iterator[Asked]:
    """Give other spellings of the route."""
    for route in _routes(FULL):
        yield from (Asked("GET", route, headers) for headers in ((), ALICES, BOBS))


def _by_query() -> Iterator[Asked]:
    """Give parameters in the query."""
    for query in (
        "limit=1",
        "limit=-1",
        "=",
        f"user_id={BOB.id}",
        f"chat_id={BOB.chat_with_files.id}",
        f"id={BOB.chat_with_files.id}",
    ):
        yield Asked("GET", f"{FULL}?{query}", ALICES)
    yield Asked("GET", f"{FULL}?user_id=bob", BOBS)
    yield Asked("GET", f"{FULL}?user_id=alice&session=true")


def _by_method() -> Iterator[Asked]:
    """Give conditions, methods and origins."""
    for tag in ("*", '"made-up"'):
        yield from (Asked("GET", FULL, (*h, ("if-none-match", tag))) for h in ((), ALICES, BOBS))
    yield Asked("GET", FULL, (*ALICES, ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")))
    for method in ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
        yield from (Asked(method, FULL, headers) for headers in ((), ALICES, BOBS))
    for origin in ("https://elsewhere.example", "null"):
        yield from (Asked(m, FULL, (*ALICES, ("origin", origin))) for m in ("GET", "OPTIONS"))
    yield from (Asked("GET", path(ANN, c.id), session(ANN.session.value)) for c in ANN.chats)


def answers(app: ASGIApp, *, scheme: str = "http", patience: float = 5.0) -> list[Told | None]:
    """Return what an application answers to each request of the panel, None for nothing."""
    return asyncio.run(_answers(app, scheme, patience))


async def _answers(app: ASGIApp, scheme: str, patience: float) -> list[Told | None]:
    told: list[Told | None] = []
    for asked in panel():
        try:
            async with asyncio.timeout(patience):
                sent = await ask(app, scope_of(asked, scheme))
        except TimeoutError:
            told.append(None)
        else:
            told.append(Told(sent.status, frozenset(sent.headers), sent.body))
    return told


def scope_of(asked: Asked, scheme: str = "http") -> Scope:
    """Return a request as an ASGI server hands it on."""
    raw_path, _, query = asked.target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 1),
        "scheme": scheme,
        "method": asked.method,
        "root_path": "",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in asked.headers],
    }


ETAG = _etag()
