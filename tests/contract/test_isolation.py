"""Callers who ask at the same time each get what is due to them."""

from neptun_conformance.judge.comparison import get_their_own
from neptun_conformance.judge.demands import Answers
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause
from neptun_conformance.questions.situations import Burst

FULL, EMPTY = owner.asks(owner.full), owner.asks(owner.empty)
THEIRS, THEIR_EMPTY = stranger.asks(stranger.full), stranger.asks(stranger.empty)
NOBODY = anonymous.asks(owner.full)
FOREIGN, FOREIGN_TO_THEM = owner.asks(stranger.full), stranger.asks(owner.full)


@clause("isolation.own-answer")
@asks(
    Burst((FULL, THEIRS, NOBODY, EMPTY, THEIRS, FULL)),
    Burst((THEIRS, FULL, EMPTY, THEIRS, FULL, THEIR_EMPTY)),
    more=(
        Burst((FULL, THEIRS, FOREIGN, FULL, THEIRS, NOBODY)),
        Burst((THEIRS, FULL, FOREIGN_TO_THEM, FULL, EMPTY, THEIRS)),
    ),
)
def test_simultaneous_callers_get_their_own_answers(answers: Answers) -> None:
    """Owner, stranger and anonymous at once, several rounds: each answer is its caller's own."""
    answers.must(get_their_own)
