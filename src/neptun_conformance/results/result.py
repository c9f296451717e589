"""The one result of a run, from which every report is rendered.

The models here are the JSON report: its shipped schema is generated from them, and a kept file is
read back into them, so a report rendered later says the same as one rendered at once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.contract.level import Level

SCHEMA_VERSION = 1

EMBEDDED = "embedded reference"
"""Origin of a target that nobody named: the reference is served in its place."""


class Outcome(StrEnum):
    """What became of a clause, or of one check of it."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    KNOWN_FAILURE = "known_failure"
    NOT_TESTED = "not_tested"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class Verdict(StrEnum):
    """What a run says about its target."""

    CONFORMANT = "conformant"
    NONCONFORMANT = "nonconformant"
    INCOMPLETE = "incomplete"
    PARTIAL = "partial"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"
    ERROR = "error"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Header = tuple[str, str]


class RequestRecord(_Record):
    """A request as it went out, secrets replaced by placeholders such as ``$OWNER_SESSION``."""

    method: str
    url: str
    headers: list[Header]
    body: Annotated[
        str | None, Field(description="the content, one character an octet; null for none")
    ] = None


class ResponseRecord(_Record):
    """An answer, its body cut sensibly; ``body`` is None when bodies are left out."""

    status: int
    http_version: str
    headers: list[Header]
    body: str | None
    body_size: Annotated[int, Field(description="bytes of the whole decoded body")]
    body_cut: bool = False


class ExchangeRecord(_Record):
    """One request and its answer, or the one-line failure in its place."""

    id: Annotated[int, Field(description="place in the order in which the answers were asked for")]
    situation: Annotated[str, Field(description="who asked for what, in words")]
    request: RequestRecord
    response: ResponseRecord | None
    failure: str | None = None
    started: Annotated[float, Field(description="seconds since the run began")]
    seconds: float
    waits: Annotated[list[float], Field(description="seconds waited out on 429 or 503")] = []


class QuestionRecord(_Record):
    """A question as ``replay`` makes it anew, before the target's values are filled in."""

    caller: Annotated[str, Field(description="who asks, in words")]
    user: Annotated[str, Field(description="under whose id, in words or written out")]
    chat: Annotated[str, Field(description="for which chat, in words or written out")]
    method: str
    route: Annotated[str, Field(description="name of the spelling of the route")]
    query: str = ""
    headers: list[Header] = []
    body: str = ""
    voice: Annotated[list[str], Field(description="names of the levels that are not plain")] = []
    documented: Annotated[bool, Field(description="the documentation's own client asks")] = False
    recipe: Annotated[tuple[Any, ...], Field(description="how it was drawn, if it was")] = ()


class FindingRecord(_Record):
    """One difference between what a clause demands and what came, reported once per cause."""

    id: Annotated[
        str, Field(description="stable name for replay: clause and cause, whatever the example")
    ]
    check: str
    situation: Annotated[str, Field(description="who asked for what, in words, as it was sent")]
    question: Annotated[
        str | None, Field(description="the same before the target's values were filled in")
    ] = None
    asked: Annotated[
        QuestionRecord | None,
        Field(
            description="the same as data; null for one of several requests that belong together"
        ),
    ] = None
    message: str
    expected: str
    actual: str
    pointer: Annotated[str | None, Field(description="JSON pointer of the first place")] = None
    count: Annotated[int, Field(description="places or answers with the same cause")] = 1
    rate: Annotated[str | None, Field(description="for an intermittent one, such as 2 of 5")] = None
    only_over: Annotated[
        str | None,
        Field(description="the version of HTTP over which alone it came, of two, such as HTTP/2"),
    ] = None
    twin: Annotated[str | None, Field(description="smallest difference to the accepted twin")] = (
        None
    )
    part: Annotated[
        str | None, Field(description="the part of the body that holds the pointer's place, cut")
    ] = None
    curl: str | None = None
    exchange: ExchangeRecord | None = None
    causes: Annotated[
        list[str], Field(description="ids of the causes that explain it, mostly one")
    ] = []
    log: Annotated[
        list[str], Field(description="lines of the server's own log at the time of the exchange")
    ] = []
    known: Annotated[str | None, Field(description="reason given by the baseline entry")] = None


