"""The checks as values: what each asks, what a run may ask, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import (
    Answers,
    Finding,
    NobodyToAsk,
    NotApplicable,
    NotTested,
    Violated,
)
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.questions.checks import Mark
from neptun_conformance.questions.generated import exploring
from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Asked, Burst, Question, Sequence
from neptun_conformance.results.result import Outcome


@dataclass(frozen=True, slots=True)
class Policy:
    """What a run may ask.

    Arguments:
        unsafe: unsafe methods may be sent.
        hostile: what a firewall may ban a client for may be sent.
        fetch_links: links of files may be followed.
        secure: the target is reached over TLS.
        run_id: names the run to whoever serves the files behind the links.
        ca_bundle: PEM file with the authorities to trust there.
        insecure: do not check certificates there.
    """

    unsafe: bool = False
    hostile: bool = True
    fetch_links: bool = False
    secure: bool = False
    run_id: str = "links"
    ca_bundle: str | None = None
    insecure: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """One check: a function of a contract module, and for ``answer`` one of its questions.

    Arguments:
        id: module and function, and which question.
        clause: the clause it is about.
        function: the check itself.
        wants: the kind of its one argument.
        asked: what must be asked before.
        marks: what is particular about it.
        exploration: what a generated check draws its questions from.
        place: of its question among those of the function, 0 where it has several or none.
    """

    id: str
    clause: str
    function: Callable[..., None]
    wants: ArgumentKind
    asked: tuple[Asked, ...] = ()
    marks: frozenset[Mark] = frozenset()
    exploration: Exploration | None = None
    place: int = 0

    def __repr__(self) -> str:
        """Return the id: it is the same from run to run, and short enough for any report."""
        return self.id

    @property
    def name(self) -> str:
        """Its function, with the module."""
        return self.id.partition("[")[0]

    @property
    def order(self) -> tuple[str, int]:
        """What to sort checks by: function, and place of the question."""
        return self.name, self.place

    @property
    def asks(self) -> bool:
        """Whether it has questions of its own, picked by hand or drawn."""
        return bool(self.asked) or self.exploration is not None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a check; ``nobody`` where it needs a person whom the target does not name."""

    check: Check
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    nobody: bool = False


def skip_reason(check: Check, policy: Policy) -> Checked | None:
    """Return the outcome of a check that this run may not make, None for one that it may."""
    if not check.marks:
        return None
    reasons = {
        Mark.UNSAFE: (policy.unsafe, Outcome.NOT_APPLICABLE, "needs --allow-unsafe-methods"),
        Mark.FETCHES_LINKS: (policy.fetch_links, Outcome.NOT_APPLICABLE, "needs --fetch-urls"),
        Mark.HOSTILE: (policy.hostile, Outcome.NOT_TESTED, "left out by --no-hostile"),
    }
    for mark in sorted(check.marks & reasons.keys()):
        allowed, outcome, reason = reasons[mark]
        if not allowed:
            return Checked(check, outcome, reason=reason)
    return None


def with_generated(
    checks: Iterable[Check], *, effort: str, seed: int, database: str | None = None
) -> Iterator[Check]:
    """Yield checks, the generated ones with their questions.

    Those of all are drawn when the first generated one comes.
    """
    every = list(checks)
    drawn: dict[Exploration, list[Question]] | None = None
    for check in every:
        if check.exploration is None:
            yield check
            continue
        if drawn is None:
            wanted = [one.exploration for one in every if one.exploration is not None]
            drawn = exploring.draw(wanted, effort=effort, seed=seed, database=database)
        questions = drawn.get(check.exploration, [])
        yield replace(check, asked=tuple(replace(one, kind=check.id) for one in questions))


def questions_of(checks: Iterable[Check], policy: Policy) -> list[Asked]:
    """Return what must be asked for these checks, each once."""
    asked = (a for check in checks if skip_reason(check, policy) is None for a in check.asked)
    return list(dict.fromkeys(asked))


def in_turn(checks: Iterable[Check]) -> list[Check]:
    """Sort what takes several steps to the front, and what must be drawn behind all else."""
    return sorted(checks, key=_turn)


def _turn(check: Check) -> tuple[bool, bool]:
    several_steps = any(isinstance(asked, Sequence) for asked in check.asked)
    return check.exploration is not None, not several_steps


def outcome_of(check: Check, raised: BaseException | None) -> Checked:
    """Say what became of a check by what it raised; the suite's own faults are outcomes, too."""
    if raised is None:
        return Checked(check, Outcome.PASS)
    if isinstance(raised, Violated):
        return Checked(check, Outcome.FAIL, tuple(raised.findings))
    if isinstance(raised, NotTested):
        nobody = isinstance(raised, NobodyToAsk)
        return Checked(check, Outcome.NOT_TESTED, reason=str(raised), nobody=nobody)
    if isinstance(raised, NotApplicable):
        return Checked(check, Outcome.NOT_APPLICABLE, reason=str(raised))
    # Whatever it is, it must not pass for a verdict.
    return Checked(check, Outcome.ERROR, reason=f"{type(raised).__name__}: {raised}")


def checked(check: Check, make: Callable[[], None]) -> Checked:
    """Make a check and say what became of it."""
    try:
        make()
    except Exception as raised:  # noqa: BLE001 - see outcome_of
        return outcome_of(check, raised)
    return outcome_of(check, None)


def found_in(answer: Answer, check: Check) -> tuple[Finding, ...]:
    """Return what a check finds in one answer, nothing where it cannot be made with that one."""
    return checked(check, lambda: check.function(Answers((answer,)))).findings


def words(asked: Asked) -> list[str]:
    """Return a line for each request of what is asked."""
    if isinstance(asked, Burst):
        return [f"{question} (at once with others)" for question in asked.questions] * asked.rounds
    if isinstance(asked, Sequence):
        return [f"{step} (step {n})" for n, step in enumerate(asked.steps, 1)]
    return [str(asked)]
