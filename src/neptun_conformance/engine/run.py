"""One run against one target: opened, asked, and its checks made one after the other."""

from __future__ import annotations

import secrets as randomness
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from neptun_conformance.causes.symptoms import Repeated
from neptun_conformance.client import Client
from neptun_conformance.engine import interrupts, opening
from neptun_conformance.engine.application import application
from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.arguments import Selections, argument_for, seconds_for
from neptun_conformance.engine.checks.check import (
    Check,
    Checked,
    Policy,
    in_turn,
    questions_of,
    skip_reason,
    with_generated,
)
from neptun_conformance.engine.followup.bundles import Unbundling
from neptun_conformance.engine.followup.coming_again import come_again
from neptun_conformance.engine.followup.refining import Refining, confirmed
from neptun_conformance.engine.followup.voicing import Voicing
from neptun_conformance.engine.records.recording import Recorder
from neptun_conformance.exchange import Request
from neptun_conformance.judge.answer import Answer, Replies
from neptun_conformance.judge.demands import NotApplicable, NotTested
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import Asked
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.results.result import Outcome
from neptun_conformance.settings import SettingError, Settings
from neptun_conformance.targets.load import Loaded, TargetError
from neptun_conformance.targets.provisioning import provisioned
from neptun_conformance.targets.server_log import ServerLogs, followed
from neptun_conformance.targets.session import SessionKeeper
from neptun_conformance.targets.starting import started

Progress = Callable[[int, int], None]
Opened = Callable[[Loaded], None]


