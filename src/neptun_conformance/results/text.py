"""Text from a target made fit to be shown, and the words that all reports share."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from neptun_conformance.contract.level import Level
from neptun_conformance.cutting import listed
from neptun_conformance.results.result import (
    CauseExample,
    CauseRecord,
    ClauseRecord,
    Counts,
    ExchangeRecord,
    FindingRecord,
    Outcome,
    RequestRecord,
    ResponseRecord,
    Result,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTCOME_WORDS = {
    Outcome.FAIL: "fail",
    Outcome.ERROR: "error",
    Outcome.KNOWN_FAILURE: "known failure",
    Outcome.NOT_TESTED: "not tested",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.PASS: "pass",
}
"""The outcomes in the order in which people want to see them, worst first."""

_MOST = 6
"""Clauses of a cause that are named; their number is."""

# What neither XML 1.0 nor a page can carry, what a terminal obeys, and what reorders a line
# before the reader's eyes (bidirectional controls): all shown by their number instead.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    r"""Return the text with everything that cannot be shown as ``\xNN`` or ``\uNNNN``."""
    return _UNSHOWABLE.sub(lambda match: _number(match[0]), text)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(text: str) -> str:
    r"""Return the visible text on one line, line ends and tabs as ``\n`` and ``\t``."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def findings(result: Result) -> Iterator[tuple[ClauseRecord, FindingRecord]]:
    """Yield every finding with its clause: new before known, MUST before SHOULD."""
    found = [(clause, finding) for clause in result.clauses for finding in clause.findings]
    found.sort(key=lambda pair: (pair[1].known is not None, pair[0].level is Level.SHOULD))
    yield from found


def groups(result: Result) -> dict[str, list[ClauseRecord]]:
    """Return the clauses by group, both in the order of the result."""
    grouped: dict[str, list[ClauseRecord]] = {}
    for clause in result.clauses:
        grouped.setdefault(clause.group, []).append(clause)
    return grouped


def binding(clause: ClauseRecord, *, strict: bool) -> bool:
    """Tell whether a failure of the clause fails the run: a MUST, or anything when strict."""
    return strict or clause.level is Level.MUST


def headline(result: Result) -> str:
    """Return the verdict as one word of capitals, such as ``CONFORMANT``."""
    return result.verdict.value.upper()


def tally(result: Result) -> list[str]:
    """Return the figures of the verdict line: passed of applicable ones, and what is missing."""
    must, should = result.counts.must, result.counts.should
    figures = [f"{share(must)} MUST", f"{share(should)} SHOULD"]
    known = must.known_failure + should.known_failure
    not_tested = must.not_tested + should.not_tested
    figures += [f"{known} known"] if known else []
    figures += [f"{not_tested} not tested"] if not_tested else []
    return [*figures, f"{result.requests} requests", took(result)]


def share(counts: Counts) -> str:
    """Return how many clauses passed, of those that apply to the target."""
    return f"{counts.passed}/{counts.total - counts.not_applicable}"


def warning(result: Result) -> str | None:
    """Return the sentence that must stand above a result that does not cover a whole run."""
    if result.truncated:
        return "This run did not come to its end: what is missing here was not tested."
    if result.verdict is Verdict.PARTIAL:
        return "Only some of the clauses were selected: this says nothing about the others."
    return None


def target_name(result: Result) -> str:
    """Return the target's address, or what else names it first."""
    named = result.target.get("base_url") or next(iter(result.target.values()), None)
    return one_line(named.value) if named else "unnamed target"


def request_text(request: RequestRecord) -> str:
    """Return a request as its line and header lines."""
    lines = [f"{request.method} {request.url}"]
    return "\n".join(lines + [f"{name}: {value}" for name, value in request.headers])


def response_head(response: ResponseRecord) -> str:
    """Return an answer's status line and header lines."""
    lines = [f"{response.http_version} {response.status}"]
    return "\n".join(lines + [f"{name}: {value}" for name, value in response.headers])


