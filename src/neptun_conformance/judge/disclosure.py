"""Whether an answer gives away files of a chat that its caller may not read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, judges


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

    In a page that comes for no chat at all, too, one may stand by chance, and several may not.
    """
    assert answer.response is not None  # noqa: S101 - the caller has looked
    by_chance = 1 if answer.response.body in answer.facts.pages else 0
    reader = answer.resolved.question.caller.account
    body = answer.response.body.decode(errors="replace")
    texts = answer.facts.texts
    own = {text for chat, known in texts.items() if chat.account is reader for text in known}
    foreign = dict.fromkeys(text for known in texts.values() for text in known if text not in own)
    found = [text for text in foreign if text in body or json.dumps(text)[1:-1] in body]
    return found[0] if len(found) > by_chance else None
