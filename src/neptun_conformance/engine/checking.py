"""The checks as values: what each asks, what it is handed, and what became of it.

The pytest plugin and the suite's own proof both make their checks through this module, so that what
is proved is what runs.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType
from typing import Any

from neptun_conformance import contract
from neptun_conformance.engine import links
from neptun_conformance.engine.scheduler import Replies
from neptun_conformance.judge import content, hygiene
from neptun_conformance.judge.answer import (
    Answer,
    Answers,
    Finding,
    NobodyToAsk,
    NotApplicable,
    NotTested,
    Unasked,
    Violated,
)
from neptun_conformance.questions.checks import Questions
from neptun_conformance.questions.generated import exploring
from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Asked, Burst, Question, Sequence
from neptun_conformance.results.result import Outcome


@dataclass(frozen=True, slots=True)
class Policy:
    """What a run may ask.

    Arguments:
        effort: ``quick``, ``default`` or ``deep``.
        unsafe: unsafe methods may be sent.
        hostile: what a firewall may ban a client for may be sent.
        fetch_links: links of files may be followed.
        secure: the target is reached over TLS.
        run_id: names the run to whoever serves the files behind the links.
        ca_bundle: PEM file with the authorities to trust there.
        insecure: do not check certificates there.
    """

    effort: str = "default"
    unsafe: bool = False
    hostile: bool = True
    fetch_links: bool = False
    secure: bool = False
    run_id: str = "links"
    ca_bundle: str | None = None
    insecure: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a function of a contract module, and for ``answer`` one of its questions.

    Arguments:
        id: module and function, and which question.
        clause: the clause it is about.
        function: the check itself.
        wants: the name of its one argument.
        asked: what must be asked before.
        marks: ``unsafe``, ``hostile``, ``fetches_links``, ``varies``.
        exploration: what a generated check draws its questions from.
    """

    id: str
    clause: str
    function: Callable[..., None]
    wants: str
    asked: tuple[Asked, ...] = ()
    marks: frozenset[str] = frozenset()
    exploration: Exploration | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a check; ``nobody`` where it needs a person whom the target does not name."""

    check: Check
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    nobody: bool = False


class BrokenSuite(Exception):
    """A check names an unknown clause, or none; the message says which."""


def checks_of(function: Callable[..., None], *, effort: str = "default") -> list[Check]:
    """Return the checks that a test function of a contract module stands for.

    Raises:
        BrokenSuite: it names an unknown clause, or not exactly one, or takes no known argument.
    """
    marks = {mark.name: mark for mark in getattr(function, "pytestmark", [])}
    name = f"{function.__module__.rpartition('.')[2].removeprefix('test_')}::{function.__name__}"
    clause = _clause(name, function)
    (wants, *_) = inspect.signature(function).parameters or ("",)
    flags = frozenset(m.removeprefix("neptun_") for m in marks if m.startswith("neptun_"))
    check = Check(name, clause, function, wants, (), flags - {"clause", "asks", "explores"})
    if "neptun_explores" in marks:
        exploration: Exploration = marks["neptun_explores"].args[0]
        return [replace(check, exploration=exploration)] if exploration.count(effort) else []
    if "neptun_asks" not in marks:
        return [_about_all(check)]
    questions: Questions = marks["neptun_asks"].args[0]
    asked = questions.asked if effort == "quick" else questions.asked + questions.more
    if wants == "answers":
        return [replace(check, asked=asked)]
    return [
        replace(check, id=f"{name}[{n}]", asked=(_of_a_kind(one, name),))
        for n, one in enumerate(asked, 1)
    ]


def _clause(name: str, function: Callable[..., None]) -> str:
    marks = getattr(function, "pytestmark", [])
    named = [str(mark.args[0]) for mark in marks if mark.name == "neptun_clause"]
    if len(named) != 1:
        raise BrokenSuite(f"{name} names {len(named)} clauses and not one")
    clause = named[0]
    if clause not in contract.clauses():
        raise BrokenSuite(f"{name} names the unknown clause {clause}")
    return clause


def _about_all(check: Check) -> Check:
    if check.wants not in SELECTIONS and check.wants != "fetched":
        raise BrokenSuite(f"{check.id} asks nothing and is about nothing known: {check.wants}")
    return check


def _of_a_kind(asked: Asked, kind: str) -> Asked:
    """Note which check a question is for: inputs that hang are waited for once a check."""
    return replace(asked, kind=kind) if isinstance(asked, Question) else asked


def modules() -> list[ModuleType]:
    """Import the contract modules of the package or the checkout, in the order of their names.

    Whatever is called ``tests`` in the working directory is not meant: those of the checkout are
    looked for in the checkout alone.
    """
    folder = contract.suite_path()
    names = sorted(
        ".".join(p.relative_to(folder).with_suffix("").parts) for p in folder.rglob("test_*.py")
    )
    if folder.name == "suite":
        return [import_module(f"neptun_conformance.suite.{name}") for name in names]
    sys.path.insert(0, str(contract.CHECKOUT))
    try:
        return [import_module(f"tests.contract.{name}") for name in names]
    finally:
        sys.path.remove(str(contract.CHECKOUT))


def all_checks(*, effort: str = "default") -> list[Check]:
    """Return every check there is."""
    return [
        check
        for module in modules()
        for name, function in vars(module).items()
        if name.startswith("test_") and function.__module__ == module.__name__
        for check in checks_of(function, effort=effort)
    ]


def skip_reason(check: Check, policy: Policy) -> Checked | None:
    """Return the outcome of a check that this run may not make, None for one that it may."""
    reasons = {
        "unsafe": (policy.unsafe, Outcome.NOT_APPLICABLE, "needs --allow-unsafe-methods"),
        "fetches_links": (policy.fetch_links, Outcome.NOT_APPLICABLE, "needs --fetch-urls"),
        "hostile": (policy.hostile, Outcome.NOT_TESTED, "left out by --no-hostile"),
    }
    for mark in sorted(check.marks & reasons.keys()):
        allowed, outcome, reason = reasons[mark]
        if not allowed:
            return Checked(check, outcome, reason=reason)
    return None


def with_generated(check: Check, *, effort: str, seed: int, database: str | None = None) -> Check:
    """Return a generated check with its questions; any other check as it is."""
    if check.exploration is None:
        return check
    asked = exploring.draw(check.exploration, effort=effort, seed=seed, database=database)
    return replace(check, asked=tuple(replace(question, kind=check.id) for question in asked))


def questions_of(checks: Iterable[Check], policy: Policy) -> list[Asked]:
    """Return what must be asked for these checks, each once."""
    asked = (a for check in checks if skip_reason(check, policy) is None for a in check.asked)
    return list(dict.fromkeys(asked))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which answers of the whole run a check is about, and what it means that there are none."""

    belongs: Callable[[Answer], bool]
    nothing: str
    applicable: bool = True


