"""Kept results read back, so that a report rendered later says the same as one rendered at once."""

from __future__ import annotations

import stat
from collections import Counter
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json

from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import SCHEMA_VERSION, Result, Verdict
from neptun_conformance.targets.errors import reason_of

LIMIT = 256 * 1024 * 1024
"""Octets; the report of a long run with all its exchanges is far below."""


class ReportError(Exception):
    """A kept result that cannot be read; one line that names its path and what is wrong."""


class NotAReportError(ReportError):
    """JSON of another kind, such as a badge that lies beside the reports."""


def read_result(path: str | Path) -> Result:
    """Read a JSON report.

    Raises:
        NotAReportError: it is JSON, but of another kind.
        ReportError: there is no such file or it cannot be read, it is over `LIMIT`, no JSON, of
            another schema version, or says more than a truncated run may.
    """
    try:
        document = _json(_content(Path(path)))
        if isinstance(document, dict) and "schema_version" in document:
            return _result(document)
    except (OSError, ValueError) as problem:
        raise ReportError(f"cannot read report {str(path)!r}: {reason_of(problem)}") from problem
    raise NotAReportError(f"cannot read report {str(path)!r}: it has no schema_version")


def _content(path: Path) -> bytes:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ValueError("is a directory")
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("is not a file")
    if found.st_size > LIMIT:
        raise ValueError(f"{found.st_size} bytes are more than a report can have ({LIMIT})")
    return path.read_bytes()


def _result(document: dict[str, object]) -> Result:
    if (version := document["schema_version"]) != SCHEMA_VERSION:
        raise ValueError(
            f"schema_version {version!r:.40} is not {SCHEMA_VERSION}, the one read here"
        )
    try:
        result: Result = adapter(Result).validate_python(document)
    except ValidationError as problem:
        raise ValueError(_first(problem)) from None
    _refuse_contradictions(result)
    return result


def _json(content: bytes) -> object:
    try:
        document: object = from_json(content)
    except ValueError as problem:
        raise ValueError(f"not JSON, or not whole: {problem}") from None
    return document


def _first(problem: ValidationError) -> str:
    first, *others = problem.errors(include_url=False, include_input=False)
    place = ".".join(str(part) for part in first["loc"])
    more = f" (and {len(others)} more)" if others else ""
    # To pydantic a member is an argument, which says nothing to who reads a report.
    is_extra = first["type"] == "unexpected_keyword_argument"
    said = "Extra inputs are not permitted" if is_extra else first["msg"]
    return f"{place}: {said}{more}"


def _refuse_contradictions(result: Result) -> None:
    try:
        datetime.fromisoformat(result.started)
    except ValueError as problem:
        raise ValueError(f"started: {problem}") from None
    if result.truncated and result.verdict is Verdict.CONFORMANT:
        raise ValueError("verdict: a truncated run is never conformant")
    ids = Counter(clause.id for clause in result.clauses)
    if repeated := [name for name, count in ids.items() if count > 1]:
        raise ValueError(f"clauses: {repeated[0]!r:.80} is listed more than once")
