"""Chats of a caller that the target does not name: which 200 to a guessed number is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neptun_conformance.bodies.files import FileList
from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.resolve.expectation import Expected


def be_missing_or_a_chat_of_its_own(answer: Answer) -> Iterator[Problem]:
    """Demand of a guessed number a 404, or a 200 that is about the chat of this number.

    A user may have more chats than the target names, with files or without.
    """
    if answer.status in {None, 404}:
        return
    if not answer.accepted:
        expected = "status 404, or the files of a chat with this number"
        yield Problem("the response is not a 404", expected, described(answer))
        return
    yield from be_a_chat_of_its_own(answer)


def be_a_chat_of_its_own(answer: Answer) -> Iterator[Problem]:
    """Demand of a 200 to a number that is no known chat's that it is about no other chat."""
    if answer.resolved.chat is None:
        yield from be_no_known_chat(answer)
        yield from _be_named_by_its_number(answer)


def be_no_known_chat(answer: Answer) -> Iterator[Problem]:
    """Demand that a number that is not a known chat's does not yield that chat's very files.

    Whether the number names another chat cannot be known, so a 200 alone says nothing.
    """
    found = answer.sound_files
    if answer.resolved.chat is not None or found is None or not found.ids:
        return
    for chat, plain in answer.facts.plain.items():
        known = plain.sound_files
        if known is not None and _but_for_the_chat(known) == _but_for_the_chat(found):
            expected, actual = "a 4xx, or files of its own", f"those of {chat}"
            yield Problem("the files of another chat", expected, actual)


def _but_for_the_chat(files: FileList) -> dict[Any, tuple[Any, ...]]:
    return {file_id: kept[1:] for file_id, kept in files.stable.items()}


def _be_named_by_its_number(answer: Answer) -> Iterator[Problem]:
    asked, files = answer.resolved.asked_id, answer.files
    numbers = {kept[0] for kept in files.stable.values()} if files else set()
    others = numbers - {asked, None}
    if others:
        actual = shown(min(others))
        yield Problem("the files of another chat", f"chat_conversation_id {asked}", actual)


def is_wrong_guess(answer: Answer) -> bool:
    """Tell whether the answer to a guessed number is neither a 404 nor a right 200."""
    guessed = answer.resolved.expected is Expected.NOT_FOUND_OR_FILES
    return guessed and next(be_missing_or_a_chat_of_its_own(answer), None) is not None
