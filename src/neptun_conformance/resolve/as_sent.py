"""A question with what went out in place of the names of ids, sessions and validators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from neptun_conformance.cutting import quoted
from neptun_conformance.questions.routes import Route
from neptun_conformance.questions.situations import Chat, Derived, Headers, Question
from neptun_conformance.resolve.resolved import ResolvedQuestion

_CHAT = re.compile("/chats/([^/]+)/")

Shown = Callable[[str], str]


def as_sent(resolved: ResolvedQuestion, shown: Shown) -> Question:
    """Return a question with the values that went out in place of their names.

    Arguments:
        resolved: the question with its request.
        shown: returns a text as it may be shown, without secrets.
    """
    question, request = resolved.question, resolved.request
    path, _, query = request.target.partition("?")
    # A session that is shown in the query follows the question's own parameters.
    parts = query.split("&")[: question.query.count("&") + 1]
    sent = {name.lower(): shown(value) for name, value in request.headers}
    return replace(
        question,
        headers=tuple(_sent_headers(question.headers, request.headers, shown)),
        query=shown("&".join(parts)) if question.query else "",
        chat=_written(question.chat, path, shown),
        voice=tuple(level.with_values(sent) for level in question.voice),
        body=shown(request.body.decode("latin-1")),
        path=_path(question.route, path, shown),
    )


def _sent_headers(asked: Headers, sent: Headers, shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield headers with the values that went out; the target may have left one out."""
    left = list(sent)
    for name, value in asked:
        found = next((pair for pair in left if pair[0].lower() == name.lower()), None)
        if found:
            left.remove(found)
        yield name, shown(found[1] if found else value)


def _path(route: Route, path: str, shown: Shown) -> str:
    """Return the path of another spelling of the route; a mere question mark belongs to it."""
    if route is Route.PLAIN:
        return ""
    return shown(f"{path}?" if route.value.endswith("?") else path)


def _written(chat: Chat, path: str, shown: Shown) -> Chat:
    """Return a chat id that is made from another with the text that went out."""
    segment = _CHAT.search(path)
    if not isinstance(chat, Derived) or segment is None:
        return chat
    text = shown(unquote(segment[1], errors="replace"))
    return replace(chat, name=f"{chat.name} ({quoted(text)})")
