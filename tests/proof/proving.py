"""Makes the suite's real checks against a server, and says what became of them.

In process where no socket is needed, one request at a time, so that a proof is the same each time;
volleys are concurrent there, too. Over real sockets for what is about transport and concurrency.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from neptun_conformance import contract
from neptun_conformance.client import Client, Settings, pace
from neptun_conformance.contract.level import Level
from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.arguments import argument_for
from neptun_conformance.engine.checks.check import (
    Check,
    Checked,
    Policy,
    checked,
    questions_of,
    skip_reason,
    with_generated,
)
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.followup.refining import confirmed
from neptun_conformance.engine.followup.voicing import Voicing
from neptun_conformance.engine.records.recording import clause_outcome
from neptun_conformance.judge.answer import Answer, Replies
from neptun_conformance.questions.situations import Asked
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.results.result import ClauseRecord, Outcome
from neptun_conformance.results.verdict import judge
from neptun_conformance.server.faults.fault import Fault
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

if TYPE_CHECKING:
    from starlette.types import ASGIApp

NOWHERE = "://127.0.0.1:1"
"""Where a server in process is said to be; nobody dials it."""

SEED = int(os.environ.get("NEPTUN_PROOF_SEED", "0"))
"""Of the drawn questions and of the voices; every night the proof is made with others, too."""
ALL_AT_ONCE = 16
PATIENCE, SHORT = 10.0, 0.4
"""Seconds that a request may take; the short ones where some never get an answer."""

UNHURRIED = 1_000.0
"""Requests a second below which no server in a proof slows a run down, however often it asks to."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of every check against one server.

    Arguments:
        outcomes: by the id of a check.
        reasons: why a check could not be made, by its id.
        verdict: the verdict over all of them.
        reason: the verdict's one line.
        requests: how many were sent.
    """

    outcomes: dict[str, str]
    reasons: dict[str, str]
    verdict: str
    reason: str
    requests: int

    def checks(self, outcome: Outcome) -> set[str]:
        """Return the names of the check functions with an outcome."""
        return {function_of(check) for check, came in self.outcomes.items() if came == outcome}

    def clauses(self, outcome: Outcome) -> set[str]:
        """Return the clauses of the checks with an outcome."""
        return {clause_of()[check] for check in self.checks(outcome)}


def function_of(check_id: str) -> str:
    """Return the name of the function that a check is made of."""
    return check_id.partition("[")[0]


@cache
def clause_of() -> dict[str, str]:
    """Return the clause of each check function."""
    return {function_of(check.id): check.clause for check in checks("default")}


@cache
def checks(effort: str) -> tuple[Check, ...]:
    """Return every check, the generated ones with their questions."""
    found = all_checks(effort=effort)
    return tuple(with_generated(found, effort=effort, seed=SEED))


def musts(clauses: Iterable[str]) -> set[str]:
    """Return those of some clauses that are a MUST."""
    return {clause for clause in clauses if contract.clauses()[clause].level is Level.MUST}


def prove(fault: Fault, *, effort: str = "default", concurrency: int = 1) -> Proof:
    """Make every check against a fault or an oddity.

    Arguments:
        fault: the server.
        effort: how many questions.
        concurrency: how many requests may be under way at once in process.
    """
    return proof_of_some(fault, checks(effort), _policy(fault), concurrency=concurrency)


def _policy(fault: Fault) -> Policy:
    return Policy(
        unsafe="--allow-unsafe-methods" in fault.options,
        fetch_links="--fetch-urls" in fault.options,
        secure=fault.scheme == "https",
    )


def checked_against(fault: Fault, *, effort: str = "default") -> tuple[list[Checked], list[Answer]]:
    """Make every check against a server, and return what became of each, and all answers."""
    with asking(fault) as at_work:
        at_work.scheduler.reach()
        made = _made(at_work, list(checks(effort)), _policy(fault))
        return made, list(at_work.scheduler.answers)


def proof_of_some(
    fault: Fault,
    wanted: Iterable[Check],
    policy: Policy,
    *,
    concurrency: int = 1,
    over_sockets: bool = False,
) -> Proof:
    """Make some checks against a fault; ``over_sockets`` even where it needs none."""
    with asking(fault, concurrency, over_sockets=over_sockets) as at_work:
        at_work.scheduler.reach()
        made = _made(at_work, list(wanted), policy)
        return _proof(made, requests=at_work.client.sent)


class AtWork(NamedTuple):
    """What asks a server."""

    scheduler: Scheduler
    client: Client
    participants: Participants


@contextmanager
def asking(fault: Fault, concurrency: int = 1, *, over_sockets: bool = False) -> Iterator[AtWork]:
    """Serve a fault, in process unless it needs a socket, and get ready to ask it."""
    with patch.object(pace, "SLOWEST", UNHURRIED):
        if not (fault.needs_socket or over_sockets):
            with _scheduler(
                fault, f"{fault.scheme}{NOWHERE}", concurrency, fault.build()
            ) as at_work:
                yield at_work
            return
        with (
            fault.serve(fault.build()) as base_url,
            _scheduler(fault, base_url, ALL_AT_ONCE) as at_work,
        ):
            yield at_work


@contextmanager
def _scheduler(
    fault: Fault, base_url: str, concurrency: int, app: ASGIApp | None = None
) -> Iterator[AtWork]:
    target = Target.of(fault.target(base_url))
    settings = Settings(
        base_url=target.base_url,
        run_id="proof",
        headers=tuple(target.headers.items()),
        deadline=SHORT if fault.hangs else PATIENCE,
        concurrency=ALL_AT_ONCE,
        http=target.http,
    )
    with Client(settings, app=app) as client:
        participants = Participants.of(target, SessionKeeper(target))
        scheduler = Scheduler(client, participants, concurrency=concurrency)
        yield AtWork(scheduler, client, participants)


def _made(at_work: AtWork, wanted: list[Check], policy: Policy) -> list[Checked]:
    casting = Casting(at_work.participants, seed=SEED)
    voicing = Voicing(at_work.scheduler, casting)
    replies = voicing.ask(questions_of(wanted, policy))
    return [_make(check, replies, at_work.scheduler, policy) for check in wanted]


def _make(
    check: Check, replies: Mapping[Asked, Replies], scheduler: Scheduler, policy: Policy
) -> Checked:
    """Make a check whose questions were asked, and confirm what may have come by chance."""

    def call() -> None:
        check.function(argument_for(check, replies, scheduler.simplest_first, policy))

    return skip_reason(check, policy) or confirmed(checked(check, call), scheduler)


def _proof(made: list[Checked], *, requests: int) -> Proof:
    judged = judge(_records(made), strict=False, partial=False, allow_incomplete=False)
    return Proof(
        outcomes={one.check.id: one.outcome.value for one in made},
        reasons={one.check.id: one.reason for one in made if one.reason},
        verdict=judged.verdict.value,
        reason=judged.reason,
        requests=requests,
    )


def _records(made: list[Checked]) -> list[ClauseRecord]:
    """Return what the verdict is made of; findings do not bear on it."""
    by_clause: dict[str, list[Checked]] = {}
    for one in made:
        by_clause.setdefault(one.check.clause, []).append(one)
    return [
        ClauseRecord(
            id=clause,
            group=contract.clauses()[clause].group,
            level=contract.clauses()[clause].level,
            outcome=clause_outcome(came),
            sentence=contract.clauses()[clause].sentence,
            source=contract.clauses()[clause].source,
            checks=[],
        )
        for clause, came in by_clause.items()
    ]


@dataclass(frozen=True, slots=True)
class Proofs:
    """Proofs that several tests, and several processes, want: each is made once and kept.

    Arguments:
        folder: where they are kept for this session of tests, and no longer.
    """

    folder: Path

    def of(self, fault: Fault, *, effort: str = "default", concurrency: int = 1) -> Proof:
        """Return the proof of a server, made now or before; see ``prove``."""
        path = self.folder / f"{fault.name}.{effort}.json"
        if not path.exists():
            made = prove(fault, effort=effort, concurrency=concurrency)
            writing = path.with_suffix(f".{id(made)}")
            writing.write_text(json.dumps(asdict(made)), encoding="utf-8")
            writing.replace(path)
        return Proof(**json.loads(path.read_text(encoding="utf-8")))
