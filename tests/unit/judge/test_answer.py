"""What a check may demand of an answer, and when an answer says nothing about the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.exchange import FailureKind
from neptun_conformance.judge.answer import Answer, Facts, described
from neptun_conformance.judge.demands import (
    Answers,
    Finding,
    Needs,
    NotTested,
    Violated,
    judges,
    merged,
)
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import Written
from neptun_conformance.resolve.expectation import Expected
from tests.unit.judge.said import failed, files, refusal, said

OWN = owner.asks(owner.full)
NOISY = OWN.with_query("a=1")
FOREIGN = stranger.asks(owner.full)
NOISY_FOREIGN = FOREIGN.with_query("a=1")

SERVED, DENIED = said(OWN, 200, files(1)), said(OWN, 404, refusal())
PLAIN = Facts(plain={owner.full: SERVED}, alone={OWN: SERVED})


def object_to(answer: Answer) -> Iterator[Problem]:
    """Find every answer that is complete wrong."""
    if answer.response is not None:
        yield Problem("wrong", "right", "this")


def approve(_: Answer) -> list[Problem]:
    """Find nothing wrong with anything."""
    return []


def outcome(answers: Answers | Answer, judge: object) -> str | None:
    """Return what a check learns: a violation, why nothing can be said, or None for neither."""
    several = Answers((answers,)) if isinstance(answers, Answer) else answers
    try:
        several.must(judge)  # type: ignore[arg-type]
    except (Violated, NotTested) as said_so:
        return f"{type(said_so).__name__}: {said_so}"
    return None


def test_a_demand_holds_for_every_answer_or_names_those_that_break_it() -> None:
    assert outcome(SERVED, approve) is None
    with pytest.raises(Violated) as violated:
        Answers((failed(OWN), SERVED, DENIED)).must(object_to)
    assert [f.answer for f in violated.value.findings] == [SERVED]
    assert violated.value.findings[0].problem.count == 2
    assert str(violated.value) == f"{SERVED}: wrong"
    assert str(SERVED) == str(OWN)


def test_three_findings_are_named_at_most() -> None:
    findings = [Finding(Problem(name, "", ""), SERVED) for name in "abcd"]
    said_so = Violated(findings)
    assert str(said_so) == "; ".join(f"{OWN}: {name}" for name in "abc")
    assert said_so.findings == findings


def test_findings_with_one_cause_are_one_and_are_counted() -> None:
    findings = [
        Finding(Problem("a", "", "1", "/chatFiles/0/id", count=2), SERVED),
        Finding(Problem("b", "", "2"), SERVED),
        Finding(Problem("a", "", "3", "/chatFiles/7/id", count=3), DENIED),
    ]
    one, other = merged(findings)
    assert (one.problem.actual, one.problem.count, one.answer) == ("1", 5, SERVED)
    assert other == findings[1]


def test_the_simplest_question_stands_for_a_cause() -> None:
    plain = Problem("a", "", "1")
    long = said(OWN.with_query("limit=1"), 200, b"{}")
    (one,) = merged([Finding(plain, long), Finding(plain, SERVED)])
    assert (one.answer, one.problem.count) == (SERVED, 2)


def test_the_shortest_id_stands_for_a_cause() -> None:
    plain = Problem("a", "", "1")
    short, long = (said(owner.asks(Written(text)), 200, b"{}") for text in ("zzz", "aaaaaaaa"))
    (one,) = merged([Finding(plain, long), Finding(plain, short)])
    assert one.answer == short


def test_what_got_no_answer_was_not_tested() -> None:
    lost, skipped = failed(OWN), replace(DENIED, untested="throttled")
    no_answer = f"NotTested: no complete answer: why: {FailureKind.DROPPED}"
    assert outcome(lost, object_to) == outcome(lost, approve) == no_answer
    assert outcome(skipped, object_to) == "NotTested: throttled"
    assert outcome(Answers((SERVED, skipped, lost)), approve) == "NotTested: throttled"
    assert outcome(Answers((SERVED,), absent=("no stranger", "x")), approve) == (
        "NotTested: no stranger"
    )
    assert outcome(Answers((SERVED, lost)), object_to) == f"Violated: {OWN}: wrong"
    beyond = said(OWN, 200, b"[" * 1_001)
    unjudged = "NotTested: the body of a 200 could not be checked to its end"
    assert outcome(beyond, approve) == unjudged


def test_what_is_throttled_leaves_a_check_open_only_where_nothing_else_was_answered() -> None:
    throttled = replace(said(NOISY, 429), untested="throttled")
    varied = said(NOISY_FOREIGN, 404, facts=Facts(alone={FOREIGN: throttled}))
    gone = replace(said(NOISY, 404), untested="gone")
    still = judges(Needs.PLAIN_STATUS)(partial(approve))
    for open_, judge in ((throttled, approve), (varied, still)):
        assert outcome(Answers((open_, SERVED)), judge) is None
        assert str(outcome(open_, judge)).startswith("NobodyToAsk: ")
    assert outcome(Answers((throttled, gone, SERVED)), approve) == "NotTested: gone"


def test_a_refusal_says_something_where_its_twin_is_accepted() -> None:
    judge = judges(Needs.ACCEPTED_TWIN)(partial(approve))
    refused = Facts(plain={owner.full: DENIED})
    why = f"NotTested: the request that must be accepted is not accepted: {OWN} and gets status 404"
    assert outcome(said(FOREIGN, 404, refusal(), facts=refused), judge) == why
    assert outcome(said(FOREIGN, 404, refusal(), facts=refused), approve) is None
    for facts in (PLAIN, Facts()):
        assert outcome(said(FOREIGN, 404, refusal(), facts=facts), judge) is None
    for status in (399, 500):
        assert outcome(said(FOREIGN, status, facts=refused), judge) is None


def test_a_comparison_with_the_plain_answer_needs_a_steady_one() -> None:
    judge = judges(Needs.PLAIN_ANSWER)(partial(object_to))
    violated = f"Violated: {NOISY}: wrong"
    assert outcome(said(NOISY, 200, files(1), facts=PLAIN), judge) == violated
    assert outcome(said(NOISY, 200, files(1), facts=Facts()), judge) == violated
    refused = Facts(plain={owner.full: DENIED})
    why = f"NotTested: its plain form is not accepted: {OWN} and gets status 404"
    assert outcome(said(NOISY, 200, files(1), facts=refused), judge) == why
    assert outcome(said(NOISY, 200, files(1), facts=refused), object_to) == violated
    unsteady = Facts(plain={owner.full: SERVED}, unsteady={owner.full})
    why = f"NotTested: plain readings of {owner.full} differ among themselves"
    assert outcome(said(NOISY, 200, files(1), facts=unsteady), judge) == why
    either = judges(Needs.ACCEPTED_PLAIN)(partial(object_to))
    assert outcome(said(NOISY, 200, files(1), facts=unsteady), either) == violated
    why = f"NotTested: its plain form is not accepted: {OWN} and gets status 404"
    assert outcome(said(NOISY, 200, files(1), facts=refused), either) == why


def test_a_way_round_a_refusal_needs_the_refusal() -> None:
    judge = judges(Needs.PLAIN_REFUSAL)(partial(object_to))
    violated = f"Violated: {NOISY_FOREIGN}: wrong"
    refused = Facts(alone={FOREIGN: said(FOREIGN, 404, refusal())})
    served = Facts(alone={FOREIGN: said(FOREIGN, 200, files(1))})
    why = f"NotTested: its plain form is not refused either: {FOREIGN} and gets status 200"
    assert outcome(said(NOISY_FOREIGN, 200, files(1), facts=refused), judge) == violated
    assert outcome(said(NOISY_FOREIGN, 200, files(1), facts=Facts()), judge) == violated
    assert outcome(said(NOISY_FOREIGN, 200, files(1), facts=served), judge) == why
    assert outcome(said(NOISY_FOREIGN, 200, files(1), facts=served), object_to) == violated
    assert outcome(said(NOISY, 200, files(1), facts=PLAIN), judge) == f"Violated: {NOISY}: wrong"


def test_a_variation_needs_the_right_status_of_its_plain_form() -> None:
    judge = judges(Needs.PLAIN_STATUS)(partial(object_to))
    violated = f"Violated: {NOISY}: wrong"
    assert outcome(said(NOISY, 200, files(1), facts=PLAIN), judge) == violated
    assert outcome(said(NOISY, 200, files(1), facts=Facts()), judge) == violated
    broken = Facts(alone={OWN: said(OWN, 500, refusal(500))})
    why = f"NotTested: its plain form gets a wrong status: {OWN} and gets status 500"
    assert outcome(said(NOISY, 200, files(1), facts=broken), judge) == why
    assert outcome(said(NOISY, 200, files(1), facts=broken), object_to) == violated


def test_a_plain_form_that_may_get_several_statuses_gets_no_wrong_one() -> None:
    judge = judges(Needs.PLAIN_STATUS)(partial(object_to))
    plain = said(OWN, 400, refusal(400))
    loose = replace(plain, resolved=replace(plain.resolved, expected=Expected.NOT_FOUND_OR_4XX))
    answer = said(NOISY, 400, facts=Facts(alone={OWN: loose}))
    assert outcome(answer, judge) == f"Violated: {NOISY}: wrong"


def test_an_answer_is_described_in_a_few_words() -> None:
    assert described(failed(OWN, FailureKind.DROPPED)) == str(FailureKind.DROPPED)
    assert described(said(OWN, 200, b"{}")) == "a 200 without a chatFiles array"
    assert described(SERVED) == "status 200"
    assert described(DENIED) == "status 404"


def test_a_chat_is_accepted_where_its_plain_reading_is() -> None:
    assert PLAIN.accepted(owner.full)
    assert not PLAIN.accepted(owner.empty)
    assert not Facts(plain={owner.full: DENIED}).accepted(owner.full)
