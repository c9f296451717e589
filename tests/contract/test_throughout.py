"""Every answer of the run has the status that is due to it, whichever check asked for it."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.throughout import get_what_is_due
from neptun_conformance.questions.checks import clause


@clause("success.status")
def test_who_may_read_is_served_throughout(everything: Answers) -> None:
    """A reader's plain question, whoever wanted to know what: 200."""
    everything.must(get_what_is_due("success.status"))


@clause("authentication.no-cookie")
def test_nobody_is_let_in_without_a_cookie_throughout(everything: Answers) -> None:
    """A plain question without a cookie, whatever it was asked for: 401."""
    everything.must(get_what_is_due("authentication.no-cookie"))


@clause("authentication.unknown-chat")
def test_a_missing_chat_is_unauthorized_throughout(everything: Answers) -> None:
    """Without a cookie, for a chat that does not exist: 401."""
    everything.must(get_what_is_due("authentication.unknown-chat"))


@clause("authentication.unknown-user")
def test_a_missing_user_is_unauthorized_throughout(everything: Answers) -> None:
    """Without a cookie, for a user who does not exist: 401."""
    everything.must(get_what_is_due("authentication.unknown-user"))


@clause("authentication.empty-chat")
def test_an_empty_chat_is_unauthorized_throughout(everything: Answers) -> None:
    """Without a cookie, for a chat without files: 401."""
    everything.must(get_what_is_due("authentication.empty-chat"))


@clause("chat.unknown")
def test_a_missing_chat_is_not_found_throughout(everything: Answers) -> None:
    """A chat that does not exist, under whichever id: 404."""
    everything.must(get_what_is_due("chat.unknown"))


@clause("user.unknown")
def test_a_missing_user_is_not_found_throughout(everything: Answers) -> None:
    """A user who does not exist, with whichever chat: 404."""
    everything.must(get_what_is_due("user.unknown"))


@clause("ownership.foreign-chat")
def test_a_foreign_chat_is_not_found_throughout(everything: Answers) -> None:
    """Another's chat under the own id: 404."""
    everything.must(get_what_is_due("ownership.foreign-chat"))


@clause("ownership.foreign-user")
def test_the_own_chat_under_a_foreign_id_is_not_found_throughout(everything: Answers) -> None:
    """The own chat under another's id: 404."""
    everything.must(get_what_is_due("ownership.foreign-user"))


@clause("ownership.foreign-pair")
def test_a_foreign_pair_is_not_found_throughout(everything: Answers) -> None:
    """Another's chat under that other's id: 404."""
    everything.must(get_what_is_due("ownership.foreign-pair"))
