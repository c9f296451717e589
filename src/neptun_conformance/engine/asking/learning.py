"""What a run learns from its answers for the judgement of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.situations import ChatOf, Question, UnknownChat, Written
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.targets.model import File

_NO_CHATS = UnknownChat | Written


def listed(participants: Participants) -> dict[ChatOf, tuple[File, ...]]:
    """Return the files that the target lists, by chat."""
    found = {}
    for account in participants.accounts.values():
        chat = participants.identity(account).chat_with_files
        if chat is not None and chat.files is not None:
            found[ChatOf(account)] = chat.files
    return found


class Learned:
    """What a run has learned so far; answers see it by ``facts``, and only the engine adds to it.

    Arguments:
        participants: the people of the run.
    """

    def __init__(self, participants: Participants) -> None:
        """Begin with what the target file says."""
        self._plain: dict[ChatOf, Answer] = {}
        self._texts: dict[ChatOf, tuple[str, ...]] = {}
        self._every_text: dict[ChatOf, frozenset[str]] = {}
        self._alone: dict[Question, Answer] = {}
        self._unsteady: dict[ChatOf, None] = {}
        self._names: dict[ChatOf, frozenset[frozenset[str]]] = {}
        self._orders: dict[ChatOf, tuple[int, ...]] = {}
        self._pages: dict[bytes, None] = {}
        self.facts = Facts(
            plain=MappingProxyType(self._plain),
            texts=MappingProxyType(self._texts),
            every_text=MappingProxyType(self._every_text),
            listed=MappingProxyType(listed(participants)),
            alone=MappingProxyType(self._alone),
            unsteady=self._unsteady.keys(),
            names=MappingProxyType(self._names),
            orders=MappingProxyType(self._orders),
            pages=self._pages.keys(),
        )

    def compare_with(self, chat: ChatOf, plain: Answer) -> None:
        """Let others be compared with this plain reading of a chat."""
        self._plain[chat] = plain
        self._texts[chat] = plain.reading.texts if plain.reading else ()

    def learn_from(self, alone: Mapping[Question, Answer], every: Iterable[Answer]) -> None:
        """Note what answers say about others: what varies by itself, and what is no secret.

        Arguments:
            alone: the answers to single questions.
            every: all answers of the run so far.
        """
        self._alone |= alone
        for answer in self._alone.values():
            self._learn(answer)
        self._orders.clear()  # each reading counts once, however often there was more to learn
        for answer in filter(_is_plain_reading, every):
            self._learn_from_a_reading(answer)

    def _learn(self, answer: Answer) -> None:
        chat, response = answer.resolved.chat, answer.response
        if chat is None and response and isinstance(answer.resolved.question.chat, _NO_CHATS):
            self._pages[response.body] = None
        plain = self._plain.get(chat) if chat and not answer.mixed_up else None
        if chat is not None and _is_plain_reading(answer) and _differs(answer, plain):
            self._unsteady[chat] = None

    def _learn_from_a_reading(self, answer: Answer) -> None:
        chat, reading, files = answer.resolved.chat, answer.reading, answer.files
        if chat is None or reading is None:
            return
        self._names[chat] = self._names.get(chat, frozenset()) | {reading.names}
        if files is not None:
            self._orders[chat] = (*self._orders.get(chat, ()), hash(files.ids))
        plain, known = self._plain.get(chat), self._every_text.get(chat, frozenset())
        if plain is not None and files == plain.files and not known.issuperset(reading.texts):
            self._every_text[chat] = known.union(reading.texts)


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
