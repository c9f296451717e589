"""What a run would send, in words and as request lines; nothing is sent and no command is run.

Sessions that a command prints are unknown here: a stand-in of a usual length takes their place, and
like every secret it is shown as ``$OWNER_SESSION``.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from neptun_conformance import contract
from neptun_conformance.cli.console import echo, print_error
from neptun_conformance.client.http2.fields import why_unsendable
from neptun_conformance.engine import both_versions, opening
from neptun_conformance.engine.asking.alone import is_alone, wholes
from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.asking.scheduler import plain_forms
from neptun_conformance.engine.asking.sender import NOBODY
from neptun_conformance.engine.checks.check import (
    Check,
    Policy,
    in_turn,
    questions_of,
    skip_reason,
    with_generated,
)
from neptun_conformance.engine.checks.collect import selected_checks
from neptun_conformance.engine.run import Run
from neptun_conformance.exchange import Request
from neptun_conformance.exchange.address import Address
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import (
    Asked,
    Burst,
    Question,
    Sequence,
    questions_in,
)
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.as_sent import as_sent
from neptun_conformance.resolve.participants import Missing, NotApplicableHere, Participants
from neptun_conformance.resolve.resolved import ResolvedQuestion, resolve
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.server.data import target_for
from neptun_conformance.settings import BOTH, SettingError, Settings
from neptun_conformance.targets.errors import TargetError, one_line
from neptun_conformance.targets.load import Loaded, load_target
from neptun_conformance.targets.model import SessionCommand, Target
from neptun_conformance.targets.session import SessionKeeper

_GIVEN = {
    name: f"${name.upper()}"
    for name in ("etag", "weak_etag", "last_modified", "other_etag", "longer_etag", "earlier")
}
_SHOWN = 200
"""Characters of a line that are shown; some inputs are far longer."""
_FIRST = (
    *(person.asks(chat) for person in (owner, stranger) for chat in (person.full, person.empty)),
    NOBODY,
)


def show(settings: Settings) -> int:
    """Print the plan and return the exit status.

    Arguments:
        settings: the settings of the run.
    """
    try:
        opening.refuse_other_contract(settings)
        if settings.http == BOTH:
            _show_both(settings)
        else:
            _show(settings, _loaded(settings), _checks(settings))
    except (TargetError, SettingError) as problem:
        print_error(str(problem))
        return ExitStatus.USAGE
    return ExitStatus.CONFORMANT


def _show_both(settings: Settings) -> None:
    over_1, over_2 = both_versions.over_http_1(settings), both_versions.over_http_2(settings)
    loaded, checks = _loaded(over_1), _checks(settings)
    both_versions.refuse_target(loaded, settings)
    echo("Over HTTP/1.1")
    _show(over_1, loaded, checks)
    echo("\nOver HTTP/2: what may differ there")
    _show(over_2, _loaded(over_2), both_versions.may_differ(checks))


def _show(settings: Settings, loaded: Loaded, checks: list[Check]) -> None:
    run = Run(settings)
    run.loaded = loaded
    for line in _described(loaded, settings):
        echo(line)
    for line in Plan(loaded.target, run.policy, seed=settings.seed).lines(checks):
        echo(line)


def _loaded(settings: Settings) -> Loaded:
    return opening.named_target(settings) or _embedded()


def _embedded() -> Loaded:
    """Return the target of the embedded reference, which is not started for a plan."""
    return load_target(None, provisioned=target_for("http://127.0.0.1"), environ={})


@cache
def as_planned() -> Callable[[Question], str]:
    """Return what tells a question in words, as it would be sent to the embedded reference."""
    return Plan(_embedded().target, Policy()).told


def _described(loaded: Loaded, settings: Settings) -> Iterator[str]:
    for key, value, origin in loaded.describe():
        yield f"{key}  {value}  ({origin})"
    if any(isinstance(source, SessionCommand) for source in _sources(loaded.target)):
        yield "note: session commands are not run for a plan; stand-ins take their place"
    for name in ("start", "provision"):
        if getattr(settings, name):
            yield f"note: --{name} is not run for a plan"


def _checks(settings: Settings) -> list[Check]:
    checks = selected_checks(settings)
    return list(with_generated(checks, effort=settings.effort, seed=settings.seed))


class Plan:
    """Writes down what checks would ask of a target.

    Arguments:
        target: the target.
        policy: what the run may ask.
        seed: which voice each question is asked in.
    """

    def __init__(self, target: Target, policy: Policy, *, seed: int = 0) -> None:
        """Make ready to write; the sessions are known or stood in for from here on."""
        known = replace(target, **_stand_ins(target))
        keeper = SessionKeeper(known)
        self._participants = Participants.of(known, keeper)
        self._clean = Redactor(keeper.secrets()).redact
        self._prefix = Address.parse(target.base_url).prefix
        self._policy = policy
        self._version = None if target.http == "auto" else target.http.partition("-")[0]
        self._casting = Casting(self._participants, seed=seed, hostile=policy.hostile)
        self._spoken: dict[Asked, Asked] = {}
        self._sent: set[Asked] = set()
        self._requests = 0

    def lines(self, checks: list[Check]) -> Iterator[str]:
        """Yield the plan: each clause with what is asked for it, and the total last."""
        for asked in questions_of(in_turn(checks), self._policy):
            self._spoken[asked] = self._casting.in_voice(asked)
        rows = [one for one in self._spoken.values() if is_alone(one)]
        self._sent.update(set(rows).difference(wholes(rows)))
        yield ""
        yield "To begin with, to see whether anybody is there and who gets in"
        for question in _FIRST:
            yield from self._asked(question)
        # Nobody's question is asked once more where a check wants it.
        self._sent.discard(_FIRST[-1])
        order = list(contract.clauses())
        checks = sorted(checks, key=lambda check: order.index(check.clause))
        for clause, group in groupby(checks, key=lambda check: check.clause):
            yield from self._clause(contract.clauses()[clause], list(group))
        allowed = [check for check in checks if skip_reason(check, self._policy) is None]
        yield from self._plain_forms(
            self._spoken[asked] for check in allowed for asked in check.asked
        )
        yield ""
        yield (
            f"{self._requests} requests in all: what several clauses ask alike is sent once. A few "
            "more where answers are wrong, missing or doubtful."
        )

    def _clause(self, clause: contract.Clause, checks: list[Check]) -> Iterator[str]:
        yield ""
        yield f"{clause.id}  {clause.level}  {clause.sentence}"
        skipped = [skip_reason(check, self._policy) for check in checks]
        for reason in dict.fromkeys(one.reason for one in skipped if one is not None):
            yield f"  left out: {reason}"
        asked = [a for c, one in zip(checks, skipped, strict=True) if one is None for a in c.asked]
        yield from self._each_once(self._spoken[one] for one in asked)
        if not any(check.asked for check in checks):
            fetches = any("fetches_links" in check.marks for check in checks)
            yield "  follows the files' links" if fetches else "  asks nothing of its own"

    def _plain_forms(self, asked: Iterable[Asked]) -> Iterator[str]:
        plain = dict.fromkeys(p for one in asked for p in plain_forms(one) if p not in self._sent)
        if plain:
            yield ""
            yield "Beside them, the plain form of what is particular, to compare with"
            yield from self._each_once(plain)

    def _each_once(self, asked: Iterable[Asked]) -> Iterator[str]:
        """Yield what is asked; what is asked again on purpose stands once, with how often."""
        blocks = Counter(tuple(self._asked(one)) for one in asked)
        for (first, *rest), times in blocks.items():
            yield f"{first} ({times} times)" if times > 1 else first
            yield from rest

    def _asked(self, asked: Asked) -> Iterator[str]:
        questions = questions_in(asked)
        times = asked.rounds if isinstance(asked, Burst) else 1
        shown: list[str] = []
        count = 0
        for number, question in enumerate(questions, 1):
            try:
                resolved = self._resolved(question)
            except (Missing, NotApplicableHere) as reason:
                shown += [f"  {self._line(str(question))}", f"    not asked: {reason}"]
                is_left_out = is_alone(asked) and isinstance(reason, NotApplicableHere)
                if isinstance(asked, Sequence) and not is_left_out:
                    break
                continue
            count += times
            step = f" (step {number} of {len(questions)})" if isinstance(asked, Sequence) else ""
            words = self._line(str(as_sent(resolved, self._clean)))
            shown += [f"  {words}{step}", *self._written(resolved.request)]
        if isinstance(asked, Burst):
            yield "  at the same time" + (f", {times} times" if times > 1 else "")
            shown = [f"  {line}" for line in shown]
        yield from shown
        if asked not in self._sent:
            self._sent.add(asked)
            self._requests += count

    def told(self, question: Question) -> str:
        """Return a question in words, with the target's ids, as far as it can be asked."""
        try:
            return str(as_sent(self._resolved(question), self._clean))
        except (Missing, NotApplicableHere):
            return str(question)

    def _resolved(self, question: Question) -> ResolvedQuestion:
        resolved = resolve(question, self._participants, validators=_GIVEN)
        unsendable = why_unsendable(resolved.request, self._version)
        if unsendable:
            raise NotApplicableHere(unsendable)
        return resolved

    def _written(self, request: Request) -> Iterator[str]:
        yield f"    {request.method} {self._line(self._prefix + request.target)}"
        for name, value in request.headers:
            yield f"    {name}: {self._line(value)}"

    def _line(self, text: str) -> str:
        return one_line(self._clean(text), longest=_SHOWN)


def _sources(target: Target) -> list[object]:
    sessions = [identity.session for identity in target.identities().values()]
    return [*sessions, target.expired_session]


def _stand_ins(target: Target) -> dict[str, Any]:
    """Return the parts of a target in which a command gives the session, with a stand-in for it."""
    changed: dict[str, Any] = {
        role: replace(identity, session=_stand_in(role))
        for role, identity in target.identities().items()
        if isinstance(identity.session, SessionCommand)
    }
    if isinstance(target.expired_session, SessionCommand):
        changed["expired_session"] = _stand_in("expired")
    return changed


def _stand_in(role: str) -> str:
    return base64.b64encode(hashlib.sha256(role.encode()).digest()).decode()
