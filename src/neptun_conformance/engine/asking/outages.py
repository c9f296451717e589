"""Whether the target is there: it is waited for where it is gone, and given up in the end."""

from __future__ import annotations

import threading

from neptun_conformance.cutting import cut
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.sender import NOBODY, Sender
from neptun_conformance.judge.answer import Unasked
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import Question
from neptun_conformance.resolve.resolved import ResolvedQuestion

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 1.0
"""Seconds between two looks at a target that is gone, the first and the longest."""
MOST_NAMED, MOST_CHARACTERS = 8, 150
"""Requests that are named as under way when the target ended, and characters of each."""


class Outages:
    """Finds out whether a target is gone, waits for it, and notes which inputs ended it.

    Arguments:
        sender: asks the plain questions that show whether the target lives.
        limits: how long to wait.
    """

    def __init__(self, sender: Sender, limits: Limits) -> None:
        self.ended: str | None = None
        """Why nothing more is asked, None as long as the target is worth asking."""
        self.count = 0
        """Outages so far."""
        self.waited = 0.0
        """Seconds that were waited for the target in all."""
        self.blamed: set[Question] = set()
        """What ended the target when it was repeated alone."""
        self._under_way: list[ResolvedQuestion] = []  # what has failed since the target was there
        self._sender = sender
        self._limits = limits
        self._back = 0
        self._looks = 0
        self._lock = threading.Lock()

    @property
    def notes(self) -> list[str]:
        """What the reader of a report should know."""
        times = "once" if self._back == 1 else f"{self._back} times"
        back = f"the target was gone {times}, {self.waited:.1f} s in all, and was waited for"
        ended = [self.ended, *self._last_words()] if self.ended else []
        return [*([back] if self._back else []), *ended]

    def wait_while_gone(self) -> None:
        """Return when nobody is waiting for the target any more."""
        with self._lock:
            pass

    def look_after(self, resolved: ResolvedQuestion, *, since: int) -> bool:
        """Find out after a failure whether the target is gone, and wait for it where it is.

        Arguments:
            resolved: what failed.
            since: the outages that were known when it was sent.

        Returns:
            whether the target was gone while it was under way.
        """
        looks = self._looks
        self._under_way.append(resolved)
        with self._lock:
            if looks == self._looks and not self.ended:
                self._looks += 1
                if not self.is_there(resolved):
                    self._wait()
                elif not self.ended:
                    self._under_way.clear()
            return self.count > since

    def is_there(self, resolved: ResolvedQuestion | None = None) -> bool:
        """Tell whether the target answers the owner's plain question.

        Where that question is what failed, now or at first, or there is no owner, an anonymous one
        decides.
        """
        plain = self._sender.resolved(owner.asks(owner.full))
        first = self._sender.facts.plain.get(owner.full)
        failed = first is not None and first.failure is not None
        if isinstance(plain, Unasked) or failed or (resolved and plain.request == resolved.request):
            return bool(self._sender.is_answered(NOBODY))
        return bool(self._sender.is_answered(owner.asks(owner.full)))

    def comes_back(self) -> bool:
        """Wait for a target that is gone, and tell whether it is back."""
        with self._lock:
            if not self.ended:
                self._wait()
            return not self.ended

    def blame(self, question: Question) -> None:
        """Note an input that ended the target; after so many the rest is left alone."""
        self.blamed.add(question)
        if len(self.blamed) >= self._limits.inputs:
            self.ended = f"{len(self.blamed)} inputs ended the target, so no more were sent"

    def _wait(self) -> None:
        self.count += 1
        client, pause = self._sender.client, FIRST_PAUSE
        began = client.elapsed()
        most = min(self._limits.outage, self._limits.outages - self.waited)
        while (waited := client.elapsed() - began) < most and client.pause(pause):
            if self.is_there():
                self.waited += client.elapsed() - began
                self._back += 1
                self._under_way.clear()
                return
            pause = min(2 * pause, LONGEST_PAUSE)
        self.waited += waited
        self.ended = self._epitaph()

    def _epitaph(self) -> str:
        """Say after how many answers the target was gone: short, for it stands at each clause."""
        answered = sum(answer.response is not None for answer in self._sender.transcript.answers)
        after = f"the target stopped answering after {answered} answers"
        return f"{after}; it refuses connections" if self._sender.is_refused else after

    def _last_words(self) -> list[str]:
        """Say what was under way when the target ended, what is particular first."""
        ranked = sorted(self._under_way, key=_is_usual)
        named = [
            cut(self._sender.told(resolved), MOST_CHARACTERS) for resolved in ranked[:MOST_NAMED]
        ]
        more = [f"and {len(ranked) - MOST_NAMED} more"] if len(ranked) > MOST_NAMED else []
        which = " (--concurrency 1 tells which)" if len(ranked) > 1 else ""
        return [f"under way when it stopped{which}: {'; '.join([*named, *more])}"] if named else []


def _is_usual(resolved: ResolvedQuestion) -> bool:
    """Tell whether there is nothing particular about a request that could have ended a target."""
    return resolved.plain is None or resolved.question.documented