@dataclass(slots=True, repr=False)
class Run:
    """A run; a context manager, so that whatever it started ends with it.

    Arguments:
        settings: the settings, checked.
        progress: called with the numbers of requests sent so far, and named by then to be sent.
        opened: called with the target once it is known, before anything is sent.
    """

    settings: Settings
    progress: Progress = lambda _sent, _named: None
    opened: Opened = lambda _: None
    run_id: str = field(default_factory=lambda: randomness.token_hex(6))
    loaded: Loaded = field(init=False)
    participants: Participants = field(init=False)
    embedded: bool = field(init=False, default=False)
    is_open: bool = field(init=False, default=False)
    began: float = field(init=False, default_factory=time.monotonic)
    started: str = field(init=False, default_factory=lambda: datetime.now(UTC).isoformat())
    _stack: ExitStack = field(init=False, default_factory=ExitStack)
    _keeper: SessionKeeper | None = field(init=False, default=None)
    _redactor: Redactor | None = field(init=False, default=None)
    _client: Client = field(init=False)
    _scheduler: Scheduler = field(init=False)
    _unbundling: Unbundling = field(init=False)
    _selections: Selections = field(init=False, default_factory=Selections)
    _replies: dict[Asked, Replies] = field(init=False, default_factory=dict)
    _complete: list[Check] = field(init=False, default_factory=list)
    _logs: ServerLogs = field(init=False, default_factory=ServerLogs)

    def __enter__(self) -> Self:
        """Return the run itself; ``open`` does the work."""
        return self

    def __exit__(self, *_: object) -> None:
        """End whatever the run started."""
        self._stack.close()

    def open(self) -> None:
        """Find the target, start what must be started, and make ready to ask.

        Raises:
            TargetError: the target cannot be used.
            SettingError: a setting cannot be used.
        """
        opening.refuse_other_contract(self.settings)
        self.loaded = self._load()
        target = self.loaded.target
        self._keeper = SessionKeeper(target)
        if self.settings.start:
            self._start(self.settings.start, target.base_url)
        if self.settings.server_log:
            self._stack.enter_context(followed(self.settings.server_log, self._logs.named))
        self.participants = Participants.of(target, self._keeper)
        self._client = self.connect()
        self._scheduler = Scheduler(
            self._client,
            self.participants,
            concurrency=opening.at_once(self.settings, target),
            on_answer=lambda named: self.progress(self._client.sent, named),
            limits=Limits(outage=self.settings.max_outage),
        )
        self._unbundling = Unbundling(self._scheduler)
        self.is_open = True
        self.opened(self.loaded)

    def _start(self, command: str, base_url: str) -> None:
        try:
            wait, log = self.settings.wait, self._logs.output
            self._stack.enter_context(started(command, base_url=base_url, wait=wait, log=log))
        except TargetError as problem:
            # It quotes the server's last words, which may repeat what is in its environment.
            raise TargetError(self.redactor().redact(str(problem))) from None

    def connect(self) -> Client:
        """Return a client with connections of its own, which is closed with the run.

        Raises:
            SettingError: a setting cannot be used.
        """
        how = opening.client_settings(self.settings, self.loaded.target, self.run_id)
        app = application(self.settings.app) if self.settings.app else None
        try:
            client = Client(how, app=app)
        except ValueError as problem:
            raise SettingError(str(problem)) from None
        self._stack.callback(client.close)
        return client

    def _load(self) -> Loaded:
        profile = None
        if self.settings.provision:
            profile = self._stack.enter_context(
                provisioned(self.settings.provision, cleanup=self.settings.cleanup)
            )
        named = opening.named_target(self.settings, profile)
        self.embedded = named is None
        return named or opening.embedded_target(self._stack)

    @property
    def policy(self) -> Policy:
        """What this run may ask."""
        return opening.policy(self.settings, self.loaded.target, self.run_id)

    def ask(self, checks: Iterable[Check]) -> list[Check]:
        """Ask all that these checks need; return them, the generated ones with their questions.

        Generated questions are drawn while the others are under way.

        Raises:
            Unreachable: there is no server at the target.
        """
        self._scheduler.reach()

        def asked() -> Iterator[Asked]:
            for check in self._with_questions(in_turn(checks)):
                self._complete.append(check)
                yield from questions_of([check], self.policy)

        self._replies |= self._voicing().ask(asked())
        return self._complete

    def break_off(self, why: str) -> list[Check]:
        """Send nothing more; return the checks to make of what has come, and why not of more."""
        if not self.is_open:
            return []
        asked = questions_of(self._complete, self.policy)
        self._replies = {**self._scheduler.break_off(asked, why), **self._replies}
        return [check for check in self._complete if check.wants is not ArgumentKind.FETCHED]

    def _voicing(self) -> Voicing:
        casting = Casting(
            self.participants, seed=self.settings.seed, hostile=not self.settings.no_hostile
        )
        return Voicing(self._scheduler, casting)

    def _with_questions(self, checks: Iterable[Check]) -> Iterator[Check]:
        return with_generated(
            checks,
            effort=self.settings.effort,
            seed=self.settings.seed,
            database=self.settings.example_database,
        )

    def argument_for(self, check: Check) -> Any:
        """Return the argument of a check, once it is known that the run may make it.

        Raises:
            NotTested, NotApplicable: the check cannot be made; see ``arguments.argument_for``.
        """
        interrupts.raise_what_was_lost()
        policy = self.policy
        skipped = skip_reason(check, policy)
        if skipped is not None:
            why = NotApplicable if skipped.outcome is Outcome.NOT_APPLICABLE else NotTested
            raise why(skipped.reason or "")
        if check.wants is ArgumentKind.FETCHED:
            self._scheduler.replay(owner.asks(owner.full), times=1)
        answers = self._scheduler.simplest_first
        return argument_for(check, self._replies, answers, policy, self._selections)

    def refined(self, checked: Checked) -> Checked:
        """Rule out that a finding came by chance; make a generated one as small as it gets."""
        exploration = checked.check.exploration
        if exploration is None or checked.outcome is not Outcome.FAIL:
            return self._unbundling.smaller(confirmed(checked, self._scheduler))
        refining = Refining(
            self._scheduler,
            self._replies,
            self.settings.effort,
            self.settings.seed,
            self.settings.example_database,
        )
        return refining.refine(checked, exploration)

    def come_again(self, checked: Iterable[Checked]) -> dict[Request, Repeated]:
        """Tell of requests that were answered wrongly what comes of their repeats."""
        return come_again(checked, self._scheduler)

    @property
    def answers(self) -> list[Answer]:
        """Every answer so far."""
        return self._scheduler.answers if self.is_open else []

    @property
    def notes(self) -> list[str]:
        """What a reader should know about the way of the run."""
        return self._scheduler.notes if self.is_open else []

    @property
    def sent(self) -> int:
        """How many requests went out so far."""
        return self._client.sent if self.is_open else 0

    @property
    def waited(self) -> float:
        """Seconds for which the target, by a 429 or a 503, held the run up."""
        return self._client.waited if self.is_open else 0.0

    @property
    def at_once(self) -> int:
        """How many requests were under way at once, at most."""
        return self._client.peak if self.is_open else 0

    def recorder(self) -> Recorder:
        """Return what writes the records of this run, without a secret in them."""
        return Recorder(
            base_url=self.loaded.target.base_url,
            redactor=self.redactor(),
            headers=self._client.headers,
            curl_options=opening.curl_options(self.settings, self._spoken()),
            bodies=not self.settings.no_bodies,
            seconds=lambda check: seconds_for(check, self._replies),
            logged=self._logged,
        )

    @property
    def version(self) -> str | None:
        """The version of HTTP that is spoken, None as long as nobody knows."""
        return self._client.version if self.is_open else None

    def _spoken(self) -> str | None:
        """Return the version of HTTP as a target file names it."""
        http = self.loaded.target.http
        return self.version if http == "auto" else http

    def _logged(self, earliest: float, latest: float) -> list[str]:
        """Return what the server logged between two times, in seconds as answers have them."""
        began = time.monotonic() - self._client.elapsed()
        return self._logs.between(began + earliest, began + latest)

    def redactor(self) -> Redactor:
        """Return what keeps the secrets known by now out of a text.

        The demo sessions of the embedded server are published: shown, commands just work.
        """
        keeper = None if self.embedded else self._keeper
        secrets = keeper.secrets() if keeper else []
        if self._redactor is None or list(self._redactor.secrets) != secrets:
            self._redactor = Redactor(secrets)
        return self._redactor