def body_note(response: ResponseRecord) -> str | None:
    """Say what is not shown of a body, or None where all of it is."""
    if response.body is None:
        return f"body of {response.body_size} bytes left out"
    if response.body_cut:
        return f"cut here; {response.body_size} bytes in all"
    return None if response.body else "no body"


def duration(seconds: float) -> str:
    """Return a time as people write it, such as ``40 ms``, ``2.3 s`` or ``1 min 5 s``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def took(result: Result) -> str:
    """Return how long a run took; one line says it as seconds, as long as that is readable."""
    return f"{result.seconds:.1f} s" if result.seconds < 1 else duration(result.seconds)


def moment(started: str) -> str:
    """Return a date-time in UTC as people write it, such as ``1 May 2024, 09:30:05 UTC``."""
    when = datetime.fromisoformat(started)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M:%S} UTC"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def times(finding: FindingRecord) -> str | None:
    """Say how often a finding was seen, or None for once."""
    seen = [f"{finding.count} times"] if finding.count > 1 else []
    seen += [f"intermittent, {finding.rate}"] if finding.rate else []
    seen += [f"over {finding.only_over} only"] if finding.only_over else []
    return ", ".join(seen) or None


def came(finding: FindingRecord | CauseExample) -> str:
    """Say in one line what was expected, and what came in its place."""
    return f"expected {finding.expected}, got {finding.actual}"


def facts(finding: FindingRecord) -> list[tuple[str, str]]:
    """Return what a finding says besides its exchange, as pairs of a word and a text."""
    pairs = [
        ("expected", finding.expected),
        ("actual", finding.actual),
        ("at", finding.pointer),
        ("cause", ", ".join(finding.causes)),
        ("in", finding.part),
        ("seen", times(finding)),
        ("against the accepted twin", finding.twin),
        ("known", finding.known),
        ("check", finding.check),
        ("replay", f"neptun-conformance replay {shlex.quote(finding.id)} --report … --target …"),
    ]
    return [(word, text) for word, text in pairs if text]


def cause_line(cause: CauseRecord) -> str:
    """Say a cause in one line: what the server does, and how much it explains."""
    return f"{cause.sentence} ({cause_figures(cause)})"


def cause_figures(cause: CauseRecord) -> str:
    """Say how much a cause explains, and how sure it is."""
    found = f"{counted(cause.count, 'finding')}, " if cause.count else ""
    return f"{found}{cause.certainty}"


def causes_heading(causes: Sequence[CauseRecord]) -> str:
    """Return the heading of the causes: that they have an order, where there are several."""
    return "Causes, to be fixed in this order" if len(causes) > 1 else "Cause"


def causes_to_mend(result: Result) -> list[CauseRecord]:
    """Return the causes that explain more than known deviations."""
    known = {finding.id for _, finding in findings(result) if finding.known}
    return [one for one in result.causes if not one.findings or not known.issuperset(one.findings)]


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, such as ``2 findings``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def told_of(example: CauseExample) -> str:
    """Return an example of a cause as one line."""
    return f"{example.situation}: {came(example)}"


def cause_curl(cause: CauseRecord) -> str | None:
    """Return the commands that repeat the simplest example of a cause."""
    return cause.example.curl if cause.example else None


def cause_facts(cause: CauseRecord) -> list[tuple[str, str]]:
    """Return what is said of a cause besides its sentence, as pairs of a word and a text."""
    explains = f"{counted(cause.count, 'finding')} in {listed(cause.clauses, _MOST)}"
    explains = explains if cause.count else ""
    silences = f"{counted(len(cause.silences), 'clause')} by it: {listed(cause.silences, _MOST)}"
    pairs = [
        ("explains", explains),
        ("untested", silences if cause.silences else None),
        ("certainty", f"{cause.certainty}: {cause.because}"),
        ("look at", cause.where),
        ("usually", cause.usual),
        ("example", told_of(cause.example) if cause.example else None),
        *(("another", told_of(example)) for example in cause.further),
    ]
    return [(word, text) for word, text in pairs if text]


def failed(exchange: ExchangeRecord) -> str:
    """Return why an exchange has no answer."""
    return exchange.failure or "no answer"
