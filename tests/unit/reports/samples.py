"""Results as runs leave them, with every outcome, for all tests of what is rendered from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from neptun_conformance.contract.level import Level
from neptun_conformance.results.result import (
    ClauseRecord,
    Outcome,
    RequestRecord,
    Result,
    Setting,
    Verdict,
)
from neptun_conformance.results.verdict import counts
from tests.unit.reports.records import BODY, cause, clause, exchange, finding, unanswered

__all__ = [
    "BODY",
    "HOSTILE",
    "cause",
    "clause",
    "conformant",
    "every_outcome",
    "exchange",
    "finding",
    "hostile",
    "result",
    "unanswered",
]

HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "markup": '<img src=x onerror="alert(1)">&amp;\'"',
    "cdata": "]]></failure><!-- -->",
    "control": "a\x00b\x1b[31mc\x7f\x85\r\nd",
    "surrogate": "half \ud83d a pair \udc80",
    "bidi": "txt\u202egpj.exe",
    "markdown": "```\n# [x](https://evil.example) @everyone | `` #1 <b>",
    "command": "%0A::error::\n::set-output name=x::y",
    "astral": "\U0001d518\U0001d52b ü 漢字 🙂",
    "long": "x" * 100_000,
    "empty": "",
}


def every_outcome() -> list[ClauseRecord]:
    """Return clauses with every outcome at both levels where it matters."""
    broken = clause("input.in-time", Outcome.ERROR, reason="KeyError in the check itself")
    return [*_musts(), *_shoulds(), broken]


def _musts() -> list[ClauseRecord]:
    return [
        clause(
            "authentication.no-cookie",
            Outcome.PASS,
            sentence="A request without a cookie gets a 401.",
            checks={"full-chat": Outcome.PASS, "empty-chat": Outcome.PASS},
        ),
        clause(
            "authentication.expired",
            Outcome.NOT_TESTED,
            sentence="An expired session is a 401.",
            reason="the target gives no expired session",
        ),
        clause(
            "ownership.foreign-chat",
            Outcome.FAIL,
            sentence="Another user's chat under the caller's own user id is a 404.",
            checks={"full-chat": Outcome.FAIL, "empty-chat": Outcome.PASS},
            findings=[
                finding(
                    "ownership.foreign-chat",
                    "full-chat",
                    situation="the owner asks for the stranger's chat under the owner's id",
                    message="200 where a 404 is due",
                    expected="404 with the error body",
                    actual="200 with 3 files",
                    pointer=None,
                    rate="2 of 5",
                    twin="the same request for chat 987654 is a 404",
                )
            ],
        ),
        clause(
            "item.size",
            Outcome.FAIL,
            sentence="The size of a file is a whole number.",
            findings=[finding("item.size", "asks-as-owner", count=12)],
        ),
        clause(
            "item.created-at",
            Outcome.KNOWN_FAILURE,
            sentence="A file's created_at is an RFC 3339 date-time.",
            findings=[
                finding(
                    "item.created-at",
                    "asks-as-owner",
                    pointer="/chatFiles/0/created_at",
                    known="migrated in release 7",
                )
            ],
        ),
    ]


def _shoulds() -> list[ClauseRecord]:
    return [
        clause(
            "hygiene.shared-cache",
            Outcome.FAIL,
            level=Level.SHOULD,
            sentence="Private data is not marked for shared caches.",
            findings=[
                finding(
                    "hygiene.shared-cache",
                    "asks-as-owner",
                    message="cache-control is public",
                    expected="private or no-store",
                    actual="public, max-age=600",
                    pointer=None,
                    exchange=unanswered(),
                )
            ],
        ),
        clause(
            "hygiene.secure-cookie",
            Outcome.NOT_APPLICABLE,
            level=Level.SHOULD,
            sentence="A session cookie that is set has HttpOnly.",
            reason="no Set-Cookie came",
        ),
    ]


def result(clauses: list[ClauseRecord] | None = None, **changes: Any) -> Result:
    """Return a non-conformant result over the clauses, or over `every_outcome`."""
    clauses = every_outcome() if clauses is None else clauses
    usual = Result(
        verdict=Verdict.NONCONFORMANT,
        exit_status=1,
        reason="2 MUST clauses fail",
        target={
            "base_url": Setting(value="https://staging.example.com", origin="file staging.yaml"),
            "owner.session": Setting(value="***", origin="environment OWNER_SESSION"),
        },
        settings={"effort": Setting(value="default", origin="default")},
        contract_version="1.0.0",
        suite_version="1.0.0",
        run_id="3f2a9c",
        started="2026-05-01T10:00:00Z",
        seconds=2.134,
        requests=318,
        statuses={"200": 120, "401": 90, "404": 107, "none": 1},
        waits=0.5,
        counts=counts(clauses),
        clauses=clauses,
        exchanges=[exchange(number=1), unanswered(number=2)],
        notes=["429 was waited out once"],
    )
    return replace(usual, **changes)


def conformant(**changes: Any) -> Result:
    """Return a result without anything wrong."""
    clauses = [
        clause("authentication.no-cookie", Outcome.PASS),
        clause(
            "hygiene.secure-cookie", Outcome.NOT_APPLICABLE, level=Level.SHOULD, reason="none came"
        ),
    ]
    good: dict[str, object] = {"verdict": Verdict.CONFORMANT, "exit_status": 0, "reason": None}
    return result(clauses, **(good | changes))


def hostile(text: str) -> Result:
    """Return a result in which everything that a target can influence is the text."""
    bad_exchange = replace(
        exchange(body=text),
        situation=text,
        request=RequestRecord(method="GET", url=f"http://h/{text}", headers=[(text, text)]),
    )
    bad = finding(
        "item.size",
        "asks-as-owner",
        situation=text,
        message=text,
        expected=text,
        actual=text,
        pointer=f"/{text}",
        twin=text,
        curl=text,
        known=None,
        exchange=bad_exchange,
        log=[text],
    )
    clauses = [
        clause("item.size", Outcome.FAIL, findings=[bad]),
        clause("item.name", Outcome.NOT_TESTED, reason=text),
    ]
    changes = {
        "reason": text,
        "notes": [text],
        "exchanges": [bad_exchange],
        "causes": [cause(text)],
        "lacks": [text],
    }
    setting = {"base_url": Setting(value=text, origin="flag")}
    return result(clauses, target=setting, **changes)
