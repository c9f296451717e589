"""One run against one target: opened, asked, judged, and turned into the one result."""

from __future__ import annotations

import secrets as randomness
import shlex
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Self

from neptun_conformance import __version__, contract
from neptun_conformance.client import Client
from neptun_conformance.client import Settings as ClientSettings
from neptun_conformance.engine import checking, interrupts
from neptun_conformance.engine.application import application
from neptun_conformance.engine.checking import Check, Checked, Policy
from neptun_conformance.engine.recording import Recorder
from neptun_conformance.engine.refining import Refining, confirmed
from neptun_conformance.engine.scheduler import Replies, Scheduler, Unreachable
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import Asked, Sequence
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.results.result import Outcome, Result, Setting, Verdict
from neptun_conformance.results.verdict import ExitStatus, Judged, counts, judge
from neptun_conformance.settings import OPTIONS, SettingError
from neptun_conformance.targets.load import Loaded, TargetError, load_target
from neptun_conformance.targets.provisioning import provisioned
from neptun_conformance.targets.session import SessionKeeper
from neptun_conformance.targets.starting import started

IN_PROCESS = "http://in-process.invalid"
"""The base URL of an application that is called without a port."""

EMBEDDED = "embedded reference"
"""Origin of all settings of a target that nobody named: the reference is served instead."""

Progress = Callable[[int], None]
Opened = Callable[[Loaded], None]


