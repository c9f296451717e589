"""How a check demands something of answers, and when what a judge says of one counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import TypeVar

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.resolve.expectation import STATUSES

Judge = Callable[[Answer], Iterable[Problem]]
Judging = TypeVar("Judging", bound=Judge)
_Lacks = Callable[[Answer], str | None]
_ATTRIBUTE = "neptun_demand"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and the answer in which it was found."""

    problem: Problem
    answer: Answer
    rate: str | None = None


class Violated(AssertionError):
    """What a check demands does not hold."""

    def __init__(self, findings: list[Finding]) -> None:
        """Carry the findings, of which there is at least one."""
        super().__init__("; ".join(f"{f.answer}: {f.problem.message}" for f in findings[:3]))
        self.findings = findings


class NotTested(Exception):
    """A check could not be made; the message says why."""


class NobodyToAsk(NotTested):
    """A check needs what the target does not name, or does not let through.

    Other checks of its clause may do without.
    """


class NothingSeen(NobodyToAsk):
    """Nothing came that a check is about, so it did not pass."""


class NotApplicable(Exception):
    """A check was not asked for, or its condition never arose; the message says which."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a judge is about.

    Arguments:
        shows: tells whether an answer shows such a thing.
        otherwise: what is said where none does.
        applicable: False where that means that the condition of the clause never arose.
        among: tells whether an answer is to such a request; what came of others says nothing.
            None where any request is one.
    """

    shows: Callable[[Answer], bool]
    otherwise: str
    applicable: bool = True
    among: Callable[[Answer], bool] | None = None

    def absent(self) -> NothingSeen | NotApplicable:
        """Return what became of a check that saw none."""
        return (NothingSeen if self.applicable else NotApplicable)(self.otherwise)


ANSWERS = Subject(lambda answer: answer.response is not None, "no response was received")


class Needs(Enum):
    """What must be so beside an answer, or its judge has nothing to say about it."""

    ACCEPTED_TWIN = "a refusal says nothing where its twin, which may be served, is not"
    PLAIN_ANSWER = "what must not differ from the plain answer needs one that is accepted"
    ACCEPTED_PLAIN = "what is asked at once needs a plain answer that is accepted, steady or not"
    PLAIN_REFUSAL = "where the plain form is not refused, ways round the refusal say nothing"
    PLAIN_STATUS = "where the plain form gets a wrong status, its variations say nothing"

    __hash__ = object.__hash__  # each member is one object; Enum hashes its name, in Python


@dataclass(frozen=True, slots=True)
class Demand:
    """When what a judge says of an answer counts.

    Arguments:
        needs: what must be so beside the answer.
        about: what the judge is about; what saw nothing of it did not pass.
    """

    needs: frozenset[Needs] = frozenset()
    about: Subject = ANSWERS


def judges(*needs: Needs, about: Subject = ANSWERS) -> Callable[[Judging], Judging]:
    """Say when what a judge says of an answer counts; see ``Demand``."""

    def mark(judge: Judging) -> Judging:
        setattr(judge, _ATTRIBUTE, Demand(frozenset(needs), about))
        return judge

    return mark


def demand_of(judge: Judge) -> Demand:
    """Return when what a judge says counts: whenever an answer came, unless it says otherwise."""
    demand: Demand = getattr(judge, _ATTRIBUTE, _PLAIN)
    return demand


_PLAIN = Demand()


@dataclass(frozen=True, slots=True)
class Answers:
    """Several answers of which the same is demanded.

    Arguments:
        answers: the answers.
        absent: why some questions could not be asked.
    """

    answers: tuple[Answer, ...]
    absent: tuple[str, ...] = ()

    def must(self, judge: Judge) -> None:
        """Demand something of every answer.

        Raises:
            Violated: the judge found problems.
            NotTested: no complete answer came, for a reason that another clause reports or that
                lies in the environment; or this is a refusal whose accepted twin is not accepted.
            NothingSeen: no answer shows what the judge is about.
            NotApplicable: the same, where the condition of a clause never arose by that.
        """
        demand = demand_of(judge)
        about, lacking = demand.about, _lacking(demand.needs)
        answers = self.answers if about.among is None else [*filter(about.among, self.answers)]
        unfit = [None if answer.untested else _unfit(answer, lacking) for answer in answers]
        findings = [
            Finding(problem, answer)
            for answer, reason in zip(answers, unfit, strict=True)
            if not answer.untested and not reason
            for problem in judge(answer)
        ]
        if findings:
            raise Violated(merged(findings))
        if self.absent:
            raise NotTested(self.absent[0])
        pairs = zip(answers, unfit, strict=True)
        reasons = [_untested(answer, why, demand) for answer, why in pairs]
        for reason in reasons:
            if reason is not None and not isinstance(reason, NobodyToAsk):
                raise reason
        if not any(
            about.shows(answer)
            for answer, reason in zip(answers, reasons, strict=True)
            if reason is None
        ):
            raise next(filter(None, reasons), about.absent())


