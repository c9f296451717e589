"""Writes a question into a record, and makes it anew from there, so that a report can be replayed.

Most questions of a run stand in no check as they were asked: they were given a voice, made of fewer
parts, or drawn and made smaller. So a record holds what differs, and names what does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from neptun_conformance.questions.callers import with_names
from neptun_conformance.questions.free_voices import level_named, name_of
from neptun_conformance.questions.generated import recipes
from neptun_conformance.questions.situations import Question, Written, WrittenUser
from neptun_conformance.results.result import QuestionRecord


def record_of(question: Question) -> QuestionRecord:
    """Return a question as data; nothing in it depends on the target, so it holds no secret."""
    return QuestionRecord(
        caller=question.caller.words,
        user=_words(question.user),
        chat=_words(question.chat),
        method=question.method,
        route=question.route.name,
        query=question.query,
        headers=list(question.headers),
        body=question.body,
        voice=[name_of(level) for level in question.voice],
        documented=question.documented,
        recipe=question.recipe,
    )


def question_of(record: QuestionRecord, known: Iterable[Question]) -> Question | None:
    """Return the question of a record, None where this version of the suite cannot make it.

    Arguments:
        record: the question as data.
        known: the questions of the suite; one of them has its caller, user and chat.
    """
    try:
        voice = tuple(map(level_named, record.voice))
        base = recipes.question(record.recipe) if record.recipe else _like(record, known)
    except (KeyError, ValueError):
        return None
    if base is None:
        return None
    headers = tuple(record.headers)
    return replace(base, headers=headers, query=record.query, body=record.body, voice=voice)


def _like(record: QuestionRecord, known: Iterable[Question]) -> Question | None:
    named = attrgetter("user", "chat", "method", "route", "documented")
    alike = [q for q in known if named(record_of(q)) == named(record)]
    same = next((q for q in alike if q.caller.words == record.caller), None)
    return same or next(filter(None, (_with_fewer_names(q, record.caller) for q in alike)), None)


def _with_fewer_names(question: Question, words: str) -> Question | None:
    """Return a question whose caller shows a session under the names in words, and no more."""
    caller = question.caller
    if not caller.names:
        return None
    before = caller.words.removesuffix(", ".join(caller.names))
    names = tuple(words.removeprefix(before).split(", "))
    if not words.startswith(before) or not set(names) <= set(caller.names):
        return None
    return replace(question, caller=with_names(caller, names))


def _words(part: object) -> str:
    """Name a user or a chat; of a text that is written out, words show only the beginning."""
    if isinstance(part, Written | WrittenUser):
        return f"{part.text} ({'encoded' if part.encoded else 'plain'})"
    return str(part)
