"""Asks the questions of a run: concurrently, each once, and fairly to the target.

Fairly means: what fails is repeated once, alone, and is the target's doing only if the target is
alive right after; a 401 nobody expected counts only if the session still works. What cannot be
settled while others are under way is put off, see ``deferred``, and settled when they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from neptun_conformance.client import Client
from neptun_conformance.cutting import listed
from neptun_conformance.engine import interrupts
from neptun_conformance.engine.asking import alone
from neptun_conformance.engine.asking.alone import is_alone
from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.crew import Crew
from neptun_conformance.engine.asking.deferred import Later, Step
from neptun_conformance.engine.asking.in_vain import InVain, answers_in
from neptun_conformance.engine.asking.learning import Learned
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.reaching import Reaching, Unreachable
from neptun_conformance.engine.asking.sender import Sender
from neptun_conformance.engine.asking.session_loss import doubtful
from neptun_conformance.engine.asking.settling import Settling
from neptun_conformance.engine.asking.tally import Tally
from neptun_conformance.engine.asking.volleys import Volleys, answered, stood_still
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer, Replies, Reply, Unasked
from neptun_conformance.questions.situations import Account, Asked, Burst, Question, Sequence
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.resolve.resolved import plain_form

__all__ = ["Scheduler", "Unreachable", "plain_forms"]

FAR = 0.02
"""Seconds of the fastest plain response from which on rounds take longer than all else."""


class Scheduler:
    """Asks questions of one target and keeps every answer.

    Arguments:
        client: the way to the target.
        participants: the people of the run.
        concurrency: how many questions may be under way at once.
        on_answer: called after each answer, for progress, with the requests that are named so far.
        limits: how long to wait for the target, and how much to send beyond the questions.
    """

    def __init__(
        self,
        client: Client,
        participants: Participants,
        *,
        concurrency: int = 16,
        on_answer: Callable[[int], None] = lambda _: None,
        limits: Limits | None = None,
    ) -> None:
        self._learned = Learned(participants)
        limits = limits or Limits()
        self.budget = Budget(limits.extra_requests)
        self._client = client
        self._concurrency = concurrency
        self._on_answer = on_answer
        self._heard: dict[Asked, Replies] = {}
        self._spared: list[str] = []
        self._tally = Tally()
        self._sender = Sender(client, participants, self._learned)
        self._transcript = self._sender.transcript
        self._settling = Settling(self._sender, self.budget, limits)
        self._volleys = Volleys(self._sender, self._settling, self._named)

    @property
    def answers(self) -> list[Answer]:
        """Every answer so far."""
        return self._transcript.answers

    @property
    def simplest_first(self) -> list[Answer]:
        """Every answer so far, those to the simplest questions first."""
        return self._transcript.simplest_first

    @property
    def lost(self) -> list[str]:
        """Whose session is not, or no longer, accepted."""
        return sorted(account.value for account in self._settling.sessions.lost)

    @property
    def notes(self) -> list[str]:
        """What the reader of a report should know about the way of the run."""
        why = "not made smaller or repeated, as the extra requests are spent"
        names = list(dict.fromkeys(check.partition("[")[0] for check in self._spared))
        spared = [f"{why}: {listed(names)}"] if names else []
        lost = self._settling.sessions.advice
        return [*self._settling.outages.notes, *self._told_to_come_back(), *spared, *lost]

    def _told_to_come_back(self) -> list[str]:
        """Name what leaves no check open as long as another variant of it was answered."""
        throttled = {str(answer): answer for answer in self.answers if answer.throttled}
        if not throttled:
            return []
        first, *others = throttled.values()
        words = self._sender.told(first.resolved)
        more = f", and {len(others)} more requests" if others else ""
        return [f"answered with 429 as often as it was sent, so not tested: {words}{more}"]

    def spare(self, check: str) -> None:
        """Note a check whose findings are not looked into, for want of extra requests."""
        if check not in self._spared:
            self._spared.append(check)

    def reach(self) -> None:
        """Ask each person's plain questions, which show that there is a server and who gets in.

        Raises:
            Unreachable: neither they nor an anonymous question gets an answer in HTTP.
        """
        reaching = Reaching(self._sender, self._settling.sessions, self._settling.hanging)
        self._heard |= reaching.reach(lambda questions, how: dict(self._each(questions, how)))

    def ask(self, asked: Iterable[Asked]) -> dict[Asked, Replies]:
        """Ask all of these, each once in a run, and return what came.

        Single questions and sequences go out side by side, each as soon as it is named, bursts
        afterwards, and last those sequences that are asked alone; of a target that is far away
        these go first, beside all else. The plain form of whatever is particular is asked, too,
        where no check asks it anyway.
        """
        wanted: dict[Asked, None] = {}
        heard: dict[Asked, Replies] = {}
        asked, first = self._with_rows_first(asked) if self._is_far() else (asked, [])
        heard |= self._settled(self._each(chain(first, self._new(asked, wanted))))
        bursts = [one for one in wanted if isinstance(one, Burst) and one not in self._heard]
        if bursts:
            self._settling.sessions.refresh()
        heard |= self._fired(bursts)
        left = [one for one in wanted if is_alone(one) and one not in self._heard]
        how = (lambda rows: {row: heard[row] for row in rows}) if first else self._in_a_row
        heard |= alone.ask(left, how, self._sender.resolved)
        self._heard |= self._confirmed(heard)
        single = {
            question: got
            for question, got in self._heard.items()
            if isinstance(question, Question) and isinstance(got, Answer)
        }
        self._learned.learn_from(single, self.answers)
        return {a: self._heard[a] for a in wanted}

    def break_off(self, asked: Iterable[Asked], why: str) -> Mapping[Asked, Reply]:
        """Send nothing more, and return what came of these by now; of the others it says why."""
        self._sender.stop()
        self._learned.learn_from(self._tally.alone(), self.answers)
        return self._tally.replies_to(asked, why)

    def knows(self, asked: Asked) -> bool:
        """Tell whether asking for this sends nothing, because it was asked in this run."""
        return asked in self._heard

    def put_in_place(self, answer: Answer, other: Answer) -> Answer:
        """Keep an answer in the place of another one, and return it."""
        return self._transcript.put_in_place(answer, other)

    def response_to(self, request: Request, *, fresh: bool) -> Response | None:
        """Send a request once more, and return what comes; it speaks for no situation."""
        return self._client.exchange(request, fresh=fresh).response

    def replay(self, asked: Question, *, times: int) -> list[Answer]:
        """Ask one question again and again, alone and on fresh connections."""
        resolved = self._sender.resolved(asked)
        if isinstance(resolved, Unasked):
            return []
        exchanges = (self._client.exchange(resolved.request, fresh=True) for _ in range(times))
        return [self._transcript.keep(resolved, exchange) for exchange in exchanges]

    def _is_far(self) -> bool:
        """Tell by the plain responses, for a proxy itself may be near, if rounds count most."""
        plain = self._sender.facts.plain.values()
        return min((answer.exchange.seconds for answer in plain), default=0.0) > FAR

    def _with_rows_first(self, asked: Iterable[Asked]) -> tuple[list[Asked], list[Sequence]]:
        """Return what is asked, and what of it would be asked alone if the target were near."""
        every = list(asked)
        return every, alone.wholes([one for one in every if is_alone(one) and not self.knows(one)])

    def _new(self, asked: Iterable[Asked], wanted: dict[Asked, None]) -> Iterator[Step]:
        """Note what is wanted, and yield what of it was not asked yet and is no burst."""
        for one in asked:
            interrupts.raise_what_was_lost()
            for form in (one, *plain_forms(one)):
                if form not in wanted:
                    wanted[form] = None
                    if form in self._heard:
                        continue
                    if isinstance(form, Burst):
                        self._tally.name(form)
                    elif not is_alone(form):
                        yield form

    def _each(
        self, asked: Iterable[Any], how: Callable[[Any], Reply | Later] | None = None
    ) -> list[tuple[Any, Reply | Later]]:
        """Ask side by side; return what came, or that it is put off."""
        how = how or self._settling.ask
        # Each thread that has held a huge body keeps much of the memory for itself.
        threads = 1 if self._transcript.has_huge else self._concurrency
        crew: Crew[Any, tuple[Any, Reply | Later]] = Crew(
            lambda one: (one, self._noted(one, how(one))),
            room=lambda: self._client.concurrency,
            most=threads,
            break_off=self._sender.stop,
        )
        return crew.work_off(self._tally.naming(asked))

    def _noted(self, asked: Step, got: Reply | Later) -> Reply | Later:
        if not isinstance(got, Later):
            self._tally.note(asked, got)
        self._named()
        return got

    def _named(self) -> None:
        self._on_answer(self._tally.named)

    def _settled(self, came: Iterable[tuple[Step, Reply | Later]]) -> dict[Asked, Replies]:
        """Return the replies, those that were put off settled: one by one, or anew side by side."""
        heard: dict[Asked, Replies] = {}
        waiting: list[tuple[Step, Reply | Later]] = list(came)
        while waiting:
            heard |= {asked: got for asked, got in waiting if not isinstance(got, Later)}
            later = [got for _, got in waiting if isinstance(got, Later)]
            waiting = self._settling.next_round(later, self._each) if later else []
        return heard

    def _in_a_row(self, sequences: Iterable[Sequence]) -> dict[Asked, Replies]:
        """Ask one after the other, while nothing else is under way."""
        asked = self._tally.naming(sequences)
        return self._settled((one, self._noted(one, self._settling.ask(one))) for one in asked)

    def _fired(self, bursts: list[Burst]) -> dict[Asked, Replies]:
        """Send each round at the same moment, and again, once, where the target stood still.

        What is answered alone afterwards did not meet the others, for which it was sent.
        """
        came = self._volleys.fire(bursts)
        heard = {burst: self._settled_of_a_burst(got) for burst, got in came.items()}
        stalled = [burst for burst, got in came.items() if stood_still(got, heard[burst])]
        for burst, got in self._volleys.fire(stalled).items():
            anew = self._settled_of_a_burst(got)
            if answered(anew) >= answered(heard[burst]):
                heard[burst] = anew
        return dict(heard.items())

    def _settled_of_a_burst(self, came: list[Reply | Later]) -> list[Reply]:
        """Settle what was put off, each question once however often it went out."""
        later = {got.asked: got for got in came if isinstance(got, Later)}
        settled = self._settled([*later.items()])
        replies = [settled[got.asked] if isinstance(got, Later) else got for got in came]
        return [reply for reply in replies if not isinstance(reply, list)]

    def _confirmed(self, heard: dict[Asked, Replies]) -> dict[Asked, Replies]:
        """Find out what the 401s that nobody expected mean: wrong answers, or a lost session."""
        for account in Account:
            came = [a for got in heard.values() for a in doubtful(got, account)]
            if came:
                self._settling.sessions.has_ended(account)
            heard = self._after_loss(heard, account)
        return heard

    def _after_loss(self, heard: dict[Asked, Replies], account: Account) -> dict[Asked, Replies]:
        """Ask again what was asked in vain, with a new session, or set it aside."""
        sessions = self._settling.sessions
        in_vain = InVain(account, sessions, self.answers)
        asked = in_vain.among(heard)
        if asked and (account not in sessions.lost or sessions.renew(account)):
            dropped = [answer for one in asked for answer in answers_in(heard[one])]
            self._transcript.drop(dropped)
            self.budget.spend(len(dropped))
            return heard | self.ask(asked)
        left = partial(self._transcript.set_aside, reason=sessions.reason(account))
        return heard | {one: in_vain.set_aside(heard[one], left) for one in asked}


def plain_forms(asked: Asked) -> list[Question]:
    """Return the plain questions that are asked beside this one, to know what is particular."""
    if isinstance(asked, Burst):
        return list(dict.fromkeys(asked.questions))
    last = asked.steps[-1] if isinstance(asked, Sequence) else asked
    plain = plain_form(last)
    return [plain] if plain is not None else []
