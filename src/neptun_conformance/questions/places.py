"""Where else a session might be looked for than in its cookie.

Names of headers that frameworks derive from a session's name (h3 reads ``x-NAME-session`` before
the cookie), usual names of log-in cookies, parameters and headers, and the schemes of
``Authorization`` (RFC 9110 section 11). One request shows a session in all places of a row. That of
the first row is short, so that a 401 is due to it however long the session is. The others show what
it has no room for; where they are longer than servers need to take, data alone would be wrong.
"""

from __future__ import annotations

from neptun_conformance.questions.callers import Person, anonymous, through
from neptun_conformance.questions.situations import Question, Route

COOKIES = (
    *(("session", "neptun_session", "sid", "token", "neptun-session2", "auth", "SESSION", "jwt"),),
    (
        *("sessionid", "access_token", "JSESSIONID", "connect.sid", "PHPSESSID", "session_id"),
        "a=neptun-session",
        *("auth_token", "neptun.session", "_session", "laravel_session", "remember_token"),
    ),
    (
        *("x-neptun-session", "neptun", "neptun-token", "session-token", "neptunsession", "user"),
        *("neptun-session-token", "neptun-session-id", "neptun-session-legacy"),
        *("__neptun-session", "neptun-auth"),
    ),
    (
        *("neptun-session.0", "neptun-session[]", "neptun-session[0]", "neptun-session.sig"),
        *('"neptun-session"', "nuxt-session", "$neptun-session", "next-auth.session-token"),
        *("neptun-session[$ne]", "session-v2", "neptun-session-old"),
    ),
)
"""Names of cookies: other ones, the session's own in parts, and those of no cookie."""

NEAR_COOKIES = (
    *("Neptun-Session", "__Host-neptun-session", "NEPTUN-SESSION", "__Secure-neptun-session"),
    *("neptun%2Dsession", "%6Eeptun-session"),
)
"""Names that differ from the session's in letter case, by a prefix that browsers know, or in that
they are percent-encoded, which some libraries (Perl's Plack and Dancer2) take back."""

PARAMETERS = (
    (
        *("neptun-session", "token", "session", "access_token", "sid", "sessionId"),
        *("auth_token", "authorization"),
    ),
    ("session_id", "auth", "cookie", "PHPSESSID", "ticket", "authToken", "bearer", "key"),
    ("jwt", "id_token", "sessionid", "api_key", "jsessionid", "sig", "apiKey", "t"),
    (
        *("session_token", "neptun_session", "neptunSession", "Neptun-Session", "accessToken"),
        *("s", "session-id", "neptun-session%5B%5D"),
    ),
)

HEADERS = (
    (
        *("x-neptun-session-session", "neptun-session", "X-Neptun-Session", "X-Session"),
        *("X-Auth-Token", "X-Original-Cookie", "X-Forwarded-Cookie", "Authorization: Token"),
    ),
    (
        *("X-Session-Id", "X-Session-Token", "X-Access-Token", "X-API-Key", "Session"),
        *("X-Cookie", "Cookie2", "HTTP-Cookie", "Authorization: Session"),
    ),
    (
        *("Authorization", "Token", "X-Token", "Session-Id", "Access-Token", "Api-Key"),
        *("X-Forwarded-Access-Token", "X-Goog-IAP-JWT-Assertion", "X-Amz-Security-Token"),
    ),
    (
        *("X-Neptun-Token", "X-Neptun-Auth", "Set-Cookie: neptun-session=", "Neptun-Auth"),
        *("X-Auth-Session", "X-Auth"),
        *("Sec-WebSocket-Protocol", "From", "Authorization: JWT"),
    ),
    (
        *("X-User-Token", "X-CSRF-Token", "X-XSRF-Token", "X-Id-Token", "X-JWT-Assertion"),
        *("Cf-Access-Jwt-Assertion", "X-Amzn-Oidc-Data", "Authorization: ApiKey"),
    ),
    (
        *("NeptunSession", "X-Authorization", "Proxy-Authorization: Bearer"),
        *("X-Forwarded-Authorization: Bearer", "X-MS-Token-AAD-Id-Token"),
        *("Authorization: Neptun", "neptun_session"),
    ),
)
"""Names of headers, and before the session the scheme, or a name, that stands behind the name."""

_URL = "http://{host}/?neptun-session={owner_session}&session={owner_session}"
CONTENT = (
    '{"neptun-session":"{owner_session_raw}","session":"{owner_session_raw}",'
    '"token":"{owner_session_raw}","access_token":"{owner_session_raw}"}'
)
"""JSON content of a GET that holds the session."""
FORM = (
    "neptun-session={owner_session}&session={owner_session}&token={owner_session}"
    "&access_token={owner_session}"
)
"""The same as a form, where RFC 6750 section 2.2 has an ``access_token``."""
OF_THE_CLIENT = (("Referer", _URL), ("User-Agent", "neptun-session={owner_session_raw}"))
"""Headers of a client that hold the session."""

BESIDE_A_COOKIE = (
    ("Authorization", "Bearer {owner_session_raw}"),
    *((name, "{owner_session_raw}") for name in ("X-Auth-Token", "X-Session-Token")),
    ("Cookie", "session={owner_session_raw}; token={owner_session_raw}; sid={owner_session_raw}"),
)
IN_A_QUERY = "session={owner_session}&token={owner_session}"
"""Where a session is looked for by who finds none, or none that holds, in the cookie."""

ROUTES = (
    *(Route.PARAMETER, Route.JSESSIONID, Route.LINE_ENDS, Route.SESSION_LAST),
    Route.SESSION_IN_BRACKETS,
)
RARER_ROUTES = (Route.SESSION_AS_USER,)


def elsewhere(
    channel: str, person: Person, rows: tuple[tuple[str, ...], ...]
) -> tuple[Question, ...]:
    """Return a question for each row of names under which a person's session is shown.

    What the first one has no room for is dealt out among the others, before their own names.

    Arguments:
        channel: see ``through``.
        person: whose session it is.
        rows: the names.
    """
    first, *others = rows
    callers = [through(channel, person, *first)]
    for place, names in enumerate(others):
        left = first[1:][place :: len(others)]
        callers.append(through(channel, person, *left, *names, after=first))
    return tuple(caller.asks(person.full) for caller in callers)


def in_the_path(person: Person, routes: tuple[Route, ...]) -> tuple[Question, ...]:
    """Return questions that show the owner's session in the path."""
    return tuple(anonymous.asks(person.full).along(route) for route in routes)