def _untested(answer: Answer, unfit: str | None, demand: Demand) -> NotTested | None:
    """Say why an answer leaves its check untested; where it is throttled, others may do."""
    if answer.throttled:
        return NobodyToAsk(answer.untested)
    plain = answer.plain_form if Needs.PLAIN_STATUS in demand.needs else None
    if plain is not None and plain.throttled:
        return NobodyToAsk(f"its plain form is throttled: {plain}")
    reason = answer.untested or _unjudged(answer, unfit, demand)
    return NotTested(reason) if reason else None


def _unjudged(answer: Answer, unfit: str | None, demand: Demand) -> str | None:
    # A parser may close the connection before any application reads what stands in this request.
    if answer.failure and not answer.resolved.closable:
        return f"no complete answer: {answer.failure.message}"
    # What a judge is not about leaves nothing untested, whatever its plain form gets.
    if unfit and demand.about.shows(answer):
        return unfit
    if answer.reading is not None and not answer.reading.complete:
        return "the body of a 200 could not be checked to its end"
    return _of_the_twin(answer) if Needs.ACCEPTED_TWIN in demand.needs else None


def _of_the_twin(answer: Answer) -> str | None:
    twin = answer.twin
    if answer.refused and twin is not None and not twin.accepted:
        return (
            f"the request that must be accepted is not accepted: {twin} and gets {described(twin)}"
        )
    return None


def _unfit(answer: Answer, lacking: tuple[_Lacks, ...]) -> str | None:
    """Say why a judge has nothing to say about an answer, though there is one."""
    for lacks in lacking:
        reason = lacks(answer)
        if reason:
            return reason
    return None


def _lacks_a_plain_answer(answer: Answer) -> str | None:
    chat = answer.resolved.chat
    if chat in answer.facts.unsteady:
        return f"plain readings of {chat} differ among themselves"
    return _lacks_an_accepted_one(answer)


def _lacks_an_accepted_one(answer: Answer) -> str | None:
    plain = answer.plain_reading
    if plain is not None and not plain.accepted:
        return f"its plain form is not accepted: {plain} and gets {described(plain)}"
    return None


def _lacks_a_plain_refusal(answer: Answer) -> str | None:
    plain = answer.plain_form
    if plain is not None and plain.accepted and not plain.resolved.readable:
        return f"its plain form is not refused either: {plain} and gets {described(plain)}"
    return None


def _lacks_the_plain_status(answer: Answer) -> str | None:
    plain = answer.plain_form
    if plain is None or plain.status == STATUSES.get(plain.resolved.expected, plain.status):
        return None
    return f"its plain form gets a wrong status: {plain} and gets {described(plain)}"


_LACKS: dict[Needs, _Lacks] = {
    Needs.PLAIN_ANSWER: _lacks_a_plain_answer,
    Needs.ACCEPTED_PLAIN: _lacks_an_accepted_one,
    Needs.PLAIN_REFUSAL: _lacks_a_plain_refusal,
    Needs.PLAIN_STATUS: _lacks_the_plain_status,
}


@cache
def _lacking(needs: frozenset[Needs]) -> tuple[_Lacks, ...]:
    """Return what finds out whether something needed is missing, in the order of the needs."""
    return tuple(_LACKS[need] for need in Needs if need in needs and need in _LACKS)


def merged(findings: list[Finding]) -> list[Finding]:
    """Report one cause once: the simplest question with it stands for all, with their number."""
    causes: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        causes.setdefault(finding.problem.cause, []).append(finding)
    return [_standing_for(alike) for alike in causes.values()]


def _standing_for(alike: list[Finding]) -> Finding:
    simplest = min(alike, key=lambda finding: finding.answer.resolved.question.simplicity)
    total = sum(finding.problem.count for finding in alike)
    return replace(simplest, problem=replace(simplest.problem, count=total))
