"""Findings are explained by the fewest known mistakes, and none is named that may be wrong."""

from __future__ import annotations

from dataclasses import replace

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause, doubted, explain
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.signatures import Signature, parse, signature, write
from neptun_conformance.causes.symptoms import Form, Symptom, without_form
from tests.unit.causes.seen import seen, symptom


def known(fault: str, mistake: Mistake, *symptoms: Symptom) -> Signature:
    return Signature(fault, mistake, frozenset(one.sign for one in symptoms))


def found(
    check: str, *, situation: str = "", form: Form = Form.FILES, **changes: object
) -> Symptom:
    answer = seen(form, situation=situation or check, due="NOT_FOUND", right=False)
    return symptom(check, seen=answer, message=f"what {check} says", **changes)


A, B, C, D = (found(name) for name in "abcd")
FORM = [found(name, form=Form.EMPTY_LIST, clause=f"files.{name}") for name in "pq"]


def test_findings_of_a_known_server_are_its_mistake_for_certain() -> None:
    (cause,) = explain([A, B, C], [known("leaks", Mistake.NO_OWNERSHIP, A, B, C)])
    assert (cause.mistake, cause.certainty) == (Mistake.NO_OWNERSHIP, Certainty.SURE)
    assert cause.symptoms == (A, B, C)
    assert "leaks" in cause.because


def test_one_known_server_that_fails_in_few_checks_makes_a_mistake_likely() -> None:
    dictionary = [known("leaks", Mistake.NO_OWNERSHIP, A, B)]
    (cause,) = explain([A, B], dictionary)
    assert (cause.mistake, cause.certainty) == (Mistake.NO_OWNERSHIP, Certainty.LIKELY)
    (cause,) = explain([A, B], [*dictionary, known("leaks-too", Mistake.NO_OWNERSHIP, A, B)])
    assert cause.certainty is Certainty.SURE


def test_two_mistakes_are_two_causes() -> None:
    dictionary = [
        known("leaks", Mistake.NO_OWNERSHIP, A, B),
        known("drops", Mistake.FILES_MISSING, *FORM),
    ]
    causes = explain([A, B, *FORM], dictionary)
    assert {cause.mistake for cause in causes} == {Mistake.NO_OWNERSHIP, Mistake.FILES_MISSING}


def test_two_servers_of_one_mistake_are_one_cause() -> None:
    dictionary = [
        known("leaks", Mistake.NO_OWNERSHIP, A, B),
        known("leaks-too", Mistake.NO_OWNERSHIP, C, D),
    ]
    (cause,) = explain([A, B, C, D], dictionary)
    assert cause.mistake is Mistake.NO_OWNERSHIP


def test_every_finding_belongs_to_exactly_one_cause() -> None:
    symptoms = [A, B, C, D, *FORM]
    causes = explain(symptoms, [known("leaks", Mistake.NO_OWNERSHIP, A, B)])
    explained = [one for cause in causes for one in cause.symptoms]
    assert sorted(map(id, explained)) == sorted(map(id, symptoms))


def test_without_a_fitting_server_findings_are_grouped_and_not_named() -> None:
    causes = explain([A, B, *FORM], [])
    assert {cause.mistake for cause in causes} == {None}
    assert {cause.certainty for cause in causes} == {Certainty.UNNAMED}


def test_a_server_of_which_most_is_missing_does_not_lend_its_name() -> None:
    (cause,) = explain([A], [known("leaks", Mistake.NO_OWNERSHIP, A, B, C, D)])
    assert cause.mistake is None


def test_two_mistakes_that_fit_alike_leave_a_cause_without_a_name() -> None:
    dictionary = [
        known("leaks", Mistake.NO_OWNERSHIP, A, B),
        known("reads-loosely", Mistake.NUMBER_READ_LOOSELY, A, B),
    ]
    (cause,) = explain([A, B], dictionary)
    assert cause.mistake is None
    assert "two mistakes fit" in cause.because


def test_two_mistakes_that_explain_each_what_the_other_does_not_are_both_told() -> None:
    dictionary = [
        known("leaks", Mistake.NO_OWNERSHIP, A),
        known("reads-loosely", Mistake.NUMBER_READ_LOOSELY, C),
    ]
    (cause,) = explain([A, replace(A, actual="status 201"), C], dictionary)
    assert cause.sentence is not None
    assert cause.sentence.startswith("Two known mistakes show: ")
    assert " and " in cause.sentence


