"""An answer as the checks see it, and how a check demands something of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from neptun_conformance.bodies.problem import Problem, Problems
from neptun_conformance.bodies.success import FileList, Reading
from neptun_conformance.exchange import Exchange, Failure, Response
from neptun_conformance.questions.situations import Asked, ChatOf, Question
from neptun_conformance.resolve.expectation import STATUSES
from neptun_conformance.resolve.resolved import ResolvedQuestion
from neptun_conformance.targets.model import File


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
    """A check needs what the target does not name; other checks of its clause may do without."""


class NothingSeen(NobodyToAsk):
    """Nothing came that a check is about, so it did not pass."""


class NotApplicable(Exception):
    """A check was not asked for, or its condition never arose; the message says which."""


@dataclass(slots=True)
class Facts:
    """What a run has learned about its target, for judgements that need more than one answer.

    Arguments:
        plain: the owner's and the stranger's plain reading of each of their chats.
        texts: names and links of files by chat, to recognise them where they must not stand.
        listed: the files that the target lists, by chat.
        alone: the answers to single questions.
        unsteady: the chats whose plain readings differ among themselves.
        names: the names of the members in each plain reading of a chat.
        pages: bodies that came for no chat at all.
    """

    plain: dict[ChatOf, Answer] = field(default_factory=dict)
    texts: dict[ChatOf, tuple[str, ...]] = field(default_factory=dict, repr=False)
    listed: dict[ChatOf, tuple[File, ...]] = field(default_factory=dict)
    alone: dict[Question, Answer] = field(default_factory=dict)
    unsteady: set[ChatOf] = field(default_factory=set)
    names: dict[ChatOf, set[frozenset[str]]] = field(default_factory=dict)
    pages: set[bytes] = field(default_factory=set, repr=False)

    def accepted(self, chat: ChatOf) -> bool:
        """Tell whether the plain question for a chat got a 200 with a ``chatFiles`` array."""
        answer = self.plain.get(chat)
        return answer is not None and answer.accepted


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, what came of it, and what the body says.

    Arguments:
        ready: the question, its request and what is due to it.
        exchange: the request and its outcome.
        facts: what the run knows beside this answer.
        reading: what a 200 says, None for any other status.
        errors: what is wrong with the body of a 401, a 404 or a 500.
        untested: why this answer says nothing about the target (environment, throttling, budget).
        steps: the answers of the steps before, where this one is the last of several.
        plain_voice: the right answer in the plain voice, where this one is wrong by its voice.
        repeats: the plain voice gets an answer that is wrong, too, and that one counts.
    """

    resolved: ResolvedQuestion
    exchange: Exchange
    facts: Facts
    reading: Reading | None = None
    errors: Problems | None = None
    untested: str | None = None
    steps: tuple[Answer, ...] = ()
    plain_voice: Answer | None = None
    repeats: bool = False

    @property
    def counts(self) -> bool:
        """Whether it speaks for its situation, not for its voice, its client or another answer."""
        documented = self.resolved.question.documented
        return self.plain_voice is None and not self.repeats and not documented

    @property
    def response(self) -> Response | None:
        """The complete answer, None where there is none."""
        outcome = self.exchange.outcome
        return outcome if isinstance(outcome, Response) else None

    @property
    def failure(self) -> Failure | None:
        """Why there is no complete answer, None where there is one."""
        outcome = self.exchange.outcome
        return outcome if isinstance(outcome, Failure) else None

    @property
    def status(self) -> int | None:
        """The status, None where no complete answer came."""
        return self.response.status if self.response else None

    @property
    def files(self) -> FileList | None:
        """The files of a 200, None where its body has no ``chatFiles`` array."""
        return self.reading.files if self.reading else None

    @property
    def accepted(self) -> bool:
        """Whether this is a 200 whose body has a ``chatFiles`` array."""
        return self.files is not None

    @property
    def twin(self) -> Answer | None:
        """The plain answer that must be accepted before a refusal of this one says anything."""
        twin = self.resolved.twin
        return self.facts.plain.get(twin.chat) if twin and isinstance(twin.chat, ChatOf) else None

    @property
    def plain_form(self) -> Answer | None:
        """The answer to the same caller's plain question for the same user and chat."""
        plain = self.resolved.plain
        return self.facts.alone.get(plain) if plain is not None else None

    @property
    def succeeds(self) -> bool:
        """Whether the status is one of success."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the status refuses."""
        return self.status is not None and 400 <= self.status < 500

    def __str__(self) -> str:
        return str(self.resolved.question)

    def must(self, judge: Judge) -> None:
        """Demand something of this answer.

        Raises:
            Violated: the judge found problems.
            NotTested: no complete answer came, for a reason that another clause reports or that
                lies in the environment; or this is a refusal whose accepted twin is not accepted.
        """
        Answers((self,)).must(judge)


Judge = Callable[[Answer], Iterable[Problem]]


def of_refusals(judge: Judge) -> Judge:
    """Mark a judge that is content with a refusal: without an accepted twin that says nothing."""
    _NEED_A_TWIN.add(judge)
    return judge


def against_plain(judge: Judge) -> Judge:
    """Mark a judge of what must not differ from the plain answer: without that it says nothing."""
    _NEED_A_PLAIN_ANSWER.add(judge)
    return judge


