"""Generated ids: what names no chat is refused, and no spelling opens a foreign one."""

from neptun_conformance.judge.comparison import be_no_chat_id, be_right_or_refused
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_not_found, be_refused, yield_no_files
from neptun_conformance.questions.checks import clause, explores


@clause("chat.not-a-number")
@explores("texts", deep=True)
def test_any_text_is_refused(answers: Answers) -> None:
    """Text of every plane where a number belongs: a 4xx; text about a number may be dropped."""
    answers.must(be_no_chat_id)


@clause("chat.other-number")
@explores("other_numbers", deep=True)
def test_any_other_number_is_refused(answers: Answers) -> None:
    """Negatives, fractions, numbers past 2^53-1, fractions of a real chat's number: a 4xx."""
    answers.must(be_refused)


@clause("chat.unknown")
@explores("far_numbers", deep=True)
def test_any_far_number_is_not_found(answers: Answers) -> None:
    """Whole numbers that no test account has got to, at the borders of number types: 404."""
    answers.must(be_not_found)


@clause("chat.spelling")
@explores("own_spellings", deep=True)
def test_any_spelling_is_refused_or_right(answers: Answers) -> None:
    """Other spellings of own chats' numbers: a 4xx, or the very files of that chat."""
    answers.must(be_right_or_refused)


@clause("ownership.spelling")
@explores("foreign_spellings", deep=True)
def test_no_spelling_opens_a_foreign_chat(answers: Answers) -> None:
    """Other spellings of foreign chats' numbers: never a success."""
    answers.must(yield_no_files)


@clause("user.other-shape")
@explores("strange_users", deep=True)
def test_any_strange_user_is_refused(answers: Answers) -> None:
    """User ids of every plane that name nobody: a 4xx."""
    answers.must(be_refused)