def test_another_status_of_the_same_sort_is_the_same_mistake() -> None:
    a, b = (found(name, form=Form.REFUSAL) for name in "ab")
    other = [found(name, form=Form.REDIRECT) for name in "ab"]
    (cause,) = explain(other, [known("forbids", Mistake.OWNERSHIP_REFUSAL, a, b)])
    assert cause.mistake is Mistake.OWNERSHIP_REFUSAL


def test_files_in_place_of_a_refusal_are_not_the_same_mistake() -> None:
    a, b = (found(name, form=Form.REFUSAL) for name in "ab")
    (cause,) = explain([A, B], [known("forbids", Mistake.OWNERSHIP_REFUSAL, a, b)])
    assert cause.mistake is None


def test_the_order_of_findings_does_not_matter() -> None:
    dictionary = [
        known("leaks", Mistake.NO_OWNERSHIP, A, B),
        known("drops", Mistake.FILES_MISSING, *FORM),
    ]
    symptoms = [A, B, C, *FORM]
    forwards = {(c.mistake, len(c.symptoms)) for c in explain(symptoms, dictionary)}
    backwards = {(c.mistake, len(c.symptoms)) for c in explain(symptoms[::-1], dictionary)}
    assert forwards == backwards


def test_a_sign_without_its_form_keeps_the_place() -> None:
    at = found("a", pointer="/chatFiles/3/size").sign
    assert without_form(at) == "a | what a says | served at /chatFiles/-/size"


def test_a_dictionary_is_read_as_it_was_written() -> None:
    dictionary = (
        known("drops", Mistake.FILES_MISSING, *FORM),
        known("leaks", Mistake.NO_OWNERSHIP, A, B),
        known("leaks-too", Mistake.NO_OWNERSHIP, B, C),
    )
    assert set(parse(write(dictionary))) == set(dictionary)


def test_servers_that_show_in_full_lend_their_name_together() -> None:
    places = [found(name, clause=f"authentication.{name}") for name in "abcd"]
    dictionary = [known(one.check, Mistake.SESSION_ELSEWHERE, one) for one in places]
    (cause,) = explain(places, dictionary)
    assert cause.mistake is Mistake.SESSION_ELSEWHERE


def servers(form: Form) -> list[Signature]:
    """Return servers that fail in one check, each in another message."""
    return [
        Signature(f"server-{number}", Mistake.CHAT_REVEALED, frozenset({f"a | {number} | {form}"}))
        for number in range(3)
    ]


def test_what_shows_in_one_check_is_named_where_one_mistake_alone_shows_so() -> None:
    other = replace(A, message="another message")
    (cause,) = explain([other], servers(Form.FILES))
    assert (cause.mistake, cause.certainty) == (Mistake.CHAT_REVEALED, Certainty.LIKELY)
    (cause,) = explain([other], [*servers(Form.FILES), known("rival", Mistake.VOICE, A)])
    assert cause.mistake is None


def test_another_sort_of_answer_in_one_check_lends_no_name() -> None:
    other = replace(A, message="another message")
    (cause,) = explain([other], servers(Form.SERVER_ERROR))
    assert cause.mistake is None


def test_examples_are_taken_from_what_signatures_explain() -> None:
    odd = replace(found("a", situation="another"), message="something else")
    (cause,) = explain([odd, A, B], [known("leaks", Mistake.NO_OWNERSHIP, A, B)])
    assert set(map(id, cause.typical)) == {id(A), id(B)}


def test_the_body_of_an_error_does_not_explain_that_there_is_one() -> None:
    failed = found("fails", form=Form.SERVER_ERROR, clause="input.no-server-error")
    body = found("body", form=Form.SERVER_ERROR, clause="error.server-error", pointer="/data")
    kept = signature("500-data", Mistake.ERROR_BODY, [failed, body])
    assert kept.signs == {body.sign}
    assert signature("crash", Mistake.CRASH, [failed, body]).signs == {failed.sign, body.sign}
    named = {cause.mistake: cause.symptoms for cause in explain([failed, body], [kept])}
    assert named[Mistake.ERROR_BODY] == (body,)


def test_a_name_beside_a_larger_unknown_cause_is_doubted_and_what_has_none_keeps_its_reason() -> (
    None
):
    unknown = Cause(None, Certainty.UNNAMED, (C, C, C), "unknown")
    small = Cause(Mistake.NO_OWNERSHIP, Certainty.LIKELY, (A,), "fits")
    _, doubtful = doubted([unknown, small])
    assert (doubtful.mistake, doubtful.because != "fits") == (None, True)
    nameless = replace(small, mistake=None, because="two mistakes fit")
    assert doubted([unknown, nameless])[1].because == "two mistakes fit"