class CheckRecord(_Record):
    """One check of a clause and what became of it."""

    id: str
    outcome: Outcome
    reason: str | None = None
    seconds: Annotated[
        float | None, Field(description="how long its own requests took in all, if it has any")
    ] = None


class ClauseRecord(_Record):
    """One clause of the contract, with the outcome over all of its checks."""

    id: str
    group: str
    level: Level
    outcome: Outcome
    sentence: str
    source: str
    checks: list[CheckRecord]
    findings: list[FindingRecord] = []
    reason: str | None = None


class CauseExample(_Record):
    """One finding that a cause explains."""

    clause: str
    situation: Annotated[str, Field(description="who asked for what, in words, as it was sent")]
    message: str
    expected: str
    actual: str
    finding: Annotated[str, Field(description="id of the clause's finding that counts it")]
    curl: Annotated[str | None, Field(description="commands that repeat it")] = None


class CauseRecord(_Record):
    """What several findings have in common: one mistake, as far as answers show it.

    Causes stand in the order in which to mend them, and have no say in the verdict.
    """

    id: Annotated[str, Field(description="kind of mistake, or a name for what has no kind")]
    kind: Annotated[str | None, Field(description="kind of mistake, where it is known")] = None
    name: str
    sentence: Annotated[str, Field(description="what the server does")]
    certainty: Certainty
    because: Annotated[str, Field(description="what says so, one line")]
    clauses: Annotated[list[str], Field(description="clauses that fail by it")]
    findings: Annotated[list[str], Field(description="ids of the findings in which it shows")]
    count: Annotated[int, Field(description="findings by check and question")]
    example: Annotated[
        CauseExample | None, Field(description="the simplest; none where nothing was found")
    ] = None
    further: Annotated[list[CauseExample], Field(description="some that differ from it")] = []
    where: Annotated[str | None, Field(description="where in a server to look")] = None
    usual: Annotated[str | None, Field(description="how servers usually come to it")] = None
    silences: Annotated[list[str], Field(description="clauses that are not tested by it")] = []


class Counts(_Record):
    """Clauses of one level by outcome."""

    total: int = 0
    passed: int = 0
    failed: int = 0
    known_failure: int = 0
    not_tested: int = 0
    not_applicable: int = 0
    error: int = 0


class LevelCounts(_Record):
    """The counts of both levels."""

    must: Counts
    should: Counts


class Setting(_Record):
    """One effective setting: its value for people (secrets masked) and where it came from."""

    value: str
    origin: str


class Result(_Record):
    """A whole run.

    ``truncated`` marks a result that was written before the run came to its end; such a result is
    never conformant.
    """

    schema_version: int = SCHEMA_VERSION
    verdict: Verdict
    exit_status: int
    reason: Annotated[str | None, Field(description="why the verdict is what it is, one line")] = (
        None
    )
    truncated: bool = False
    strict: bool = False
    target: dict[str, Setting]
    settings: dict[str, Setting] = {}
    contract_version: str
    suite_version: str
    run_id: str
    started: Annotated[str, Field(description="RFC 3339 date-time in UTC")]
    seconds: float
    requests: int
    at_once: Annotated[int, Field(description="requests under way at once, at most")] = 0
    statuses: Annotated[
        dict[str, int], Field(description="answers by status, `none` where none came")
    ] = {}
    waits: Annotated[float, Field(description="seconds waited out on 429 and 503")] = 0.0
    counts: LevelCounts
    clauses: list[ClauseRecord]
    causes: Annotated[
        list[CauseRecord], Field(description="what explains the findings, what to mend first first")
    ] = []
    lacks: Annotated[
        list[str], Field(description="what the target file lacks, so that clauses are not tested")
    ] = []
    exchanges: Annotated[
        list[ExchangeRecord], Field(description="all exchanges, when asked for")
    ] = []
    notes: Annotated[
        list[str], Field(description="what a reader should know beside the clauses")
    ] = []
