"""Whether an answer gives away files of a chat that its caller may not read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote

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
    """Count the files in the answer that are in no chat of the caller's own.

    What such a chat holds is known from its plain reading and from the target. Where its plain
    readings differ, or none can be read, nobody can say which files are its own.
    """
    reader, facts = answer.resolved.question.caller.account, answer.facts
    chat = answer.resolved.chat
    if answer.files is None:
        return 0
    if answer.resolved.readable and chat and (chat in facts.unsteady or not facts.accepted(chat)):
        return 0
    own: set[object] = set()
    for read, plain in facts.plain.items():
        if read.account is reader and plain.files:
            own.update(plain.files.ids)
    for named, files in facts.listed.items():
        if named.account is reader:
            own.update(file.id for file in files)
    return sum(value not in own for value in answer.files.ids)


def _known_text(answer: Answer) -> str | None:
    """Return a name or link in an answer that is of a file which the caller may not read.

    What stands in the answer to the same caller's plain question, too, says nothing about this one.
    In a page that comes for no chat at all one may stand by chance, and several may not.
    """
    assert answer.response is not None  # noqa: S101 - the caller has looked
    by_chance = 1 if answer.response.body in answer.facts.pages else 0
    is_own = _own_texts(answer)
    whole = _whole(answer.response)
    texts = dict.fromkeys(chain.from_iterable(answer.facts.texts.values()))
    foreign = [text for text in texts if text in whole and not is_own(text)]
    if not foreign:
        return None
    in_header = _found_in_header(answer, foreign)
    if in_header:
        return in_header
    there, said = _strings(answer.response.body)
    strings = {text for text in there if not is_own(text)}
    plain = answer.plain_form
    if plain is not None and plain.response is not None:
        strings -= _strings(plain.response.body)[0]
    found = [
        text
        for text in foreign
        if text not in said and _stands_in(text, strings, whole=answer.accepted)
    ]
    return found[0] if len(found) > by_chance else None


def _own_texts(answer: Answer) -> Callable[[str], bool]:
    """Return what tells whether a text stood in a plain reading of a chat of the caller's own."""
    reader = answer.resolved.question.caller.account
    known = chain(answer.facts.texts.items(), answer.facts.every_text.items())
    own = [texts for chat, texts in known if chat.account is reader]
    return lambda text: any(text in texts for texts in own)


def _found_in_header(answer: Answer, foreign: Iterable[str]) -> str | None:
    """Return a link, or a name with an extension, that is a part of a header's value.

    A plain word, such as ``private``, is an ordinary part of one.
    """
    plain = answer.plain_form
    values = _values(answer) - (_values(plain) if plain is not None else set())
    found = (text for text in foreign if "." in text and any(text in value for value in values))
    return next(found, None)


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


@lru_cache(maxsize=64)
def _strings(body: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Return the strings in a JSON body, and which of them it says as an error.

    Any other body is one string. Most refusals of a run have one of a few bodies.
    """
    value = _read(body)
    return frozenset(_strings_in(value)), frozenset(_said(value))


def _whole(response: Response) -> str:
    """Return all that an answer says as one text: what does not stand in it stands nowhere."""
    values = "\n".join(value for _, value in response.headers)
    return "\n".join((*_spelled(values), _joined_strings(response.body)))


def _values(answer: Answer) -> set[str]:
    """Return the values of the headers, with what is no ASCII in them in plain text, too."""
    headers = answer.response.headers if answer.response else ()
    return {form for _, value in headers for form in _spelled(value)}


def _spelled(value: str) -> tuple[str, str, str]:
    """Return a value, and what is no ASCII in it in plain text.

    It comes as it is, or in percent signs (RFC 8187).
    """
    octets = value.encode("latin-1", "replace").decode(errors="replace")
    return value, octets, unquote(value)


@lru_cache(maxsize=64)
def _joined_strings(body: bytes) -> str:
    return "\n".join(_strings(body)[0])


def _read(body: bytes) -> object:
    """Return the JSON value of a body, and any other body as one string."""
    text = body.decode(errors="replace")
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
