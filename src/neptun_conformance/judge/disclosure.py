"""Whether an answer gives away files of a chat that its caller may not read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote

from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.bodies.strings import strings_in
from neptun_conformance.exchange import Response
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, judges

_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


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
def name_no_file_of_others(answer: Answer) -> Iterator[Problem]:
    """Demand that no file of another's chat is named, by whatever status, method or header.

    What a success lists to who may not read it is left to the clauses about access.
    """
    if answer.response is None:
        return
    if answer.refused:
        yield from disclose_nothing(answer)
        return
    if answer.resolved.readable:
        named = _named_beside_the_own(answer)
    else:
        access = answer.succeeds and answer.resolved.request.method == "GET"
        named = None if access else _known_text(answer)
    if named:
        yield Problem("a file is disclosed", "no chat data", f"the string {shown(named)}")


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
    In a page that comes for no chat at all one may stand by chance, and several may not; so it is
    in what OPTIONS tells of a route.
    """
    assert answer.response is not None  # noqa: S101 - the caller has looked
    described_only = answer.resolved.request.method == "OPTIONS"
    by_chance = 1 if described_only or answer.response.body in answer.facts.pages else 0
    foreign = _foreign_texts(answer, _whole(answer.response))
    if not foreign:
        return None
    in_header = _found_in_header(answer, foreign)
    if in_header and not _is_by_chance(answer, in_header):
        return in_header[0]
    there, said = _strings(answer.response.body)
    is_own = _own_texts(answer)
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


def _foreign_texts(answer: Answer, whole: str) -> list[str]:
    """Return names and links of other people's files that stand in a text.

    What the request said may come back: it is nobody's secret.
    """
    texts = dict.fromkeys(chain.from_iterable(answer.facts.texts.values()))
    found = [text for text in texts if text in whole]
    if not found:
        return found
    is_own, was_sent = _own_texts(answer), _was_sent(answer)
    return [text for text in found if not (is_own(text) or was_sent(text))]


def _was_sent(answer: Answer) -> Callable[[str], bool]:
    """Return what tells whether a name, or a link but for its host, stood in the request.

    A server that repeats the URL of a request puts before its path what it takes for its own
    address, with the prefix of the target's base URL.
    """
    sent, paths = _sent(answer), tuple(target.partition("?")[0] for target in _targets(answer))

    def was_sent(text: str) -> bool:
        path = _ORIGIN.sub("", text)
        return (path or "/") in sent or path.endswith(paths)

    return was_sent


def _targets(answer: Answer) -> tuple[str, ...]:
    """Return the path and query that went out, and those of the plain form."""
    target, plain = answer.resolved.request.target, answer.plain_form
    return (target,) if plain is None else (target, plain.resolved.request.target)


def _named_beside_the_own(answer: Answer) -> str | None:
    """Return a name or link of another's file in what a reader gets beside the own files.

    A single name that is said to everybody, whatever chat is read, stands there by chance: that of
    a style sheet, say.
    """
    foreign = _foreign_texts(answer, _beside(answer))
    if not foreign:
        return None
    plain = answer.plain_form
    known = _beside(plain) if plain is not None else ""
    whole = _without_the_own(answer)
    found = [
        text for text in foreign if "." in text and _is_named(text, whole) and text not in known
    ]
    return found[0] if found and not _is_by_chance(answer, found) else None


def _beside(answer: Answer) -> str:
    """Return what an answer says beside the files of a success, a string a line."""
    response, reading = answer.response, answer.reading
    if response is None:
        return ""
    content = reading.beside if reading and answer.accepted else _joined_strings(response.body)
    return "\n".join((*_header_lines(response), content))


def _without_the_own(answer: Answer) -> str:
    """Return the same without the names of own files, of which another's may be a part."""
    whole, own = _beside(answer), _own(answer)
    for text in sorted(chain.from_iterable(own), key=len, reverse=True):
        whole = whole.replace(text, "\n")
    return whole


def _is_named(text: str, whole: str) -> bool:
    """Tell whether a name or link stands in a text by itself, and not as a part of a longer one."""
    if "://" in text:
        return True
    ends = r"[\n/\\=\"'<>()\[\],;:?&#|]"
    return re.search(rf"(?:^|{ends}) *{re.escape(text)} *(?:$|{ends})", whole) is not None


def _sent(answer: Answer) -> str:
    """Return what the request said, as it went out and decoded, and the plain form of its path."""
    values = (value for _, value in answer.resolved.request.headers)
    said = "\n".join((*_targets(answer), *values))
    return f"{said}\n{unquote(said)}"


def _is_by_chance(answer: Answer, found: list[str]) -> bool:
    """Tell whether this is one name that stands beside the files in each reading of each person."""
    if len(found) > 1 or "://" in found[0]:
        return False
    plain = answer.facts.plain
    people = {chat.account for chat in plain}
    return len(people) > 1 and all(found[0] in _beside(reading) for reading in plain.values())


def _own_texts(answer: Answer) -> Callable[[str], bool]:
    """Return what tells whether a text is of a file in a chat of the caller's own."""
    own = _own(answer)
    return lambda text: any(text in texts for texts in own)


def _own(answer: Answer) -> list[Collection[str]]:
    """Return the texts of the plain readings of the caller's own chats, and the listed names."""
    reader, facts = answer.resolved.question.caller.account, answer.facts
    known = chain(facts.texts.items(), facts.every_text.items())
    listed = (
        {file.name for file in files if file.name}
        for chat, files in facts.listed.items()
        if chat.account is reader
    )
    return [*(texts for chat, texts in known if chat.account is reader), *listed]


def _found_in_header(answer: Answer, foreign: Iterable[str]) -> list[str]:
    """Return the links, and the names with an extension, that are a part of a header's value.

    A plain word, such as ``private``, is an ordinary part of one.
    """
    plain = answer.plain_form
    values = _values(answer) - (_values(plain) if plain is not None else set())
    return [text for text in foreign if "." in text and any(text in value for value in values)]


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
    return frozenset(strings_in(value)), frozenset(_said(value))


def _whole(response: Response) -> str:
    """Return all that an answer says as one text: what does not stand in it stands nowhere."""
    return "\n".join((*_header_lines(response), _joined_strings(response.body)))


def _header_lines(response: Response) -> tuple[str, ...]:
    return _spelled("\n".join(value for _, value in response.headers))


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
