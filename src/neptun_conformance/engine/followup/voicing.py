"""Asks the questions of a run in their voices, and finds out what a wrong answer is owed to.

What deviates in a voice is asked again in the plain one. Where that deviates, too, it is what
counts. Where it does not, both are asked once more, so that what is wrong now and then is not laid
at the door of a voice; then the voice is made smaller until the levels that matter are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.judge.answer import TOO_MANY_REQUESTS, Answer, Replies
from neptun_conformance.judge.voices import differs
from neptun_conformance.questions.callers import shows_what_was_set
from neptun_conformance.questions.free_voices import left_free
from neptun_conformance.questions.situations import Asked, Question, Voice
from neptun_conformance.questions.voices import Level

MOST_SHRINKING = 12
"""Requests that are spent on making one voice smaller."""

_LEFT_OPEN = (
    "the response differed in its voice, and no repeat was left for the plain form: "
    "repair the other findings first, and run again"
)

_DOCUMENTED = (404, False)
_Group = tuple[object, ...]
_FIRST_TURN = 1_000
"""Turns of questions that are asked again here; no check counts that far."""


class Voicing:
    """Asks in voices, and settles what deviates in one.

    Arguments:
        scheduler: asks.
        casting: gives questions their voices.
    """

    def __init__(self, scheduler: Scheduler, casting: Casting) -> None:
        """Make ready; nothing is asked yet."""
        self._scheduler = scheduler
        self._casting = casting
        self._budget = scheduler.budget
        self._turns = count(_FIRST_TURN)
        self._guilty: dict[Voice, None] = {}

    def ask(self, asked: Iterable[Asked]) -> dict[Asked, Replies]:
        """Ask each of these in its voice, and return what counts for each.

        Arguments:
            asked: what is asked, in the plain voice.
        """
        voiced: dict[Asked, Asked] = {}

        later: dict[Asked, Asked] = {}

        def cast() -> Iterator[Asked]:
            for one in asked:
                if isinstance(one, Question) and shows_what_was_set(one):
                    later[one] = one
                elif one not in voiced:
                    voiced[one] = self._casting.in_voice(one)
                    yield voiced[one]

        came = self._scheduler.ask(cast())
        came |= self._scheduler.ask(later)
        replies = {one: came[spoken] for one, spoken in (voiced | later).items()}
        spoken = _in_voices(replies)
        wrong = {one: got for one, got in spoken.items() if differs(got)}
        right = {one: got for one, got in spoken.items() if one not in wrong}
        return replies | self._settled(wrong) | self._settled_odd_ones(right)

    def _settled_odd_ones(self, right: dict[Question, Answer]) -> dict[Asked, Replies]:
        """Settle what is refused otherwise than others of its kind, where any refusal is right.

        One of each group is tried; the others are only where that one turns out to be another.
        """
        counting: dict[Asked, Replies] = {}
        for group in _odd_ones_out(right):
            first, *others = group
            settled = self._settled({first: right[first]})
            got = settled.get(first)
            if isinstance(got, Answer) and _refusal(got) != _refusal(right[first]):
                settled |= self._settled({one: right[one] for one in others})
            elif got is not None:
                continue
            left = [one for one in group if one not in settled]
            counting |= settled | {one: self._set_aside(right[one]) for one in left}
        return counting

    def _settled(self, doubtful: dict[Question, Answer]) -> dict[Asked, Replies]:
        """Return the answers that count for questions whose answer in a voice deviates.

        One of each group is settled before the others, so that no group takes all requests.
        """
        first = {_group(answer): asked for asked, answer in reversed(doubtful.items())}
        others = [asked for asked in doubtful if asked not in first.values()]
        blamed: dict[_Group, Answer | None] = {}
        counting = self._settled_as_far(first.values(), doubtful, blamed)
        counting |= self._settled_as_far(others, doubtful, blamed)
        for answer in filter(None, blamed.values()):
            smallest = self._smallest(answer)
            if smallest is not answer:
                kept = replace(smallest, plain_voice=answer.plain_voice)
                self._scheduler.put_in_place(answer, kept)
        left = {one: got for one, got in doubtful.items() if one not in counting}
        return counting | {
            one: self._set_aside(got) for one, got in left.items() if blamed.get(_group(got))
        }

    def _settled_as_far(
        self,
        wanted: Iterable[Question],
        doubtful: dict[Question, Answer],
        blamed: dict[_Group, Answer | None],
    ) -> dict[Asked, Replies]:
        """Settle some, as far as the budget goes.

        Arguments:
            wanted: what is settled.
            doubtful: the answers in a voice.
            blamed: by group, the answer in which a voice was found guilty, None where it was not;
                added to.
        """
        counting: dict[Asked, Replies] = {}
        for asked, plain in self._in_plain_voice(wanted).items():
            answer, group = doubtful[asked], _group(doubtful[asked])
            if not _unlike(answer, plain):
                counting[asked] = plain
                self._scheduler.put_in_place(answer, replace(answer, repeats=True))
                continue
            if group not in blamed and not self._lasts(answer):
                blamed[group] = None
            if blamed.get(group, answer):
                counting[asked] = plain
                named = self._scheduler.put_in_place(answer, replace(answer, plain_voice=plain))
                blamed.setdefault(group, named)
        return counting

    def _set_aside(self, answer: Answer) -> Answer:
        """Leave open what deviates likewise, and was not asked for in the plain voice any more."""
        return self._scheduler.put_in_place(answer, replace(answer, untested=_LEFT_OPEN))

    def _in_plain_voice(self, wanted: Iterable[Question]) -> dict[Question, Answer]:
        """Ask in the plain voice, as far as the budget goes; what was asked so is known."""
        plainly = {one: self._plain(one) for one in wanted}
        asked = {
            one: plain
            for one, plain in plainly.items()
            if self._scheduler.knows(plain) or self._budget.take()
        }
        came = self._scheduler.ask(asked.values())
        answers = {one: came[plain] for one, plain in asked.items()}
        return {one: got for one, got in answers.items() if isinstance(got, Answer)}

    def _plain(self, question: Question) -> Question:
        """Return a question in the plain voice; where that was asked at another time, that one."""
        plain = question.in_voice(())
        first = plain.again(0)
        return first if self._scheduler.knows(first) else plain

    def _lasts(self, answer: Answer) -> bool:
        """Tell whether an answer deviates twice more, and its plain form in between never.

        What deviates in every fifth answer, say, would look so once.
        """
        return self._budget.take(4) and all(self._differs_again(answer) for _ in range(2))

    def _differs_again(self, answer: Answer) -> bool:
        voiced = answer.resolved.question
        again, plain = self._again(voiced), self._again(voiced.in_voice(()))
        return again is not None and plain is not None and _unlike(again, plain)

    def _smallest(self, answer: Answer) -> Answer:
        """Return the answer to the question in the fewest levels that still deviates."""
        question = answer.resolved.question
        guilty = (voice for voice in self._guilty if set(voice) < set(question.voice))
        smaller = dict.fromkeys([*guilty, *_smaller(question.voice)])
        for _, voice in zip(range(MOST_SHRINKING), smaller, strict=False):
            if not self._budget.take():
                break
            got = self._again(question.in_voice(voice))
            if got is not None and _group(got) == _group(answer) and _as_unlike(got, answer):
                self._guilty[voice] = None
                return got
        return answer

    def _again(self, question: Question) -> Answer | None:
        """Ask anew, and keep the answer out of what speaks for a situation."""
        anew = question.again(next(self._turns))
        got = self._scheduler.ask([anew])[anew]
        if not isinstance(got, Answer):
            return None
        return self._scheduler.put_in_place(got, replace(got, repeats=True))


def compare(question: Question, scheduler: Scheduler) -> None:
    """Ask a question in its voice and in the plain one, and blame the voice for a difference.

    Arguments:
        question: the question, in a voice.
        scheduler: asks.
    """
    plainly = question.in_voice(())
    came = scheduler.ask([question, plainly])
    voiced, plain = came[question], came[plainly]
    if isinstance(voiced, Answer) and isinstance(plain, Answer) and _unlike(voiced, plain):
        scheduler.put_in_place(voiced, replace(voiced, plain_voice=plain))


def _in_voices(replies: dict[Asked, Replies]) -> dict[Question, Answer]:
    """Return the answers to single questions that were not asked in the plain voice."""
    return {
        one: got
        for one, got in replies.items()
        if isinstance(one, Question) and isinstance(got, Answer) and not got.untested
        if got.resolved.question.voice
    }


def _odd_ones_out(right: dict[Question, Answer]) -> list[list[Question]]:
    """Return the groups that get another refusal than the documented 404 that others get.

    What a voice leaves open is none of them, nor is what is only told to come back.
    """
    right = {
        one: got
        for one, got in right.items()
        if not left_free(got.resolved.question.voice) and got.status != TOO_MANY_REQUESTS
    }
    found = {got.resolved.kind for got in right.values() if _refusal(got) == _DOCUMENTED}
    groups: dict[_Group, list[Question]] = {}
    for one, got in right.items():
        if _refusal(got) != _DOCUMENTED and got.resolved.kind in found:
            groups.setdefault(_group(got), []).append(one)
    return list(groups.values())


def _unlike(voiced: Answer, plain: Answer) -> bool:
    """Tell whether an answer in a voice is wrong where the plain one is right, or is another.

    Where the voice leaves the answer open, another one is right as well.
    """
    free = left_free(voiced.resolved.question.voice)
    throttled = TOO_MANY_REQUESTS in {voiced.status, plain.status}
    other = not free and not throttled and _refusal(voiced) != _refusal(plain)
    return not differs(plain) and (differs(voiced) or other)


def _as_unlike(got: Answer, answer: Answer) -> bool:
    """Tell whether one in a smaller voice differs from the plain form as another one does."""
    plain = answer.plain_voice
    return plain is not None and _unlike(got, plain)


def _group(answer: Answer) -> _Group:
    """Return what deviations have in common that a voice may explain in the same way."""
    return answer.resolved.kind, *_refusal(answer)


def _refusal(answer: Answer) -> tuple[int | None, bool]:
    """Return the status, and whether the body is not the one that such an error has."""
    return answer.status, answer.errors is not None and bool(answer.errors.clauses())


def _smaller(voice: Voice) -> Iterator[Voice]:
    """Yield each level alone, those first that servers look at most, then each half."""
    if len(voice) < 2:
        return
    ordered = sorted(voice, key=_suspicion)
    yield from ((level,) for level in ordered)
    middle = len(ordered) // 2
    yield from (tuple(ordered[:middle]), tuple(ordered[middle:]))


def _suspicion(level: Level) -> int:
    names = {name.lower() for name, _ in level.headers} | {n.lower() for n in level.without}
    if "accept" in names:
        return 0
    return 1 if level.before or level.behind else 2
