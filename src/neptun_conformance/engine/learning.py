"""What a run learns from its answers for the judgement of others."""

from __future__ import annotations

from collections import Counter

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.situations import ChatOf, UnknownChat, Written
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.targets.model import File

_NO_CHATS = UnknownChat | Written


def listed(participants: Participants) -> dict[ChatOf, tuple[File, ...]]:
    """Return the files that the target lists, by chat."""
    found = {}
    for account in participants.accounts().values():
        chat = participants.identity(account).chat_with_files
        if chat is not None and chat.files is not None:
            found[ChatOf(account)] = chat.files
    return found


def learn(facts: Facts, answer: Answer) -> None:
    """Note what an answer says about others: what varies by itself, and what is no secret."""
    chat, response = answer.resolved.chat, answer.response
    if chat is None and response and isinstance(answer.resolved.question.chat, _NO_CHATS):
        facts.pages.add(response.body)
    if chat is not None and _is_plain_reading(answer) and _differs(answer, facts.plain.get(chat)):
        facts.unsteady.add(chat)


def learn_names(facts: Facts, answer: Answer) -> None:
    """Note which members a plain reading has, also one of several that belong together."""
    chat = answer.resolved.chat
    if chat is not None and answer.reading is not None and _is_plain_reading(answer):
        facts.names.setdefault(chat, set()).add(answer.reading.names)


def _is_plain_reading(answer: Answer) -> bool:
    """Tell whether this is what came of a plain question for an own chat."""
    resolved = answer.resolved
    due_to_it = resolved.expected is Expected.FILES and resolved.request.method == "GET"
    ordinary = not resolved.question.voice and not resolved.question.documented
    return due_to_it and answer.response is not None and ordinary


def _differs(answer: Answer, plain: Answer | None) -> bool:
    """Tell whether a reading holds other files than the first one of its chat."""
    if plain is None:
        return False
    ids = [a.files.ids if a.files else None for a in (plain, answer)]
    return answer.accepted != plain.accepted or Counter(ids[0]) != Counter(ids[1])
