"""What a request leaves open: to proxies, to gateways, and in the form of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import starmap

from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.exchange import Http2Form, Request
from neptun_conformance.questions.claims import GATEWAY_HEADERS
from neptun_conformance.questions.situations import Headers, Question, Route, UnknownUser, UserOf
from neptun_conformance.resolve.encoding import decoded, segment
from neptun_conformance.resolve.participants import Missing, Participants

LONGEST_PLAIN_SEGMENT = 100
"""Characters of a path segment, once decoded, beyond which routers treat it in their own way."""
LONGEST_PLAIN_PATH = 1024
"""Octets of a request target beyond which proxies treat it in their own way."""
LONGEST_PLAIN_HEADER = 4096
"""The same for a header."""

LARGEST_PORT = 65_535
_HOST = re.compile(r"(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FROM_ELSEWHERE = re.compile(r"origin|sec-fetch-site|forwarded|x-forwarded-.*|host", re.IGNORECASE)
_OF_AN_ADDRESS = re.compile(r"forwarded|x-forwarded-(?!for$).*", re.IGNORECASE)
_OF_GATEWAYS = re.compile(
    r"authorization|via|from|client-ip|proxy-.*|x-.*|cf-.*|.*-client-ip", re.IGNORECASE
)
_READ = {"", "identity", "gzip", "x-gzip", "deflate"}
_LIKE_AN_ATTACK = re.compile(r"""['"`;$*%<>(){}|&\\]""")


class Form(Enum):
    """In which form a body is due."""

    JSON = "the documented one"
    CODED = "the documented one, in a coding that may not be read here"
    FREE = "any: the request prefers something else than JSON"
    FREE_OR_406 = "any, or a 406: the request does not take JSON"


def form(headers: Headers) -> Form:
    """Return the form that some headers leave.

    An ``Accept`` leaves one (RFC 9110 section 12.5.1), and so does an ``Accept-Encoding`` that
    takes other codings than those that the suite undoes (section 12.5.3). Where another protocol is
    offered (section 7.8), links may have its scheme: proxies forward it as the scheme asked for.
    Where another host is named, they may have that, whether or not a parser takes it.
    """
    said: dict[str, list[str]] = {"accept": [], "accept-encoding": [], "upgrade": [], "host": []}
    for name, value in headers:
        if name.lower() in said:
            said[name.lower()].append(value)
    if said["upgrade"] or said["host"]:
        return Form.FREE
    left = _form_left_by(",".join(said["accept"])) if said["accept"] else Form.JSON
    takes_more = left is Form.JSON and _takes_more(",".join(said["accept-encoding"]))
    return Form.CODED if takes_more else left


@lru_cache(maxsize=256)
def _takes_more(codings: str) -> bool:
    for part in codings.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name not in _READ and _weight(parameters) > 0:
            return True
    return False


@lru_cache(maxsize=256)
def _form_left_by(accept: str) -> Form:
    weights: dict[str, float] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights[media_range] = _weight(parameters)
    ours = ("application/json", "application/*", "*/*")
    weight = next((weights[name] for name in ours if name in weights), 0.0)
    if not weight:
        return Form.FREE_OR_406
    return Form.FREE if max(weights.values()) > weight else Form.JSON


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 1.0
    return 1.0


def from_elsewhere(headers: Headers) -> bool:
    """Tell whether headers say that a request comes from another site, or by another way."""
    return any(_says_from_where(name) for name, _ in headers)


@lru_cache(maxsize=1024)
def _says_from_where(name: str) -> bool:
    return _FROM_ELSEWHERE.fullmatch(name) is not None


def names_an_address(headers: Headers) -> bool:
    """Tell whether headers say by which address a request came to a proxy, of whatever form.

    Servers make links from it, as from a Host: where it is malformed, so are they.
    """
    return any(_says_which_address(name) for name, _ in headers)


@lru_cache(maxsize=1024)
def _says_which_address(name: str) -> bool:
    return _OF_AN_ADDRESS.fullmatch(name) is not None


def names_another_site(headers: Headers) -> bool:
    """Tell whether a Host among some headers is one that a parser takes (RFC 9110 section 7.2).

    An empty one is: the grammar allows it (RFC 3986 section 3.2.2), and no site of ours is named.
    """
    hosts = [value for name, value in headers if name.lower() == "host"]
    return any(not host.strip() or _is_well_formed(host) for host in hosts)


def _is_well_formed(host: str) -> bool:
    match = _HOST.fullmatch(host)
    return match is not None and int(match["port"] or 0) <= LARGEST_PORT


def shows_two_sessions(headers: Headers) -> bool:
    """Tell whether the session's cookie comes twice, so that whichever counts is free."""
    pairs = ";".join(value for name, value in headers if name.lower() == "cookie").split(";")
    return [pair.partition("=")[0].strip() for pair in pairs].count(COOKIE) > 1


def touches_gateways(question: Question, request: Request, people: Participants) -> bool:
    """Tell whether a gateway may refuse a question: by its headers, or by the session it shows.

    Arguments:
        question: the question in words.
        request: what goes out, in the plain voice.
        people: the participants, whose own sessions look like no attack.
    """
    if any(_is_of_gateways(name) for name, _ in request.headers):
        return True
    caller = question.caller
    if any(_LIKE_AN_ATTACK.search(name) for name in caller.names):
        return True
    if caller.alter is None:
        return False
    own = people.sessions.secrets() if caller.shows_a_session else ()
    usual = set().union(*(value for _, value in own))
    texts = (value for name, value in request.headers if name.lower() == "cookie")
    return any(set(_LIKE_AN_ATTACK.findall(text)) - usual for text in texts)


@lru_cache(maxsize=1024)
def _is_of_gateways(name: str) -> bool:
    return name.lower() in GATEWAY_HEADERS or _OF_GATEWAYS.fullmatch(name) is not None


def may_be_closed(request: Request) -> bool:
    """Tell whether the connection may be closed before any application reads a request.

    Parsers of HTTP do so, and libraries of another protocol that is offered (RFC 9110 section 7.8):
    what they do not take is theirs to close, whichever path it is for.
    """
    if request.http2 is Http2Form.SCHEME_IN_CAPITALS:
        return True
    closing = {"host", "upgrade"}
    return any(n.lower() in closing or not value.isascii() for n, value in request.headers)


def is_odd(question: Question, user: str, chat: str, people: Participants) -> bool:
    """Tell whether proxies and routers may treat a path in their own way.

    Free is what crosses a limit that the target's plain form does not cross. An encoded slash in
    the target's own user ids is not odd: the documentation allows any id.

    Arguments:
        question: the question in words.
        user: the segment of the user, percent-encoded.
        chat: that of the chat.
        people: the participants, whose ids make up the plain form.
    """
    owner = people.target.owner
    own = isinstance(question.user, UserOf) or (
        # One like the owner's crosses no limit that the plain form does not cross.
        isinstance(question.user, UnknownUser)
        and owner is not None
        and _is_odd_segment(segment(owner.user_id), LONGEST_PLAIN_SEGMENT)
    )
    segments = [chat] if own else [user, chat]
    ids = [*people.accounts, people.unknown_user]
    longest = max(LONGEST_PLAIN_SEGMENT, *map(len, ids))
    return question.route is not Route.PLAIN or any(
        _is_odd_segment(text, longest) for text in segments
    )


def is_long(request: Request, people: Participants) -> bool:
    """Tell whether a path or a header crosses a limit that the target's plain form does not."""
    return _too_long_a_path(request, people) or _too_long_a_header(request, people)


def _too_long_a_path(request: Request, people: Participants) -> bool:
    if len(request.target) <= LONGEST_PLAIN_PATH:
        return False
    # Twelve octets for one that was percent-encoded, and 64 for the route and the number.
    plain = 64 + max(len(segment(text)) for text in [*people.accounts, people.unknown_user])
    return len(request.target) > plain


def _too_long_a_header(request: Request, people: Participants) -> bool:
    length = max(starmap(as_sent, request.headers), default=0)
    return length > LONGEST_PLAIN_HEADER and length > _plain_cookie(people)


def as_sent(name: str, value: str) -> int:
    """Return the octets of a header on its way, with the colon, the space and the line's end."""
    return len(name) + len(value) + 4


def _plain_cookie(people: Participants) -> int:
    """Return the octets of the longest Cookie header of a plain question."""
    lengths = [0]
    for account in people.accounts.values():
        try:
            lengths.append(as_sent("Cookie", f"{COOKIE}={people.session(account.value)}"))
        except Missing:
            continue
    return max(lengths)


@lru_cache(maxsize=1024)
def _is_odd_segment(encoded: str, longest: int) -> bool:
    text = decoded(encoded)
    return (
        text is None
        or text in {"", ".", ".."}
        or len(text) > longest
        or any(character in text for character in "/\\")
        or _CONTROL.search(text) is not None
        or re.search(r"%(?![0-9A-Fa-f]{2})", encoded) is not None
    )
