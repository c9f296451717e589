"""Makes a generated finding as small as it can be, and says how often it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from neptun_conformance.answer import Answer, Answers, Finding, Violated
from neptun_conformance.asking import Asker, Heard
from neptun_conformance.checking import Checked
from neptun_conformance.generation import exploring
from neptun_conformance.generation.exploring import Exploration
from neptun_conformance.situations import Asked, Question

REPLAYS = 5


@dataclass(slots=True)
class Refining:
    """Asks failing questions again, alone, smaller and several times.

    Arguments:
        asker: asks.
        heard: what was asked already.
        effort: the effort of the run.
        seed: the seed of the run.
        database: folder in which failing questions are kept for the next run.
    """

    asker: Asker
    heard: dict[Asked, Heard]
    effort: str
    seed: int
    database: str | None = None
    _asked: int = field(init=False, default=0)

    def refine(self, checked: Checked, exploration: Exploration) -> Checked:
        """Return a failed check with its first finding as small as it gets, each one replayed."""
        judge = checked.check.function

        def fails(question: Question) -> bool:
            answer = self._answer(replace(question, kind=checked.check.id))
            return answer is not None and bool(_findings(judge, answer))

        small = exploring.smallest(
            exploration,
            effort=self.effort,
            seed=self.seed,
            fails=fails,
            database=self.database,
        )
        findings = list(checked.findings)
        answer = self.heard.get(small) if small else None
        if isinstance(answer, Answer):
            findings[:1] = _findings(judge, answer)[:1] or findings[:1]
        return replace(checked, findings=tuple(self._replayed(judge, f) for f in findings))

    def _answer(self, question: Question) -> Answer | None:
        """Return the recorded answer, or ask, as long as the budget for shrinking lasts."""
        if question not in self.heard:
            if self._asked >= exploring.MOST_SHRINKING_REQUESTS:
                return None
            self._asked += 1
            self.heard |= self.asker.ask([question])
        got = self.heard[question]
        return got if isinstance(got, Answer) else None

    def _replayed(self, judge: Callable[..., None], finding: Finding) -> Finding:
        """Ask again on fresh connections, and note the rate where it does not fail each time."""
        again = self.asker.replay(finding.answer.ready.question, times=REPLAYS)
        failed = sum(bool(_findings(judge, answer)) for answer in again)
        return (
            finding if failed == len(again) else replace(finding, rate=f"{failed} of {len(again)}")
        )


def _findings(judge: Callable[..., None], answer: Answer) -> list[Finding]:
    try:
        judge(Answers((answer,)))
    except Violated as violated:
        return violated.findings
    except Exception:  # noqa: BLE001 - not tested is no finding, and the run goes on
        return []
    return []
