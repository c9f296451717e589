"""Records say what was asked and what came, how to repeat it, and how it differs from its twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.client import Client, Settings
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.records.recording import AT_ONCE, LEFT_OUT, Recorder
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Burst, Derived, Question, Sequence
from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import ClauseRecord, Outcome
from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

BASE_URL = "http://reference.invalid"


class Bench:
    """A reference server, somebody who asks it, and what writes records of the answers."""

    def __init__(self, client: Client) -> None:
        target = Target.of(target_for(BASE_URL))
        keeper = SessionKeeper(target)
        self.client = client
        self.scheduler = Scheduler(client, Participants.of(target, keeper))
        self.scheduler.reach()
        self.redactor = Redactor(keeper.secrets())
        self.logged: list[str] = []

    def answer(self, asked: Question | Sequence) -> Answer:
        got = self.scheduler.ask([asked])[asked]
        assert isinstance(got, Answer)
        return got

    def record(
        self,
        *findings: Finding,
        clause: str = "file.size",
        bodies: bool = True,
        curl_options: tuple[str, ...] | None = (),
    ) -> ClauseRecord:
        check = next(check for check in all_checks() if check.clause == clause)
        recorder = Recorder(
            BASE_URL,
            self.redactor,
            self.client.headers,
            curl_options=curl_options,
            bodies=bodies,
            logged=lambda *_: self.logged,
        )
        (record,) = recorder.clauses([Checked(check, Outcome.FAIL, findings)])
        return record


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Client(Settings(base_url=BASE_URL, run_id="one"), app=Reference()) as client:
        yield Bench(client)


WRONG = Problem("size is wrong", "a whole number", "the string '1'", "/chatFiles/2/size", part="{}")


def test_the_twin_is_told_by_what_differs(bench: Bench) -> None:
    answer = bench.answer(stranger.asks(owner.full))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    assert finding.twin == (
        "differs in the session: the owner asks for the owner's chat with files under the owner's "
        "id and gets status 200"
    )


def test_the_twin_of_a_request_in_a_voice_is_the_plain_one(bench: Bench) -> None:
    plain = bench.answer(stranger.asks(owner.full))
    level = next(lv for lv in DIMENSIONS[0].levels if lv.headers)
    voiced = bench.answer(stranger.asks(owner.full).in_voice((level,)))
    (finding,) = bench.record(Finding(WRONG, replace(voiced, plain_voice=plain))).findings
    assert finding.twin == (
        "differs in the voice: the stranger asks for the owner's chat with files under the owner's "
        "id and gets status 404"
    )


def test_the_simplest_finding_of_all_checks_is_the_example(bench: Bench) -> None:
    long = Finding(WRONG, bench.answer(owner.asks(owner.full).with_query("limit=1")))
    short = Finding(WRONG, bench.answer(owner.asks(owner.full)))
    (finding,) = bench.record(long, short).findings
    assert finding.situation == str(owner.asks(owner.full))
    assert finding.count == 2


def test_the_servers_log_is_masked_cut_and_left_out_with_bodies(bench: Bench) -> None:
    session = bench.redactor.secrets[0][1]
    bench.logged = [f"session {session}", "x" * 10_000, *map(str, range(60))]
    answer = bench.answer(owner.asks(owner.full))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    first, second, *others = finding.log
    assert session not in first
    assert len(second) == 500
    assert others[-1] == "(22 more lines)"
    assert bench.record(Finding(WRONG, answer), bodies=False).findings[0].log == []


def test_every_step_is_repeated(bench: Bench) -> None:
    again = owner.asks(owner.full).with_headers(("If-None-Match", "{etag}")).again(1)
    answer = bench.answer(owner.asks(owner.full).again(1).then(again))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    assert finding.curl is not None
    first, second = finding.curl.splitlines()
    assert "If-None-Match" not in first
    assert "If-None-Match" in second
    assert second.count("${OWNER_SESSION:?}") == 1


def test_what_was_sent_stands_in_the_words_of_a_finding(bench: Bench) -> None:
    asked = owner.asks(owner.full).with_query("user_id={stranger}&a=1")
    answer = bench.answer(asked.with_headers(("X-User-Id", "{owner}")))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    plain = "the owner asks for the owner's chat with files under the owner's id"
    assert finding.situation == (
        f"{plain}, with the query 'user_id=bob&a=1', with X-User-Id: 'alice'"
    )
    assert finding.question == (
        f"{plain}, with the query 'user_id={{stranger}}&a=1', with X-User-Id: '{{owner}}'"
    )


def test_what_was_sent_stands_in_the_words_of_whatever_is_shown(bench: Bench) -> None:
    levels = (level for dimension in DIMENSIONS for level in dimension.levels)
    origin = next(level for level in levels if level.headers[:1] == (("Origin", "{origin}"),))
    plain = bench.answer(owner.asks(owner.full).with_headers(("X-User-Id", "{owner}")))
    voiced = bench.answer(stranger.asks(owner.full).in_voice((origin,)))
    (finding,) = bench.record(Finding(WRONG, replace(voiced, plain_voice=plain))).findings
    assert finding.exchange
    for text in (finding.situation, finding.exchange.situation):
        assert text.endswith("with Origin: 'http://reference.invalid'")
    assert "with X-User-Id: 'alice'" in str(finding.twin)


def test_the_content_that_was_sent_stands_in_the_words_of_a_finding(bench: Bench) -> None:
    answer = bench.answer(anonymous.asks(owner.full).with_body("u={owner}&s={owner_session_raw}"))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    assert finding.situation.endswith(", with the content 'u=alice&s=$OWNER_SESSION'")


def test_a_session_in_the_words_of_a_finding_is_masked(bench: Bench) -> None:
    answer = bench.answer(anonymous.asks(owner.full).with_query("s={owner_session}"))
    (finding,) = bench.record(Finding(WRONG, answer)).findings
    assert "with the query 's=$OWNER_SESSION'" in finding.situation


def test_a_request_that_went_out_with_others_is_told(bench: Bench) -> None:
    question = owner.asks(owner.full)
    burst = Burst((question, stranger.asks(stranger.full)))
    got = bench.scheduler.ask([burst])[burst]
    assert isinstance(got, list)
    assert isinstance(got[0], Answer)
    (finding,) = bench.record(Finding(WRONG, got[0])).findings
    assert finding.curl is not None
    assert finding.curl.splitlines()[0] == AT_ONCE
    assert finding.curl.splitlines()[1].startswith("curl ")


def test_one_cause_is_one_finding_with_a_count(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    places = [Problem("wrong", str(n), str(n), f"/chatFiles/{n}/size") for n in range(12)]
    (finding,) = bench.record(*(Finding(place, answer) for place in places)).findings
    assert finding.count == 12
    assert finding.pointer == "/chatFiles/0/size"


def test_the_name_of_a_finding_does_not_depend_on_its_example(bench: Bench) -> None:
    plain = bench.answer(owner.asks(owner.full))
    other = bench.answer(owner.asks(owner.full).with_query("a=b"))
    names = {bench.record(Finding(WRONG, answer)).findings[0].id for answer in (plain, other)}
    assert len(names) == 1


def test_another_status_is_another_finding(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    wrong = [
        Problem("the request is not refused", "status 404", f"status {code}")
        for code in (500, 401, 500)
    ]
    findings = bench.record(*(Finding(problem, answer) for problem in wrong)).findings
    assert [(f.actual, f.count) for f in findings] == [("status 500", 2), ("status 401", 1)]
    assert len({finding.id for finding in findings}) == 2


def test_checks_stand_in_the_order_in_which_people_count(bench: Bench) -> None:
    check = next(check for check in all_checks() if check.clause == "file.size")
    made = [Checked(replace(check, id=f"a::b[{n}]", place=n), Outcome.PASS) for n in (10, 9, 2, 1)]
    recorder = Recorder(BASE_URL, bench.redactor, bench.client.headers)
    (record,) = recorder.clauses(made)
    assert [one.id for one in record.checks] == ["a::b[1]", "a::b[2]", "a::b[9]", "a::b[10]"]


def test_without_bodies_findings_quote_none(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    (finding,) = bench.record(Finding(WRONG, answer), bodies=False).findings
    assert (finding.expected, finding.actual, finding.part) == ("a whole number", LEFT_OUT, None)
    assert finding.exchange is not None
    assert finding.exchange.response is not None
    assert finding.exchange.response.body is None
    changed = Problem("the size of a file changed", "1", "2", "/chatFiles/2/size")
    record = bench.record(Finding(changed, answer), clause="reading.same-members", bodies=False)
    assert record.findings[0].expected == LEFT_OUT
    status = Problem("the request is not refused", "status 404", "status 200")
    assert bench.record(Finding(status, answer), bodies=False).findings[0].actual == "status 200"


def test_no_session_stands_in_a_record(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    record = adapter(ClauseRecord).dump_json(bench.record(Finding(WRONG, answer))).decode()
    assert "$OWNER_SESSION" in record
    for _, value in bench.redactor.secrets:
        assert value not in record


def test_what_nobody_else_can_send_has_no_command(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    (finding,) = bench.record(Finding(WRONG, answer), curl_options=None).findings
    assert finding.curl is None


def test_a_cookie_that_the_target_sets_is_masked(bench: Bench) -> None:
    answer = bench.answer(owner.asks(owner.full))
    assert answer.response is not None
    headers = (("set-cookie", "sid=0123456789abcdef; Path=/"),)
    response = replace(answer.response, headers=headers)
    leaking = replace(answer, exchange=replace(answer.exchange, outcome=response))
    record = adapter(ClauseRecord).dump_json(bench.record(Finding(WRONG, leaking))).decode()
    assert "sid=" in record
    assert "0123456789abcdef" not in record


def test_the_id_that_was_sent_stands_behind_how_it_was_made(bench: Bench) -> None:
    made = Derived(owner.full, "in brackets", lambda number: f"[{number}]")
    (finding,) = bench.record(Finding(WRONG, bench.answer(owner.asks(made)))).findings
    words = "the owner asks for the owner's chat with files, its id in brackets"
    assert finding.situation == f"{words} ('[4711]') under the owner's id"
    assert finding.question == f"{words} under the owner's id"