def beyond_plain(judge: Judge) -> Judge:
    """Mark a judge of ways round a refusal: where the plain form is not refused, others say so."""
    _NEED_A_PLAIN_REFUSAL.add(judge)
    return judge


def beside_plain(judge: Judge) -> Judge:
    """Mark a judge of a variation: where the plain form gets the wrong status, others say so."""
    _NEED_THE_PLAIN_STATUS.add(judge)
    return judge


@dataclass(frozen=True, slots=True)
class Subject:
    """What a judge is about.

    Arguments:
        shows: tells whether an answer shows such a thing.
        otherwise: what is said where none does.
        applicable: False where that means that the condition of the clause never arose.
    """

    shows: Callable[[Answer], bool]
    otherwise: str
    applicable: bool = True

    def absent(self) -> NothingSeen | NotApplicable:
        """Return what became of a check that saw none."""
        return (NothingSeen if self.applicable else NotApplicable)(self.otherwise)


def about(subject: Subject) -> Callable[[Judged], Judged]:
    """Say what a judge is about: what saw nothing of it did not pass."""

    def mark(judge: Judged) -> Judged:
        _SUBJECTS[judge] = subject
        return judge

    return mark


Judged = TypeVar("Judged", bound=Judge)
_SUBJECTS: dict[Judge, Subject] = {}
_ANSWERS = Subject(lambda answer: answer.response is not None, "no answer came")
_NEED_A_TWIN: set[Judge] = set()
_NEED_A_PLAIN_ANSWER: set[Judge] = set()
_NEED_A_PLAIN_REFUSAL: set[Judge] = set()
_NEED_THE_PLAIN_STATUS: set[Judge] = set()


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
        """Demand something of every answer; raises as ``Answer.must`` does.

        Raises:
            NothingSeen: no answer shows what the judge is about.
            NotApplicable: the same, where the condition of a clause never arose by that.
        """
        findings = [
            Finding(problem, answer)
            for answer in self.answers
            if not answer.untested and not _unfit(answer, judge)
            for problem in judge(answer)
        ]
        if findings:
            raise Violated(merged(findings))
        reasons = [*self.absent, *(r for a in self.answers if (r := _untested(a, judge)))]
        if reasons:
            raise NotTested(reasons[0])
        subject = _SUBJECTS.get(judge, _ANSWERS)
        if not any(map(subject.shows, self.answers)):
            raise subject.absent()

    def that(self, condition: Callable[[Answer], bool], *, otherwise: str) -> Answers:
        """Return those that meet a condition.

        Arguments:
            condition: tells whether an answer is meant.
            otherwise: why a check of none of them is not applicable.

        Raises:
            NotApplicable: no answer meets it.
        """
        kept = tuple(answer for answer in self.answers if condition(answer))
        if not kept:
            raise NotApplicable(otherwise)
        return replace(self, answers=kept)


def _untested(answer: Answer, judge: Judge) -> str | None:
    if answer.untested:
        return answer.untested
    if answer.failure:
        return f"no complete answer: {answer.failure.message}"
    unfit = _unfit(answer, judge)
    if unfit:
        return unfit
    if answer.reading is not None and not answer.reading.complete:
        return "the content of a 200 could not be judged further"
    twin = answer.twin
    if judge in _NEED_A_TWIN and answer.refused and twin is not None and not twin.accepted:
        return f"its accepted twin is not accepted: {twin} and gets {described(twin)}"
    return None


def _unfit(answer: Answer, judge: Judge) -> str | None:
    """Say why a judge has nothing to say about an answer, though there is one."""
    if judge in _NEED_A_PLAIN_ANSWER and answer.resolved.chat is not None:
        plain = answer.facts.plain.get(answer.resolved.chat)
        if plain is not None and not plain.accepted:
            return f"its plain form is not accepted: {plain} and gets {described(plain)}"
        if answer.resolved.chat in answer.facts.unsteady:
            return f"plain readings of {answer.resolved.chat} differ among themselves"
    if judge in _NEED_A_PLAIN_REFUSAL:
        plain = answer.plain_form
        if plain is not None and plain.accepted and not plain.resolved.readable:
            return f"its plain form is not refused either: {plain} and gets {described(plain)}"
    if judge in _NEED_THE_PLAIN_STATUS:
        plain = answer.plain_form
        if plain is not None and plain.status != STATUSES.get(
            plain.resolved.expected, plain.status
        ):
            return f"its plain form gets a wrong status: {plain} and gets {described(plain)}"
    return None


def described(answer: Answer) -> str:
    """Say in a few words what came."""
    if answer.failure:
        return str(answer.failure.kind)
    if answer.reading is not None and not answer.accepted:
        return "a 200 without a chatFiles array"
    return f"status {answer.status}"


def merged(findings: list[Finding]) -> list[Finding]:
    """Report one cause once: the first answer with it stands for all, with their number."""
    causes: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        problem = finding.problem
        first = causes.setdefault(problem.cause, finding)
        if first is not finding:
            total = replace(first.problem, count=first.problem.count + problem.count)
            causes[problem.cause] = replace(first, problem=total)
    return list(causes.values())


@dataclass(frozen=True, slots=True)
class Unasked:
    """A question that was not asked.

    Arguments:
        asked: the question.
        reason: why.
        applicable: False where it makes no sense for this target.
        nobody: the target does not name what it needs, such as a stranger.
    """

    asked: Asked
    reason: str
    applicable: bool = True
    nobody: bool = False
