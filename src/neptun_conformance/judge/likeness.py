"""Whether a foreign chat is refused as one that does not exist: nothing may tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from neptun_conformance.bodies import json_text
from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.exchange import Response
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.demands import Subject, judges
from neptun_conformance.questions.situations import UnknownChat

MISSING_CHATS = (UnknownChat(), UnknownChat(further=True))
"""Chats that do not exist, of two numbers, so that what depends on the number shows."""

_OF_EACH_ANSWER = {"date", "content-length", "connection", "keep-alive"}
_CLOSED = "header connection: close"
"""Headers of one answer, or of the connection that it came by (RFC 9110 section 7.6.1)."""
_IN_ANY_CASE = {"content-encoding", "content-type", "transfer-encoding", "vary"}
"""Headers whose values say the same in capitals (RFC 9110 sections 8.3, 8.4 and 12.5.5)."""


def _missing_ones(answer: Answer) -> list[Answer | None]:
    question = answer.resolved.question
    return [answer.facts.alone.get(replace(question, chat=chat)) for chat in MISSING_CHATS]


def _can_be_likened(answer: Answer) -> bool:
    if answer.resolved.question.chat in MISSING_CHATS:
        return False
    return all(one is not None and one.status == 404 for one in (answer, *_missing_ones(answer)))


@judges(
    about=Subject(_can_be_likened, "another user's chat and missing chats did not all get a 404")
)
def be_like_missing_ones(answer: Answer) -> Iterator[Problem]:
    """Demand that a foreign chat is refused as missing ones are.

    The same caller has asked for two missing chats under the same user id. In what such two
    differ, whoever asked for them, an answer varies by time, by chance or by the id, and is not
    compared.
    """
    others = _missing_ones(answer)
    if not _can_be_likened(answer):
        return
    foreign, *missing = (_refusal(one) for one in (answer, *others) if one)
    names = sorted({name for one in (foreign, *missing) for name in one.traits} - {_LAYOUT})
    telling = [name for name in names if _tells(name, foreign, missing)]
    if not telling and _tells(_LAYOUT, foreign, missing):
        telling = [_LAYOUT]
    if telling:
        volatile = _volatile(answer.facts)
        telling = [n for n in telling if (n, _in_presence(n, foreign, *missing)) not in volatile]
    for name in telling:
        usual, theirs = (one.shown(name) for one in (missing[0], foreign))
        yield Problem(
            f"another user's chat differs from a missing one in the {name}", usual, theirs
        )


def _volatile(facts: Facts) -> set[tuple[str, bool]]:
    """Return the traits in which any two missing ones differ that the same caller asked for.

    Each with whether they differ in having it at all: a trait that is always there may have
    another value each time, and then its absence still tells something.
    """
    first, further = MISSING_CHATS
    found: set[tuple[str, bool]] = set()
    for question, answer in facts.alone.items():
        other = facts.alone.get(replace(question, chat=further)) if question.chat == first else None
        if other is not None and answer.status == other.status == 404:
            pair = _refusal(answer), _refusal(other)
            traits = {name for one in pair for name in one.traits}
            found |= {
                (name, _in_presence(name, *pair)) for name in traits if not _same_trait(name, *pair)
            }
    return found


def _in_presence(name: str, *refusals: _Refusal) -> bool:
    """Tell whether refusals differ in that some have a trait and some have not."""
    return len({name in one.traits for one in refusals}) > 1


class _Refusal(NamedTuple):
    """What can be told of a refusal by name, and the chat id that was asked for."""

    chat: str
    traits: dict[str, str]

    def shown(self, name: str) -> str:
        """Return a trait as a finding shows it."""
        return shown(self.traits[name]) if name in self.traits else f"no {name}"


_LAYOUT = "layout of the body"
_ABSENT = "\n"
"""Stands for a trait that is not there; no header has such a value."""


def _tells(name: str, foreign: _Refusal, missing: list[_Refusal]) -> bool:
    """Tell whether the missing ones have a trait in common that the foreign one has not.

    They may have it, or lack it, in common while its value differs each time.
    """
    if _in_presence(name, foreign, *missing):
        return not _in_presence(name, *missing)
    steady = all(_same_trait(name, one, missing[0]) for one in missing)
    return steady and not any(_same_trait(name, foreign, one) for one in missing)


def _same_trait(name: str, one: _Refusal, other: _Refusal) -> bool:
    """Compare a trait of two refusals, each of which may repeat the id that it was asked for.

    Where the other repeats its id, this one may have either: the number of a chat may stand in a
    text by chance, too, such as 404.
    """
    mine, theirs = (refusal.traits.get(name, _ABSENT) for refusal in (one, other))
    first, *others = re.split(rf"(?<!\d){re.escape(other.chat)}(?!\d)", theirs)
    # A pattern made of a whole body would take minutes to compile.
    if not mine.startswith(first):
        return False
    ids = sorted((one.chat, other.chat), key=len, reverse=True)
    position = len(first)
    for part in others:
        found = next((i for i in ids if mine.startswith(f"{i}{part}", position)), None)
        if found is None:
            return False
        position += len(found) + len(part)
    return position == len(mine)


def _refusal(answer: Answer) -> _Refusal:
    """Take a refusal apart, header by header, and the body leaf by leaf."""
    response = answer.response
    assert response is not None  # noqa: S101 - the caller has seen its status
    traits = {
        f"header {name.lower()}": value.lower() if name.lower() in _IN_ANY_CASE else value
        for name, value in response.headers
        if name.lower() not in _OF_EACH_ANSWER
    }
    if _is_closed_unasked(answer, response):
        traits[_CLOSED] = "it"
    traits |= {f"body {name}": value for name, value in _leaves(response).items()}
    traits[_LAYOUT] = response.body.decode(errors="replace")
    path = answer.resolved.request.target.partition("?")[0]
    return _Refusal(path.split("/")[-2], traits)


def _is_closed_unasked(answer: Answer, response: Response) -> bool:
    """Tell whether a server closes the connection though the request said nothing of it."""
    request = answer.resolved.request
    asked = request.fresh or any(name.lower() == "connection" for name, _ in request.headers)
    return not asked and "close" in (response.header("Connection") or "").lower()


MOST_TAKEN_APART = 256 * 1024
"""Octets of a body that is compared leaf by leaf; a longer one is compared as one text."""
_MOST_STEPS = 12
"""Levels of such a body; what lies deeper shows in its layout alone."""


def _leaves(response: Response) -> dict[str, str]:
    if len(response.body) <= MOST_TAKEN_APART:
        document = json_text.read(response.body)
        if document.read:
            return dict(_flattened("", document.value, _MOST_STEPS))
    return {"text": response.body.decode(errors="replace")}


def _flattened(path: str, value: Any, steps: int) -> Iterator[tuple[str, str]]:
    members: Iterable[tuple[Any, Any]]
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    else:
        # 404, 404.0 and 4.04e2 are one number (RFC 8259 section 6).
        whole = isinstance(value, float) and value.is_integer()
        yield path, str(int(value) if whole else value)
        return
    if steps:
        for name, member in members:
            yield from _flattened(f"{path}/{name}", member, steps - 1)
