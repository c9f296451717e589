"""Questions are drawn by seed, made small when they fail, and kept where that is asked for."""

from pathlib import Path

import pytest

from neptun_conformance.questions.generated.exploring import Exploration, draw, smallest
from neptun_conformance.questions.situations import Derived, Question, Route, Written

TEXTS = Exploration("texts", 20)


def drawn(
    exploration: Exploration, *, effort: str, seed: int, database: str | None = None
) -> list[Question]:
    """Draw from one exploration."""
    found = draw([exploration], effort=effort, seed=seed, database=database)
    return found.get(exploration, [])


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is drawn in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))


def is_written(question: Question) -> bool:
    return isinstance(question.chat, Written)


def test_the_same_seed_draws_the_same_questions() -> None:
    assert drawn(TEXTS, effort="default", seed=7) == drawn(TEXTS, effort="default", seed=7)


def test_another_seed_draws_other_questions() -> None:
    assert drawn(TEXTS, effort="default", seed=7) != drawn(TEXTS, effort="default", seed=8)


def test_efforts_draw_none_some_and_many() -> None:
    counts = [len(drawn(TEXTS, effort=effort, seed=0)) for effort in ("quick", "default", "deep")]
    assert counts[0] == 0
    assert 10 <= counts[1] <= 20
    assert counts[2] > 200


def test_a_failing_question_is_made_as_small_as_it_gets() -> None:
    small = smallest(TEXTS, effort="default", seed=0, fails=is_written)
    assert small is not None
    assert isinstance(small.chat, Written)
    assert len(small.chat.text) == 1


def test_nothing_is_the_smallest_where_nothing_fails() -> None:
    assert smallest(TEXTS, effort="default", seed=0, fails=lambda _: False) is None


def test_what_failed_is_drawn_again_from_the_database(tmp_path: Path) -> None:
    database = str(tmp_path / "database")
    small = smallest(TEXTS, effort="default", seed=0, fails=is_written, database=database)
    assert small in drawn(TEXTS, effort="default", seed=1, database=database)


def test_cases_of_the_schema_mix_real_ids_with_others() -> None:
    questions = drawn(Exploration(None, 4), effort="default", seed=0)
    chats = {isinstance(question.chat, Written) for question in questions}
    assert chats == {True, False}
    assert {question.method for question in questions} == {"GET"}


def test_the_cases_of_the_schema_are_as_small_as_they_are() -> None:
    assert smallest(Exploration(None, 4), effort="default", seed=0, fails=is_written) is None


def test_what_breaks_while_a_question_is_made_smaller_is_not_hidden() -> None:
    def broken(_: Question) -> bool:
        raise LookupError

    with pytest.raises(LookupError):
        smallest(TEXTS, effort="default", seed=0, fails=broken)


def test_numbers_that_no_chat_can_have_are_fractions_negatives_and_huge() -> None:
    with_generated = drawn(Exploration("other_numbers", 10), effort="deep", seed=0)
    texts = [q.chat.text for q in with_generated if isinstance(q.chat, Written)]
    assert any(text.startswith("-") for text in texts)
    assert any("." in text or "e" in text for text in texts)
    assert any(text.isdecimal() and int(text) > 2**53 for text in texts)


def test_ways_round_lead_along_other_routes_and_past_the_chat() -> None:
    with_generated = drawn(Exploration("trespasses", 10), effort="deep", seed=0)
    tails = [q.chat for q in with_generated if isinstance(q.chat, Derived)]
    assert all(chat.encoded and chat.write(7).startswith("7") for chat in tails)
    assert tails
    assert any(q.route is not Route.PLAIN for q in with_generated)


def test_anything_is_asked_for_in_every_way() -> None:
    with_generated = drawn(Exploration("anything", 20), effort="deep", seed=0)
    assert {question.method for question in with_generated} == {"GET", "HEAD", "OPTIONS"}
    near = [q.chat for q in with_generated if isinstance(q.chat, Derived)]
    assert near
    assert all(abs(int(chat.write(4711)) - 4711) <= 4 for chat in near)
