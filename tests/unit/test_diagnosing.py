"""Causes as they stand in the result, also where nothing was found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from neptun_conformance.engine.records.diagnosing import Diagnosing, examples_of
from neptun_conformance.engine.records.symptoms import seen_in
from neptun_conformance.exchange import Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.reports import RENDERERS, terminal
from neptun_conformance.results import text
from neptun_conformance.results.result import ClauseRecord, Outcome
from tests.unit.causes.seen import seen, symptom
from tests.unit.judge.said import files, said
from tests.unit.reports import samples

NOBODY = cast("Any", None)


def untested(reason: str) -> ClauseRecord:
    return samples.clause("success.status", Outcome.NOT_TESTED, reason=reason)


def test_a_target_that_stopped_answering_is_a_cause_without_a_finding() -> None:
    reason = "the target stopped answering after 248 answers (100 of 404); the last: the owner asks"
    (cause,) = Diagnosing(NOBODY, [untested(reason)]).causes([], [])
    assert cause.kind == "stops-answering"
    assert cause.sentence.endswith("in the middle of the run: after 248 answers (100 of 404)")
    assert (cause.silences, cause.count, cause.example) == (["success.status"], 0, None)


def test_a_target_that_refuses_connections_is_said_to_have_ended() -> None:
    reason = "the target stopped answering after 9 answers; it refuses connections"
    (cause,) = Diagnosing(NOBODY, [untested(reason)]).causes([], [])
    assert cause.because == "it refuses connections"
    assert "what ended its process" in (cause.where or "")
    assert text.cause_line(cause).endswith("after 9 answers (sure)")


def test_such_a_cause_stands_in_every_report() -> None:
    reason = "the target stopped answering after 9 answers"
    causes = Diagnosing(NOBODY, [untested(reason)]).causes([], [])
    result = samples.result(causes=causes)
    assert "in the middle of the run: after 9 answers" in terminal.render(result)
    rendered = [render(result) for render in RENDERERS.values()]
    assert all(rendered)
    assert not [report for report in rendered if "0 findings" in report or "explains \n" in report]


def test_clauses_that_are_not_tested_for_another_reason_have_no_cause() -> None:
    assert Diagnosing(NOBODY, [untested("the target names no stranger")]).causes([], []) == []


def test_the_first_example_is_the_simplest_of_what_came_most() -> None:
    odd = symptom(seen=seen(status=404), actual="status 404", simplicity=(0,))
    usual = [symptom(seen=seen(status=403), simplicity=(number,)) for number in (2, 1)]
    first, *further = examples_of([odd, *usual])
    assert first is usual[1]
    assert odd in further


def test_one_wrong_answer_is_one_example_whatever_is_demanded_of_it() -> None:
    demands = [
        symptom(clause=clause, expected=expected, seen=seen(status=500), actual="status 500")
        for clause, expected in (("input.no-server-error", "below 500"), ("chat.unknown", "404"))
    ]
    assert len(examples_of(demands)) == 1


def test_a_target_that_answers_nothing_but_that_it_is_busy_is_a_limit() -> None:
    reason = "the target has answered nothing but 429 or 503 for 60 s: lower --rate"
    (cause,) = Diagnosing(NOBODY, [untested(reason)]).causes([], [])
    assert cause.kind == "request-limit-in-front"
    assert cause.sentence.endswith(": nothing but 429 or 503 for 60 s")
    assert (cause.because, cause.silences) == ("lower --rate", ["success.status"])


@pytest.mark.parametrize(("version", "fields"), [("HTTP/1.1", 1), ("HTTP/2", 2)])
def test_over_http2_each_cookie_goes_out_in_a_field(version: str, fields: int) -> None:
    answer = said(owner.asks(owner.full), 200, files(1))
    request = replace(answer.exchange.request, headers=(("Cookie", "a=b; neptun-session=c"),))
    response = replace(cast("Response", answer.response), http_version=version)
    exchange = replace(answer.exchange, request=request, outcome=response)
    found = seen_in(replace(answer, exchange=exchange))
    assert (found.cookie_fields, found.cookies) == (fields, 2)


@pytest.mark.parametrize(
    ("before", "unkept"),
    [
        ((), ""),
        ((said(owner.asks(owner.full).by("HEAD"), 200),), "the owner's HEAD"),
        ((said(owner.asks(owner.full), 304),), "a 304"),
        ((said(owner.asks(owner.full), 200, files(1)),), ""),
        (
            (
                said(owner.asks(owner.full), 200, files(1)),
                said(owner.asks(owner.full).by("OPTIONS"), 204),
            ),
            "",
        ),
    ],
)
def test_what_came_before_is_told_where_no_cache_can_have_kept_it(
    before: tuple[Answer, ...], unkept: str
) -> None:
    last = replace(said(anonymous.asks(owner.full), 200, files(1)), steps=before)
    assert seen_in(last).unkept == unkept