@dataclass(slots=True, repr=False)
class Run:
    """A run; a context manager, so that whatever it started ends with it.

    Arguments:
        settings: the checked settings, see ``options``.
        progress: called with the number of requests sent so far.
        opened: called with the target once it is known, before anything is sent.
    """

    settings: dict[str, Any]
    progress: Progress = lambda _: None
    opened: Opened = lambda _: None
    run_id: str = field(default_factory=lambda: randomness.token_hex(6))
    loaded: Loaded = field(init=False)
    participants: Participants = field(init=False)
    embedded: bool = field(init=False, default=False)
    checked: list[Checked] = field(init=False, default_factory=list)
    partial: bool = field(init=False, default=False)
    notes: list[str] = field(init=False, default_factory=list)
    _is_open: bool = field(init=False, default=False)
    _stack: ExitStack = field(init=False, default_factory=ExitStack)
    _keeper: SessionKeeper | None = field(init=False, default=None)
    _redactor: Redactor | None = field(init=False, default=None)
    _client: Client = field(init=False)
    _scheduler: Scheduler = field(init=False)
    _heard: dict[Asked, Replies] = field(init=False, default_factory=dict)
    _began: float = field(init=False, default_factory=time.monotonic)
    _started: str = field(init=False, default_factory=lambda: datetime.now(UTC).isoformat())

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
        self.refuse_other_contract()
        self.loaded = self._load()
        target = self.loaded.target
        self._keeper = SessionKeeper(target)
        if self.settings["start"]:
            self._start(target.base_url)
        self.participants = Participants.of(target, self._keeper)
        self._client = self.connect()
        self._scheduler = Scheduler(
            self._client,
            self.participants,
            concurrency=self.settings["concurrency"],
            on_answer=lambda: self.progress(self._client.sent),
        )
        self._is_open = True
        self.opened(self.loaded)

    def _start(self, base_url: str) -> None:
        command, wait = self.settings["start"], self.settings["wait"]
        try:
            self._stack.enter_context(started(command, base_url=base_url, wait=wait))
        except TargetError as problem:
            # It quotes the server's last words, which may repeat what is in its environment.
            raise TargetError(self.redactor().redact(str(problem))) from None

    def refuse_other_contract(self) -> None:
        """Refuse a version of the contract that is not the one known here; raises SettingError."""
        wanted, known = self.settings["contract_version"], contract.contract_version()
        if wanted not in {None, known}:
            raise SettingError(f"--contract-version: {wanted!r} is not known, only {known}")

    def connect(self) -> Client:
        """Return a client with connections of its own, which is closed with the run.

        Raises:
            SettingError: a setting cannot be used.
        """
        try:
            client = Client(self._client_settings(), app=self._application())
        except ValueError as problem:
            raise SettingError(str(problem)) from None
        self._stack.callback(client.close)
        return client

    def _load(self) -> Loaded:
        profile = None
        if self.settings["provision"]:
            profile = self._stack.enter_context(
                provisioned(self.settings["provision"], cleanup=self.settings["cleanup"])
            )
        return self.named_target(profile) or self._load_embedded()

    def named_target(self, profile: dict[str, Any] | None = None) -> Loaded | None:
        """Return the target that the settings and the environment name, None where they name none.

        Arguments:
            profile: what the provisioning command printed.

        Raises:
            TargetError: the target cannot be used.
        """
        flags: dict[str, object] = {"base_url": self.settings["base_url"]}
        if self.settings["app"]:
            flags["base_url"] = IN_PROCESS
        path = self.settings["target"]
        try:
            return load_target(Path(path) if path else None, flags=flags, provisioned=profile)
        except TargetError:
            named = ("target", "base_url", "app", "start", "provision")
            if any(self.settings[name] for name in named) or _names_a_target():
                raise
        return None

    def _load_embedded(self) -> Loaded:
        """Serve the reference on a free loopback port and take its own profile as the target."""
        from neptun_conformance.server.data import target_for
        from neptun_conformance.server.reference import Reference
        from neptun_conformance.server.serving import serving

        self.embedded = True
        base_url = self._stack.enter_context(serving(Reference()))
        loaded = load_target(None, provisioned=target_for(base_url), environ={})
        return replace(loaded, origins=dict.fromkeys(loaded.origins, EMBEDDED))

    def _application(self) -> Any:
        return application(self.settings["app"]) if self.settings["app"] else None

    def _client_settings(self) -> ClientSettings:
        same = (
            "concurrency deadline run_deadline max_body rate max_requests max_throttle ca_bundle "
            "insecure client_cert client_key uds"
        )
        target = self.loaded.target
        return ClientSettings(
            base_url=target.base_url,
            run_id=self.run_id,
            headers=tuple(target.headers.items()),
            **{name: self.settings[name] for name in same.split()},
        )

    @property
    def policy(self) -> Policy:
        """What this run may ask."""
        return Policy(
            effort=self.settings["effort"],
            unsafe=self.settings["allow_unsafe_methods"],
            hostile=not self.settings["no_hostile"],
            fetch_links=self.settings["fetch_urls"],
            secure=self.loaded.target.base_url.startswith("https:"),
            run_id=self.run_id,
            ca_bundle=self.settings["ca_bundle"],
            insecure=self.settings["insecure"],
        )

    def ask(self, checks: Iterable[Check]) -> list[Check]:
        """Ask everything that these checks need, ahead of the first of them.

        Generated questions are drawn while the others are under way.

        Returns:
            the checks, the generated ones with their questions.

        Raises:
            Unreachable: there is no server at the target.
        """
        self._scheduler.reach()
        complete: list[Check] = []

        def asked() -> Iterator[Asked]:
            for check in sorted(checks, key=_turn):
                complete.append(self._drawn(check))
                yield from checking.questions_of(complete[-1:], self.policy)

        self._heard |= self._scheduler.ask(asked())
        return complete

    def _drawn(self, check: Check) -> Check:
        return checking.with_generated(
            check,
            effort=self.policy.effort,
            seed=self.settings["seed"],
            database=self.settings["example_database"],
        )

    def refined(self, checked: Checked) -> Checked:
        """Rule out that a finding came by chance; make a generated one as small as it gets."""
        exploration = checked.check.exploration
        if exploration is None or checked.outcome is not Outcome.FAIL:
            return confirmed(checked, self._scheduler)
        refining = Refining(
            self._scheduler,
            self._heard,
            self.settings["effort"],
            self.settings["seed"],
            self.settings["example_database"],
        )
        return refining.refine(checked, exploration)

    def argument_for(self, check: Check) -> Any:
        """Return the argument of a check; raises as ``checks.handed`` does."""
        interrupts.raise_what_was_lost()
        if check.wants == "fetched":
            self._scheduler.replay(owner.asks(owner.full), times=1)
        return checking.argument_for(check, self._heard, self._scheduler.answers, self.policy)

    def result(self, *, stopped: Judged | None = None) -> Result:
        """Return the one result of this run.

        Arguments:
            stopped: the verdict of a run that did not come to its end.
        """
        if stopped and not self._is_open:
            return self._nothing(stopped)
        recorder = self.recorder()
        clauses = recorder.clauses(self.checked)
        judged = stopped or judge(
            clauses,
            strict=self.settings["strict"],
            partial=self.partial,
            allow_incomplete=self.settings["allow_incomplete"],
        )
        answers = sorted(self._answers(), key=lambda answer: answer.exchange.started)
        wanted = self.settings["report_json"] or self.settings["report_har"]
        exchanges = [recorder.exchange(answer) for answer in answers] if wanted else []
        return Result(
            verdict=judged.verdict,
            exit_status=judged.exit_status,
            reason=self.redactor().redact(judged.reason),
            truncated=stopped is not None and stopped.verdict is not Verdict.UNREACHABLE,
            strict=self.settings["strict"],
            target={k: Setting(value=v, origin=o) for k, v, o in self.loaded.describe()},
            settings=_shown_settings(self.settings),
            contract_version=contract.contract_version(),
            suite_version=__version__,
            run_id=self.run_id,
            started=self._started,
            seconds=round(time.monotonic() - self._began, 3),
            requests=self._client.sent,
            statuses=dict(sorted(Counter(_status(answer) for answer in answers).items())),
            waits=round(sum(w.seconds for a in answers for w in a.exchange.waits), 3),
            counts=counts(clauses),
            clauses=clauses,
            exchanges=[e.model_copy(update={"id": n}) for n, e in enumerate(exchanges, 1)],
            notes=[
                self.redactor().redact(note)
                for note in (
                    *self.notes,
                    *_notes(answers, self.settings),
                    *map(_about_lost, self._scheduler.lost),
                )
            ],
        )

    def _nothing(self, stopped: Judged) -> Result:
        """Return the result of a run that stopped before its target was there."""
        return Result(
            verdict=stopped.verdict,
            exit_status=stopped.exit_status,
            reason=self.redactor().redact(stopped.reason),
            truncated=True,
            strict=self.settings["strict"],
            target={},
            settings=_shown_settings(self.settings),
            contract_version=contract.contract_version(),
            suite_version=__version__,
            run_id=self.run_id,
            started=self._started,
            seconds=round(time.monotonic() - self._began, 3),
            requests=0,
            counts=counts([]),
            clauses=[],
        )

    def _answers(self) -> list[Answer]:
        return self._scheduler.answers

    def recorder(self) -> Recorder:
        """Return what writes the records of this run, without a secret in them."""
        return Recorder(
            base_url=self.loaded.target.base_url,
            redactor=self.redactor(),
            headers=self._client.headers,
            # Nobody else can reach an application that is called in this process.
            curl_options=None if self.settings["app"] else _curl_options(self.settings),
            bodies=not self.settings["no_bodies"],
        )

    def redactor(self) -> Redactor:
        """Return what keeps the secrets known by now out of a text.

        The demo sessions of the embedded server are published: shown, commands just work.
        """
        keeper = None if self.embedded else self._keeper
        secrets = keeper.secrets() if keeper else []
        if self._redactor is None or list(self._redactor.secrets) != secrets:
            self._redactor = Redactor(secrets)
        return self._redactor


