"""Callers who ask at the same time each get what is due to them."""

from neptun_conformance.judge.comparison import get_their_own
from neptun_conformance.judge.demands import Answers
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause
from neptun_conformance.questions.situations import Burst

MIXED = (
    owner.asks(owner.full),
    stranger.asks(stranger.full),
    anonymous.asks(owner.full),
    owner.asks(owner.full),
    stranger.asks(owner.full),
    owner.asks(owner.empty),
    stranger.asks(stranger.full),
    owner.asks(owner.full),
    owner.asks(stranger.full),
    stranger.asks(stranger.empty),
)


@clause("isolation.own-answer")
@asks(Burst(MIXED), more=(Burst(MIXED[::-1]),))
def test_simultaneous_callers_get_their_own_answers(answers: Answers) -> None:
    """Owner, stranger and anonymous at once, several rounds: each answer is its caller's own."""
    answers.must(get_their_own)
