"""Results as runs leave them, with every outcome, for all tests of what is rendered from them."""

from __future__ import annotations

import json

from neptun_conformance.causes.explaining import Certainty
from neptun_conformance.contract.level import Level
from neptun_conformance.results.result import (
    CauseExample,
    CauseRecord,
    CheckRecord,
    ClauseRecord,
    ExchangeRecord,
    FindingRecord,
    Outcome,
    RequestRecord,
    ResponseRecord,
    Result,
    Setting,
    Verdict,
)
from neptun_conformance.results.verdict import counts

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

BODY = json.dumps(
    {
        "chatFiles": [
            {
                "id": number,
                "chat_conversation_id": 123,
                "name": name,
                "size": size,
                "type": "application/pdf",
                "url": f"https://files.example.com/{number}?***",
                "created_at": "2024-05-01T10:00:00Z",
            }
            for number, name, size in [
                (1, "plan.pdf", 2048),
                (2, "Übersicht.pdf", 512),
                (3, "notes.pdf", "1024"),
            ]
        ]
    },
    ensure_ascii=False,
)


def exchange(
    *, number: int = 1, status: int = 200, body: str | None = BODY, text: str = "owner"
) -> ExchangeRecord:
    """Return an answered exchange."""
    return ExchangeRecord(
        id=number,
        situation=f"the {text} asks for the owner's chat under the owner's id",
        request=RequestRecord(
            method="GET",
            url="https://staging.example.com/api/users/alice/chats/123/files?limit=1&q=",
            headers=[
                ("cookie", "neptun-session=$OWNER_SESSION"),
                ("user-agent", "neptun-conformance/1.0.0"),
            ],
        ),
        response=ResponseRecord(
            status=status,
            http_version="HTTP/1.1",
            headers=[
                ("content-type", "application/json"),
                ("set-cookie", "a=1"),
                ("set-cookie", "b=2"),
            ],
            body=body,
            body_size=len(body or ""),
        ),
        started=0.25 * number,
        seconds=0.0421,
    )


def unanswered(*, number: int = 9) -> ExchangeRecord:
    """Return an exchange that broke off."""
    answered = exchange(number=number)
    return answered.model_copy(
        update={"response": None, "failure": "no complete answer in time: 10 s"}
    )


def finding(clause: str, check: str, **changes: object) -> FindingRecord:
    """Return a finding about the size of the third file."""
    usual = FindingRecord(
        id=f"{clause}/{check}/owner",
        check=check,
        situation="the owner asks for the own chat with files",
        message="size is text, not a whole number",
        expected="a whole number",
        actual='"1024"',
        pointer="/chatFiles/2/size",
        curl="curl -sS -b \"neptun-session=$OWNER_SESSION\" 'https://staging.example.com/api/users/alice/chats/123/files'",
        exchange=exchange(),
    )
    return usual.model_copy(update=changes)


def clause(  # noqa: PLR0913 (a record with many parts, each with a default)
    name: str,
    outcome: Outcome,
    *,
    level: Level = Level.MUST,
    checks: dict[str, Outcome] | None = None,
    findings: list[FindingRecord] | None = None,
    reason: str | None = None,
    sentence: str | None = None,
) -> ClauseRecord:
    """Return a clause; by default with one check of the same outcome, and its finding."""
    checks = checks or {"asks-as-owner": outcome}
    bad = [
        check for check, became in checks.items() if became in (Outcome.FAIL, Outcome.KNOWN_FAILURE)
    ]
    return ClauseRecord(
        id=name,
        group=name.partition(".")[0],
        level=level,
        outcome=outcome,
        sentence=sentence or f"What {name} demands of an answer, in one sentence.",
        source="Response Body, chatFiles",
        checks=[
            CheckRecord(id=check, outcome=became, reason=reason) for check, became in checks.items()
        ],
        findings=[finding(name, check) for check in bad] if findings is None else findings,
        reason=reason,
    )


def cause(text: str = "The server gives a chat to a user who does not own it") -> CauseRecord:
    """Return a cause, in which everything that a target can influence is the text."""
    example = CauseExample(
        clause="item.size",
        situation=text,
        message=text,
        expected=text,
        actual=text,
        finding="item.size:0123abcd",
        curl=text,
    )
    return CauseRecord(
        id="ownership-not-checked",
        kind="ownership-not-checked",
        name="ownership not checked",
        sentence=text,
        certainty=Certainty.LIKELY,
        because=text,
        clauses=["item.size"],
        findings=["item.size:0123abcd"],
        count=3,
        example=example,
        further=[example],
        where="the query that finds the chat",
        usual="The chat is found by its number alone.",
        silences=["item.name"],
    )


def every_outcome() -> list[ClauseRecord]:
    """Return clauses with every outcome at both levels where it matters."""
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
        clause("input.in-time", Outcome.ERROR, reason="KeyError in the check itself"),
    ]


def result(clauses: list[ClauseRecord] | None = None, **changes: object) -> Result:
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
    return usual.model_copy(update=changes)


def conformant(**changes: object) -> Result:
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
    bad_exchange = exchange(body=text).model_copy(
        update={
            "situation": text,
            "request": RequestRecord(method="GET", url=f"http://h/{text}", headers=[(text, text)]),
        }
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