def _turn(check: Check) -> tuple[bool, bool]:
    """Sort what takes several steps to the front, and what must be drawn behind all else."""
    several_steps = any(isinstance(asked, Sequence) for asked in check.asked)
    return check.exploration is not None, not several_steps


def _names_a_target() -> bool:
    import os

    return any(name.startswith("NEPTUN_") for name in os.environ)


def _curl_options(settings: dict[str, Any]) -> tuple[str, ...]:
    named = (
        ("uds", "--unix-socket"),
        ("ca_bundle", "--cacert"),
        ("client_cert", "--cert"),
        ("client_key", "--key"),
    )
    given = (f"{flag} {shlex.quote(settings[name])}" for name, flag in named if settings[name])
    return ("--insecure", *given) if settings["insecure"] else tuple(given)


def _shown_settings(settings: dict[str, Any]) -> dict[str, Setting]:
    """Return the settings that differ from their defaults; commands may hold secrets."""
    return {
        f"--{option.name}": Setting(value=str(settings[option.key]), origin="flag")
        for option in OPTIONS
        if settings[option.key] != option.default and option.metavar != "COMMAND"
    }


def _status(answer: Answer) -> str:
    return str(answer.status) if answer.status else "none"


def _about_lost(role: str) -> str:
    return (
        f"the {role}'s session is refused: if it ought to work, that is the finding; else renew it"
    )


def _notes(answers: list[Answer], settings: dict[str, Any]) -> list[str]:
    waits = [wait for answer in answers for wait in answer.exchange.waits]
    flaky = [a for a in answers if a.exchange.first_failure and a.response]
    notes = []
    if settings["insecure"]:
        notes.append("INSECURE: the target's certificate was not checked (--insecure)")
    if waits:
        seconds = sum(wait.seconds for wait in waits)
        notes.append(f"{len(waits)} answers of 429 or 503 were waited out, {seconds:.1f} s in all")
    if flaky:
        first = flaky[0].exchange.first_failure
        assert first is not None  # noqa: S101 - that is how they were chosen
        notes.append(f"{len(flaky)} requests failed once and were repeated: {first.message}")
    return notes


def selected(clause: str, patterns: Iterable[str]) -> bool:
    """Tell whether a clause is meant by one of the ids or globs."""
    return any(fnmatchcase(clause, pattern) for pattern in patterns)


def unknown_patterns(patterns: Iterable[str]) -> list[str]:
    """Return the ids and globs that mean no clause at all."""
    return [p for p in patterns if not any(selected(c, [p]) for c in contract.clauses())]


INTERRUPTED = Judged(Verdict.INTERRUPTED, ExitStatus.INTERRUPTED, "the run was interrupted")


def unreachable(reason: Unreachable) -> Judged:
    """Return the verdict over a target that is no server."""
    return Judged(Verdict.UNREACHABLE, ExitStatus.UNREACHABLE, str(reason))


def crashed(error: BaseException) -> Judged:
    """Return the verdict of a run that could not go on, for its target's or its own reason."""
    if isinstance(error, TargetError):
        return Judged(Verdict.ERROR, ExitStatus.USAGE, str(error))
    reason = f"the suite itself failed: {type(error).__name__}: {error}"
    return Judged(Verdict.ERROR, ExitStatus.ERROR, reason.splitlines()[0])