def _everything(_: Answer) -> bool:
    return True


SELECTIONS: dict[str, Selection] = {
    "everything": Selection(_everything, "nothing was asked"),
    "successes": Selection(content.is_a_200_with_files, "no 200 came"),
    "readings": Selection(content.is_the_due_200, "no chat could be read"),
    "empty_readings": Selection(content.is_of_an_empty_chat, "no empty chat could be asked for"),
    "listed_readings": Selection(
        lambda a: content.is_the_due_200(a) and a.resolved.chat in a.facts.listed,
        "the target lists the files of no chat that could be read",
    ),
    "documented_errors": Selection(content.is_a_documented_error, "no 401 and no 404 came"),
    "errors": Selection(content.is_an_error, "no 401 and no 404 came"),
    "server_errors": Selection(content.is_a_500, "no 500 came", applicable=False),
    "session_cookies": Selection(
        hygiene.sets_a_session, "no Set-Cookie gave the session a value", applicable=False
    ),
    "secure_session_cookies": Selection(
        hygiene.sets_a_session, "no Set-Cookie gave the session a value", applicable=False
    ),
}


def argument_for(
    check: Check, heard: Mapping[Asked, Replies], everything: list[Answer], policy: Policy
) -> Any:
    """Return the argument of a check.

    Raises:
        NotTested: a question could not be asked, or nothing came that the check is about.
        NotApplicable: the question makes no sense here, or its condition never arose.
    """
    if check.wants in SELECTIONS:
        return _selected(check.wants, everything, policy)
    if check.wants == "fetched":
        return _followed(everything, policy)
    got = [one for asked in check.asked for one in each(heard[asked])]
    absent = [one for one in got if isinstance(one, Unasked)]
    answers = tuple(one for one in got if isinstance(one, Answer))
    if absent and not answers:
        raise _why_absent(absent[0])
    if check.wants == "answer":
        return answers[0]
    if check.exploration is not None:
        absent = [one for one in absent if not one.nobody]
    return Answers(answers, tuple(one.reason for one in absent))


def _followed(everything: list[Answer], policy: Policy) -> links.Followed:
    """Follow the links of the newest reading: signed ones do not hold for long."""
    with_links = [
        a for a in everything if content.is_the_due_200(a) and a.reading and a.reading.links
    ]
    if not with_links:
        raise NotTested("no file with a link could be read")
    newest = max(with_links, key=lambda answer: answer.exchange.started)
    return links.follow(
        newest, run_id=policy.run_id, ca_bundle=policy.ca_bundle, insecure=policy.insecure
    )


def each(heard: Replies) -> list[Answer | Unasked]:
    """Return what was heard one by one: a volley has many answers, all else has one."""
    return heard if isinstance(heard, list) else [heard]


def _why_absent(unasked: Unasked) -> NotTested | NotApplicable:
    if unasked.nobody:
        return NobodyToAsk(unasked.reason)
    return (NotTested if unasked.applicable else NotApplicable)(unasked.reason)


def _selected(name: str, everything: list[Answer], policy: Policy) -> Answers:
    if name == "secure_session_cookies" and not policy.secure:
        raise NotApplicable("the target is not reached over TLS")
    selection = SELECTIONS[name]
    kept = tuple(answer for answer in everything if selection.belongs(answer))
    if not kept:
        raise (NotTested if selection.applicable else NotApplicable)(selection.nothing)
    return Answers(kept)


def checked(check: Check, made: Callable[[], None]) -> Checked:
    """Make a check and say what became of it; the suite's own faults are outcomes, too."""
    try:
        made()
    except Violated as violated:
        return Checked(check, Outcome.FAIL, tuple(violated.findings))
    except NotTested as missing:
        nobody = isinstance(missing, NobodyToAsk)
        return Checked(check, Outcome.NOT_TESTED, reason=str(missing), nobody=nobody)
    except NotApplicable as missing:
        return Checked(check, Outcome.NOT_APPLICABLE, reason=str(missing))
    except Exception as fault:  # noqa: BLE001 - whatever it is, it must not pass for a verdict
        return Checked(check, Outcome.ERROR, reason=f"{type(fault).__name__}: {fault}")
    return Checked(check, Outcome.PASS)


def words(asked: Asked) -> list[str]:
    """Return a line for each request of what is asked."""
    if isinstance(asked, Burst):
        return [f"{question} (at once with others)" for question in asked.questions] * asked.rounds
    if isinstance(asked, Sequence):
        return [f"{step} (step {n})" for n, step in enumerate(asked.steps, 1)]
    return [str(asked)]
