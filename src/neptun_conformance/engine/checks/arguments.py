"""What a check is handed: the answers to its questions, or those of the whole run of one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from neptun_conformance.engine.checks import links
from neptun_conformance.engine.checks.check import Check, Policy
from neptun_conformance.judge import content, hygiene
from neptun_conformance.judge.answer import Answer, Replies, Unasked, each
from neptun_conformance.judge.demands import Answers, NobodyToAsk, NotApplicable, NotTested
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.questions.situations import Asked


@dataclass(frozen=True, slots=True)
class Selection:
    """Which answers of the whole run a check is about, and what it means that there are none."""

    belongs: Callable[[Answer], bool]
    nothing: str
    applicable: bool = True


def _everything(_: Answer) -> bool:
    return True


def _is_voiced(answer: Answer) -> bool:
    return bool(answer.resolved.question.voice)


_NO_SESSION_SET = Selection(
    hygiene.sets_a_session_here, "no Set-Cookie gave the session a value", applicable=False
)
SELECTIONS: dict[ArgumentKind, Selection] = {
    ArgumentKind.EVERYTHING: Selection(_everything, "nothing was asked"),
    ArgumentKind.SUCCESSES: Selection(content.is_a_200_with_files, "no 200 was returned"),
    ArgumentKind.PRIVATE_ANSWERS: Selection(content.is_a_private_200, "no chat could be read"),
    ArgumentKind.READINGS: Selection(content.is_the_expected_200, "no chat could be read"),
    ArgumentKind.EMPTY_READINGS: Selection(
        content.is_of_an_empty_chat, "no empty chat could be asked for"
    ),
    ArgumentKind.LISTED_READINGS: Selection(
        lambda a: content.is_the_expected_200(a) and a.resolved.chat in a.facts.listed,
        "the target lists the files of no chat that could be read (chat_with_files.files)",
    ),
    ArgumentKind.DOCUMENTED_ERRORS: Selection(
        content.is_a_documented_error, "no 401 and no 404 was returned"
    ),
    ArgumentKind.ERRORS: Selection(content.is_an_error, "no error was returned"),
    ArgumentKind.SERVER_ERRORS: Selection(
        content.is_a_500, "no 500 was returned", applicable=False
    ),
    ArgumentKind.SESSION_COOKIES: _NO_SESSION_SET,
    ArgumentKind.SECURE_SESSION_COOKIES: _NO_SESSION_SET,
    ArgumentKind.VOICED: Selection(_is_voiced, "nothing was asked in another voice"),
}


class Selections:
    """What was selected of the answers of a run, as long as there are no others."""

    def __init__(self) -> None:
        """Begin without any."""
        self._everything: list[Answer] = []
        self._selected: dict[ArgumentKind, Answers] = {}

    def of(self, kind: ArgumentKind, everything: list[Answer], policy: Policy) -> Answers:
        """Return the answers of a kind; ``everything`` is another list where there are others."""
        if everything is not self._everything:
            self._everything, self._selected = everything, {}
        if kind not in self._selected:
            self._selected[kind] = _selected(kind, everything, policy)
        return self._selected[kind]


_OF_THE_WHOLE_RUN = {ArgumentKind.EVERYTHING, ArgumentKind.VOICED}
"""Kinds that are also about answers which do not speak for their situation."""


def argument_for(
    check: Check,
    replies: Mapping[Asked, Replies],
    everything: list[Answer],
    policy: Policy,
    selections: Selections | None = None,
) -> Any:
    """Return the argument of a check.

    Arguments:
        check: the check.
        replies: what came of each question.
        everything: every answer of the run. The first stands for all with one cause, so those to
            the simplest questions come first.
        policy: what the run may ask.
        selections: what was selected for checks before this one.

    Raises:
        NotTested: a question could not be asked, or nothing came that the check is about.
        NotApplicable: the question makes no sense here, or its condition never arose.
    """
    if check.wants in SELECTIONS:
        return (selections or Selections()).of(check.wants, everything, policy)
    if check.wants is ArgumentKind.FETCHED:
        return _followed(everything, policy)
    got = [one for asked in check.asked for one in each(replies[asked])]
    absent = [one for one in got if isinstance(one, Unasked)]
    answers = tuple(one for one in got if isinstance(one, Answer))
    if absent and not answers:
        raise _why_absent(absent[0])
    if check.wants is ArgumentKind.ANSWER:
        return Answers(answers[:1])
    if check.exploration is not None:
        absent = [one for one in absent if not one.nobody]
    return Answers(answers, tuple(one.reason for one in absent))


def _selected(kind: ArgumentKind, everything: list[Answer], policy: Policy) -> Answers:
    if kind is ArgumentKind.SECURE_SESSION_COOKIES and not policy.secure:
        raise NotApplicable("the target is not reached over TLS")
    selection = SELECTIONS[kind]
    whole = kind in _OF_THE_WHOLE_RUN
    kept = tuple(a for a in everything if (whole or a.counts) and selection.belongs(a))
    # What could not be asked is told of by the checks that asked for it.
    kept = tuple(a for a in kept if not a.untested) or kept
    if not kept:
        raise (NotTested if selection.applicable else NotApplicable)(selection.nothing)
    return Answers(kept)


def _followed(everything: list[Answer], policy: Policy) -> links.Followed:
    """Follow the links of the newest reading: signed ones do not hold for long."""
    with_links = [
        a for a in everything if content.is_the_expected_200(a) and a.reading and a.reading.links
    ]
    if not with_links:
        raise NotTested("no file with a link could be read")
    newest = max(with_links, key=lambda answer: answer.exchange.started)
    return links.follow(
        newest, run_id=policy.run_id, ca_bundle=policy.ca_bundle, insecure=policy.insecure
    )


def _why_absent(unasked: Unasked) -> NotTested | NotApplicable:
    if unasked.nobody:
        return NobodyToAsk(unasked.reason)
    return (NotTested if unasked.applicable else NotApplicable)(unasked.reason)


def seconds_for(check: Check, replies: Mapping[Asked, Replies]) -> float | None:
    """Return how long the requests of a check took in all, None for one without any."""
    came = (one for asked in check.asked if asked in replies for one in each(replies[asked]))
    answers = [step for one in came if isinstance(one, Answer) for step in (*one.steps, one)]
    return round(sum(a.exchange.seconds for a in answers), 4) if answers else None
