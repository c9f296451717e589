"""The one result of a run, from which every report is rendered.

The records here are the JSON report: its shipped schema is generated from them, and a kept file is
read back into them, so a report rendered later says the same as one rendered at once. They are
plain dataclasses: pydantic, which writes and reads that file (``results.adapter``), takes a while
to import, and most runs do neither.
"""

# ruff: noqa: RUF009 - fields are made by functions, with what they say of themselves

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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


Header = tuple[str, str]


class _Record:
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - so pydantic names it


def _said(description: str, **options: Any) -> Any:
    """Return a field with what the schema says of it."""
    return field(metadata={"description": description}, **options)


def _empty(kind: type[list[Any] | dict[str, Any]], description: str | None = None) -> Any:
    """Return a field that is an empty list, or mapping, where nothing is given."""
    said = {"description": description, "json_schema_extra": {"default": kind()}}
    return field(default_factory=kind, metadata=said)


@dataclass(frozen=True, kw_only=True)
class RequestRecord(_Record):
    """A request as it went out, secrets replaced by placeholders such as ``$OWNER_SESSION``."""

    method: str
    url: str
    headers: list[Header]
    body: str | None = _said("the content, one character an octet; null for none", default=None)


@dataclass(frozen=True, kw_only=True)
class ResponseRecord(_Record):
    """An answer, its body cut sensibly; ``body`` is None when bodies are left out."""

    status: int
    http_version: str
    headers: list[Header]
    body: str | None
    body_size: int = _said("bytes of the whole decoded body")
    body_cut: bool = False


@dataclass(frozen=True, kw_only=True)
class ExchangeRecord(_Record):
    """One request and its answer, or the one-line failure in its place."""

    id: int = _said("place in the order in which the answers were asked for")
    situation: str = _said("who asked for what, in words")
    request: RequestRecord
    response: ResponseRecord | None
    failure: str | None = None
    started: float = _said("seconds since the run began")
    seconds: float
    waits: list[float] = _empty(list, "seconds waited out on 429 or 503")


@dataclass(frozen=True, kw_only=True)
class QuestionRecord(_Record):
    """A question as ``replay`` makes it anew, before the target's values are filled in."""

    caller: str = _said("who asks, in words")
    user: str = _said("under whose id, in words or written out")
    chat: str = _said("for which chat, in words or written out")
    method: str
    route: str = _said("name of the spelling of the route")
    query: str = ""
    headers: list[Header] = _empty(list)
    body: str = ""
    voice: list[str] = _empty(list, "names of the levels that are not plain")
    documented: bool = _said("the documentation's own client asks", default=False)
    recipe: tuple[Any, ...] = _said("how it was drawn, if it was", default=())


@dataclass(frozen=True, kw_only=True)
class FindingRecord(_Record):
    """One difference between what a clause demands and what came, reported once per cause."""

    id: str = _said("stable name for replay: clause and cause, whatever the example")
    check: str
    situation: str = _said("who asked for what, in words, as it was sent")
    question: str | None = _said("the same before the target's values were filled in", default=None)
    asked: QuestionRecord | None = _said(
        "the same as data; null for one of several requests that belong together", default=None
    )
    message: str
    expected: str
    actual: str
    pointer: str | None = _said("JSON pointer of the first place", default=None)
    count: int = _said("places or answers with the same cause", default=1)
    rate: str | None = _said("for an intermittent one, such as 2 of 5", default=None)
    only_over: str | None = _said(
        "the version of HTTP over which alone it came, of two, such as HTTP/2", default=None
    )
    twin: str | None = _said("smallest difference to the accepted twin", default=None)
    part: str | None = _said(
        "the part of the body that holds the pointer's place, cut", default=None
    )
    curl: str | None = None
    exchange: ExchangeRecord | None = None
    causes: list[str] = _empty(list, "ids of the causes that explain it, mostly one")
    log: list[str] = _empty(list, "lines of the server's own log at the time of the exchange")
    known: str | None = _said("reason given by the baseline entry", default=None)


@dataclass(frozen=True, kw_only=True)
class CheckRecord(_Record):
    """One check of a clause and what became of it."""

    id: str
    outcome: Outcome
    reason: str | None = None
    seconds: float | None = _said(
        "how long its own requests took in all, if it has any", default=None
    )


@dataclass(frozen=True, kw_only=True)
class ClauseRecord(_Record):
    """One clause of the contract, with the outcome over all of its checks."""

    id: str
    group: str
    level: Level
    outcome: Outcome
    sentence: str
    source: str
    checks: list[CheckRecord]
    findings: list[FindingRecord] = _empty(list)
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class CauseExample(_Record):
    """One finding that a cause explains."""

    clause: str
    situation: str = _said("who asked for what, in words, as it was sent")
    message: str
    expected: str
    actual: str
    finding: str = _said("id of the clause's finding that counts it")
    curl: str | None = _said("commands that repeat it", default=None)


@dataclass(frozen=True, kw_only=True)
class CauseRecord(_Record):
    """What several findings have in common: one mistake, as far as answers show it.

    Causes stand in the order in which to mend them, and have no say in the verdict.
    """

    id: str = _said("kind of mistake, or a name for what has no kind")
    kind: str | None = _said("kind of mistake, where it is known", default=None)
    name: str
    sentence: str = _said("what the server does")
    certainty: Certainty
    because: str = _said("what says so, one line")
    clauses: list[str] = _said("clauses that fail by it")
    findings: list[str] = _said("ids of the findings in which it shows")
    count: int = _said("findings by check and question")
    example: CauseExample | None = _said("the simplest; none where nothing was found", default=None)
    further: list[CauseExample] = _empty(list, "some that differ from it")
    where: str | None = _said("where in a server to look", default=None)
    usual: str | None = _said("how servers usually come to it", default=None)
    silences: list[str] = _empty(list, "clauses that are not tested by it")


@dataclass(frozen=True, kw_only=True)
class Counts(_Record):
    """Clauses of one level by outcome."""

    total: int = 0
    passed: int = 0
    failed: int = 0
    known_failure: int = 0
    not_tested: int = 0
    not_applicable: int = 0
    error: int = 0


@dataclass(frozen=True, kw_only=True)
class LevelCounts(_Record):
    """The counts of both levels."""

    must: Counts
    should: Counts


@dataclass(frozen=True, kw_only=True)
class Setting(_Record):
    """One effective setting: its value for people (secrets masked) and where it came from."""

    value: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Result(_Record):
    """A whole run.

    ``truncated`` marks a result that was written before the run came to its end; such a result is
    never conformant.
    """

    schema_version: int = SCHEMA_VERSION
    verdict: Verdict
    exit_status: int
    reason: str | None = _said("why the verdict is what it is, one line", default=None)
    truncated: bool = False
    strict: bool = False
    target: dict[str, Setting]
    settings: dict[str, Setting] = _empty(dict)
    contract_version: str
    suite_version: str
    run_id: str
    started: str = _said("RFC 3339 date-time in UTC")
    seconds: float
    requests: int
    at_once: int = _said("requests under way at once, at most", default=0)
    statuses: dict[str, int] = _empty(dict, "answers by status, `none` where none came")
    waits: float = _said("seconds waited out on 429 and 503", default=0.0)
    counts: LevelCounts
    clauses: list[ClauseRecord]
    causes: list[CauseRecord] = _empty(list, "what explains the findings, what to fix first leads")
    lacks: list[str] = _empty(list, "what the target file lacks, so that clauses are not tested")
    exchanges: list[ExchangeRecord] = _empty(list, "all exchanges, when asked for")
    notes: list[str] = _empty(list, "what a reader should know beside the clauses")
