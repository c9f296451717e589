"""What to do next where something other than the endpoint answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request, Response
from neptun_conformance.exchange.address import Address
from neptun_conformance.targets.errors import one_line

PAGE = "a log-in or protection page stands in front: give its pass in `headers`"
PREFIX = "check the path prefix in base_url"
ANOTHER_CHAT = "name a chat of this user; `init --chats` finds one"
EMPTY_OR_MISSING = f"if it exists, the server must answer 200 with []; if not, {ANOTHER_CHAT}"
REFUSED = "the server must answer 401; if that is not it, check the path prefix in base_url"
EXISTS = "name another as missing.chat_id if it exists; if not, the server must answer 404"
RUN_OUT = "if it has run out, the server takes it nevertheless; if not, name one that has"
SWAPPED = "see whether the two sessions, or the two user ids, are swapped"
BY_HAND = "run the command by hand, and see what it prints"
TOO_SHORT = (
    "under 16 characters, so clauses on altered sessions are not tested and a run ends incomplete: "
    "name a longer one, or allow that by --allow-incomplete"
)
UNLISTED = (
    "no chat's files are listed, so files.complete is not tested and a run ends incomplete: "
    "list them in chat_with_files.files; `init --chats` does"
)
_BY_STATUS = {
    429: "the target throttles: wait, then try again with a lower --rate",
    502: "the gateway does not reach the server behind it: see whether that runs",
    503: "the server is not ready, or down for maintenance: try again later",
    504: "the gateway does not reach the server behind it: see whether that runs",
}
_BY_FAILURE = {
    FailureKind.DROPPED: "look into the server's log for what ends the connection",
    FailureKind.DEADLINE: "see why the server takes so long, or allow it more by --deadline",
    FailureKind.PROTOCOL: "send the request by curl --include, and see what answers",
    FailureKind.BUDGET: "allow more by --max-requests",
    FailureKind.THROTTLED: "wait, then try again with a lower --rate",
    FailureKind.OVER: "allow more by --run-deadline",
}
"""Steps where the line that names the failure holds none of its own."""
_OWN_STEPS = ("https://", "check the base URL", "is needed")

_SHOWN = 200  # characters of an address


def described(response: Response) -> str:
    """Return status and media type of a response, and where it redirects to."""
    kind = (response.header("Content-Type") or "no media type").partition(";")[0].strip()
    location = response.header("Location") if _redirects(response) else None
    where = f" to {one_line(location, longest=_SHOWN)}" if location else ""
    return f"status {response.status} ({one_line(kind, longest=60)}){where}"


def is_page(response: Response) -> bool:
    """Tell whether a page for people came where the endpoint sends JSON."""
    kind = (response.header("Content-Type") or "").lower()
    return "html" in kind and response.status in {200, 401, 403}


def is_in_front(response: Response) -> bool:
    """Tell whether a response says nothing of what was asked for: a redirect, an outage, a page."""
    failing = response.status in _BY_STATUS or response.status >= 500
    return failing or _redirects(response) or is_page(response)


def after(failure: Failure) -> str:
    """Return why no answer came, with the one thing to do about it."""
    step = _BY_FAILURE.get(failure.kind)
    if step is None or any(words in failure.message for words in _OWN_STEPS):
        return failure.message
    return f"{failure.message}: {step}"


def log_in_again(name: str) -> str:
    """Return what to do about a session that is refused."""
    copy = "copy the cookie's value just as Set-Cookie held it, percent-encoded where it was"
    return f"log in as {name} again and {copy}"


def next_step(exchange: Exchange, base_url: str) -> str:
    """Return the one thing to do about an answer that cannot be the endpoint's.

    Arguments:
        exchange: the request, and a response to it.
        base_url: of the target.
    """
    response = exchange.response
    assert response is not None  # noqa: S101 - the caller has looked
    if _redirects(response):
        return _after_redirect(exchange.request, response, base_url)
    if response.status in _BY_STATUS:
        return _BY_STATUS[response.status]
    if response.status >= 500:
        return "the server fails: look into its log"
    if is_page(response):
        return PAGE
    return REFUSED if response.status in {400, 403} else PREFIX


def _redirects(response: Response) -> bool:
    return 300 <= response.status < 400


def _after_redirect(request: Request, response: Response, base_url: str) -> str:
    """Name the base URL to which a request for the same path is redirected, if it is one."""
    try:
        to = urlsplit(urljoin(base_url + request.target, response.header("Location") or ""))
        if to.path.endswith(request.target) and to.netloc:
            prefix = to.path.removesuffix(request.target)
            moved = Address.parse(f"{to.scheme}://{to.netloc}{prefix}")
            if moved != Address.parse(base_url):
                return f"write {one_line(str(moved), longest=_SHOWN)} as base_url"
    except ValueError:
        pass
    return PAGE


def difference(listed: set[int], ids: tuple[Any, ...]) -> str:
    """Say which files a target lists beside those that came, and which it does not list."""
    there = {number for number in ids if isinstance(number, int)}
    parts = [
        f"{words} {', '.join(str(number) for number in sorted(some)[:5])}"
        for words, some in (("also lists", listed - there), ("does not list", there - listed))
        if some
    ]
    return " and ".join(parts) or "lists others"
