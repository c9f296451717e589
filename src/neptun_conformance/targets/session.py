"""The sessions of a run: given as text, or asked from a command when they are first needed."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Literal

from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.last_line import ended
from neptun_conformance.targets.model import NO_EXPIRED_SESSION, Session, SessionCommand, Target
from neptun_conformance.targets.processes import Finished, run
from neptun_conformance.targets.text import sendable_session

Role = Literal["owner", "stranger", "expired"]
COMMAND_SECONDS = 30.0
MOST_RENEWALS = 20
"""How often a run asks for another session in place of one that is no longer accepted."""


class SessionError(TargetError):
    """A command did not give a session that can be used; the text is one line, without secrets."""


class SessionKeeper:
    """Gives the current session of each role; safe to share between threads.

    Commands run in a shell, in the current directory, with this process's environment, and only
    when their session is first asked for.
    """

    def __init__(self, target: Target, *, seconds: float = COMMAND_SECONDS) -> None:
        """Keep the sessions of `target`; each command may take `seconds`."""
        expired = target.expired_session
        sources: dict[Role, Session | None] = {
            "owner": target.owner.session if target.owner else None,
            "stranger": target.stranger.session if target.stranger else None,
            "expired": expired if expired != NO_EXPIRED_SESSION else None,
        }
        self._commands = {r: s.command for r, s in sources.items() if isinstance(s, SessionCommand)}
        self._current: dict[Role, str] = {r: s for r, s in sources.items() if isinstance(s, str)}
        self._past: list[tuple[Role, str]] = []
        self._handed_out: dict[str, None] = {}
        self._renewed: Counter[Role] = Counter()
        self._headers = dict(target.headers)
        self._seconds = seconds
        self._lock = threading.RLock()

    def current(self, role: Role) -> str | None:
        """Return the session of `role`, None where the target gives none.

        Raises SessionError when its command fails, takes too long or prints no usable session.
        """
        with self._lock:
            if role not in self._current and role in self._commands:
                self._current[role] = self._ask(role)
            return self._current.get(role)

    def is_renewable(self, role: Role) -> bool:
        """Tell whether a command gives the session of `role`."""
        return role in self._commands

    def renew(self, role: Role, *, stale: str | None = None) -> bool:
        """Ask the command of `role` for a new session; say whether there is one.

        `stale` is the session that has run out: if it is no longer the current one, another
        caller has renewed it already. Raises SessionError as `current` does.
        """
        with self._lock:
            before = self._current.get(role)
            if stale is not None and before is not None and stale != before:
                return True
            if role == "expired" or role not in self._commands:
                return False
            if self._renewed[role] >= MOST_RENEWALS:
                return False
            self._renewed[role] += 1
            self._current[role] = self._ask(role)
            if before is not None:
                self._past.append((role, before))
            return self._current[role] != before

    def keep_secret(self, handed_out: str) -> None:
        """Count a session that the target set in an answer among the secrets: it may be valid."""
        with self._lock:
            self._handed_out[handed_out] = None

    def secrets(self) -> list[tuple[str, str]]:
        """Return every secret known by now, as placeholder and value.

        Those are the sessions, also the past ones and those that the target handed out and the run
        showed, and the values of the target's headers.
        """
        with self._lock:
            sessions = [*self._current.items(), *self._past]
            handed_out = list(self._handed_out)
        return [
            *((f"${role.upper()}_SESSION", value) for role, value in sessions),
            *((header_placeholder(name), value) for name, value in self._headers.items()),
            *(("$HANDED_OUT_SESSION", value) for value in handed_out),
        ]

    def _ask(self, role: Role) -> str:
        key = "expired_session" if role == "expired" else f"{role}.session"
        try:
            finished = run(self._commands[role], seconds=self._seconds)
            value = _session(self._commands[role], finished, self.secrets())
        except (OSError, ValueError) as error:
            raise SessionError(f"{key}: the session's command {error}") from None
        for other, session in self._current.items():
            if other != role and session == value:
                raise SessionError(f"{key}: the command gave the same session as {other} has")
        return value


def header_placeholder(name: str) -> str:
    """Return what stands for the value of the target's header `name` in everything printed."""
    return "$HEADER_" + "".join(c if c.isalnum() else "_" for c in name).upper()


def _session(command: str, finished: Finished, secrets: list[tuple[str, str]]) -> str:
    if finished.status:
        raise ValueError(ended(command, finished, secrets=secrets))
    text = finished.output.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
    if not text:
        raise ValueError("printed nothing")
    try:
        return sendable_session(text)
    except ValueError as error:
        raise ValueError(f"printed what {error}") from None
