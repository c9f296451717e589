"""Whether an answer gives away files of a chat that its caller may not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.exchange import Response
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, judges

_DOCUMENTED = frozenset(
    {
        *("chatFiles", "id", "chat_conversation_id", "name", "size", "type", "created_at", "url"),
        *("statusCode", "statusMessage", "data", "message"),
    }
)
"""Names of members that any answer may hold, whatever files are called."""


@judges(Needs.PLAIN_REFUSAL)
def disclose_nothing(answer: Answer) -> Iterator[Problem]:
    """Demand that no file of another's chat stands in the answer, by id, by name or by link."""
    if answer.response is None:
        return
    foreign = _foreign_files(answer)
    if foreign:
        yield Problem(
            "files are disclosed", "no chat data", f"{described(answer)}, {foreign} files"
        )
        return
    known = _known_text(answer)
    if known:
        yield Problem("a file is disclosed", "no chat data", f"the string {shown(known)}")


@judges(Needs.PLAIN_REFUSAL)
def refuse_without_a_file(answer: Answer) -> Iterator[Problem]:
    """Demand that no file of another's chat stands in a refusal, whatever was asked."""
    if answer.status is not None and 400 <= answer.status < 500:
        yield from disclose_nothing(answer)


def _foreign_files(answer: Answer) -> int:
    """Count the files in the answer that the caller has not read in a chat of its own."""
    reader = answer.resolved.question.caller.account
    if answer.files is None:
        return 0
    own: set[object] = set()
    for chat, plain in answer.facts.plain.items():
        if chat.account is reader and plain.files:
            own.update(plain.files.ids)
    if answer.resolved.readable and answer.resolved.chat in answer.facts.unsteady:
        return 0
    return sum(value not in own for value in answer.files.ids)


def _known_text(answer: Answer) -> str | None:
    """Return a name or link in the body that is of a file which the caller may not read.

    What stands in the answer to the same caller's plain question, too, says nothing about this one.
    In a page that comes for no chat at all one may stand by chance, and several may not.
    """
    assert answer.response is not None  # noqa: S101 - the caller has looked
    by_chance = 1 if answer.response.body in answer.facts.pages else 0
    reader = answer.resolved.question.caller.account
    texts = answer.facts.texts
    own = {text for chat, known in texts.items() if chat.account is reader for text in known}
    foreign = dict.fromkeys(text for known in texts.values() for text in known if text not in own)
    strings = _strings(answer.response) - own
    plain = answer.plain_form
    if plain is not None and plain.response is not None:
        strings -= _strings(plain.response)
    said = set(_said(_read(answer.response)))
    found = [
        text
        for text in foreign
        if text not in said and _stands_in(text, strings, whole=answer.accepted)
    ]
    return found[0] if len(found) > by_chance else None


def _stands_in(text: str, strings: set[str], *, whole: bool) -> bool:
    """Tell whether a name or link is among strings, or is a part of one.

    A list of files has names of its own, of which another's name may well be a part.
    """
    return text in strings or (not whole and any(text in one for one in strings))


def _said(body: object) -> Iterator[str]:
    """Yield what an error body says in its documented places, which a file may be called, too."""
    if isinstance(body, dict):
        data = body.get("data")
        said = [body.get("statusMessage"), data.get("message") if isinstance(data, dict) else None]
        yield from (one for one in said if isinstance(one, str))


def _strings(response: Response) -> set[str]:
    """Return the strings in a JSON body, and all of any other body as one."""
    return set(_strings_in(_read(response)))


def _read(response: Response) -> object:
    """Return the JSON value of a body, and any other body as one string."""
    text = response.body.decode(errors="replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value.keys() - _DOCUMENTED
        yield from chain.from_iterable(map(_strings_in, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_strings_in, value))
