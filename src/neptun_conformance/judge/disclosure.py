"""Whether an answer gives away files of a chat that its caller may not read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from neptun_conformance.answer import Answer, described
from neptun_conformance.due import Due
from neptun_conformance.judge.problem import Problem, shown


def disclose_nothing(answer: Answer) -> Iterator[Problem]:
    """Demand that no file stands in the answer, neither in a list nor by its name or link."""
    if answer.response is None:
        return
    own = answer.ready.due in {Due.FILES, Due.FILES_OR_4XX, Due.FILES_OR_ANYTHING}
    if not own and answer.accepted and answer.reading and answer.reading.files and answer.reading.files.ids:
        actual = f"{described(answer)} with {len(answer.reading.files.ids)} files"
        yield Problem("files are disclosed", "no chat data", actual)
        return
    known = _known_text(answer)
    if known:
        yield Problem("a file is disclosed", "no chat data", f"the text {shown(known)}")


def _known_text(answer: Answer) -> str | None:
    """Return the name or link of a file that the caller may not read and that stands in the body."""
    assert answer.response is not None  # noqa: S101 - the caller has looked
    reader = answer.ready.question.caller.account
    body = answer.response.body.decode("utf-8", "replace")
    for chat, texts in answer.facts.texts.items():
        if chat.account is reader:
            continue
        for text in texts:
            if text in body or json.dumps(text)[1:-1] in body:
                return text
    return None
