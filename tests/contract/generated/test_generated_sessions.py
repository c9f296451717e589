"""Generated sessions: what the server did not issue opens nothing."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_unauthorized
from neptun_conformance.questions.checks import clause, explores


@clause("authentication.made-up")
@explores("made_up_sessions", deep=True)
def test_any_made_up_session_is_unauthorized(answers: Answers) -> None:
    """Arbitrary cookie values, long ones too: 401."""
    answers.must(be_unauthorized)


@clause("authentication.altered-end")
@explores("altered_ends", deep=True)
def test_any_altered_end_is_unauthorized(answers: Answers) -> None:
    """Real sessions with 6 to 12 characters at the end changed: 401."""
    answers.must(be_unauthorized)


@clause("authentication.cut-short")
@explores("cut_sessions", deep=True)
def test_any_cut_session_is_unauthorized(answers: Answers) -> None:
    """Real sessions with 6 and more characters cut off: 401."""
    answers.must(be_unauthorized)
