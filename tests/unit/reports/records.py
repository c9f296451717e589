"""Records made by hand: exchanges, findings, clauses and causes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from neptun_conformance.causes.certainty import Certainty
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
)

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
    return replace(answered, response=None, failure="no complete answer in time: 10 s")


def finding(clause: str, check: str, **changes: Any) -> FindingRecord:
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
    return replace(usual, **changes)


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
