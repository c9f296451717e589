"""Reads a baseline, and refuses every entry that would hide more than it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidationInfo,
)

from neptun_conformance.results.errors import BaselineError
from neptun_conformance.results.text import one_line
from neptun_conformance.targets.document import parse_value, read_text
from neptun_conformance.targets.errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Collection

DRAFT = "draft"
"""Context of validation under which reasons may be empty, as in a file that was just written."""


def _filled(value: str, info: ValidationInfo) -> str:
    if not value.strip() and info.context != DRAFT:
        raise ValueError("is empty: say why this failure is accepted")
    return value


def _link(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]\S*", value):
        raise ValueError("is not a link: write http:// or https:// before it")
    return value


def _day(value: object) -> object:
    # Only a calendar date: a time of day would make the same run pass and fail within a day.
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        raise ValueError("is not a date: write it as 2027-03-31")
    return value


class Effort(StrEnum):
    """How many requests a run sends; in the order of their number."""

    QUICK = "quick"
    DEFAULT = "default"
    DEEP = "deep"

    def less_than(self, other: Effort) -> bool:
        """Tell whether a run with this effort asks less than one with the other."""
        order = list(Effort)
        return order.index(self) < order.index(other)


class Entry(BaseModel):
    """One accepted failure: of a whole clause, or of one check of it.

    ``effort`` is the least effort of a run that finds it: what passes with less has not got better.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    clause: str
    check: str | None = None
    reason: Annotated[str, AfterValidator(_filled)]
    issue: Annotated[str, AfterValidator(_link)] | None = None
    expires: Annotated[date, BeforeValidator(_day)] | None = None
    effort: Effort = Effort.DEFAULT

    def covers(self, check: str) -> bool:
        """Tell whether a failure of the check is accepted."""
        return self.check in (None, check)

    @property
    def name(self) -> str:
        """The entry in words: its clause, and its check where it has one."""
        return f"{self.clause}, check {self.check}" if self.check else self.clause


@dataclass(frozen=True)
class Baseline:
    """The entries of a file, in its order.

    Arguments:
        path: of the file.
        entries: all of them known and, but for a draft, filled in.
        today: the day of the run, in UTC.
        text: what stands in the file.
    """

    path: str
    entries: tuple[Entry, ...]
    today: date
    text: str = ""

    def of(self, clause: str) -> list[Entry]:
        """Return the entries about a clause that hold today."""
        return [e for e in self.entries if e.clause == clause and not self.expired(e)]

    def expired(self, entry: Entry) -> bool:
        """Tell whether the last day of an entry is over."""
        return entry.expires is not None and entry.expires < self.today

    def line(self, entry: Entry, problem: str) -> str:
        """Return a line about an entry that names its file, number and clause."""
        return _line(self.path, self.entries.index(entry), entry.name, problem)


def load(
    path: str | Path, *, clauses: Collection[str], today: date | None = None, draft: bool = False
) -> Baseline:
    """Read a baseline.

    Arguments:
        path: of the YAML file.
        clauses: the ids of all clauses of the contract.
        today: the day of the run; by default the current one in UTC.
        draft: take entries whose reasons are still empty, too.

    Raises:
        BaselineError: the file cannot be read, is no YAML list of entries, or has an entry with
            an unknown key or clause, without a reason, or that another covers.
    """
    try:
        text = read_text(Path(path))
        entries = _entries(text)
    except (OSError, ValueError) as problem:
        raise BaselineError(f"baseline {_shown(path)}: {reason_of(problem)}") from None
    known: list[Entry] = []
    for place, value in enumerate(entries):
        at = (str(path), place)
        known.append(_entry(value, known, clauses=clauses, draft=draft, at=at))
    today = today or datetime.now(UTC).date()
    return Baseline(path=str(path), entries=tuple(known), today=today, text=text)


def _shown(path: str | Path) -> str:
    return one_line(str(path))


def _line(path: str, place: int, name: str, problem: str) -> str:
    return f"baseline {_shown(path)}: entry {place + 1} ({one_line(name)}): {problem}"


def _entries(text: str) -> list[object]:
    value = parse_value(text)
    if not isinstance(value, list | None):
        raise ValueError("is not a list of entries (- clause: …)")  # noqa: TRY004 (bad content)
    return value or []


def _entry(
    value: object,
    earlier: list[Entry],
    *,
    clauses: Collection[str],
    draft: bool,
    at: tuple[str, int],
) -> Entry:
    name = value.get("clause") if isinstance(value, dict) else None
    named = name if isinstance(name, str) else "no clause"
    try:
        entry = Entry.model_validate(value, context=DRAFT if draft else None)
        _refuse(entry, earlier, clauses=clauses)
    except ValidationError as problem:
        raise BaselineError(_line(*at, named, _first(problem))) from None
    except ValueError as problem:
        raise BaselineError(_line(*at, named, str(problem))) from None
    return entry


def _refuse(entry: Entry, earlier: list[Entry], *, clauses: Collection[str]) -> None:
    if entry.clause not in clauses:
        raise ValueError("is not a clause of this contract")
    for place, other in enumerate(earlier):
        same = other.check == entry.check or None in (other.check, entry.check)
        if other.clause == entry.clause and same:
            raise ValueError(f"covers what entry {place + 1} covers too")


def _first(problem: ValidationError) -> str:
    # A misspelt key also makes one that is missing: the misspelt one is the cause.
    errors = sorted(problem.errors(), key=lambda error: error["type"] != "extra_forbidden")
    first: Any = errors[0]
    key = one_line(".".join(str(part) for part in first["loc"]))
    said = {
        "extra_forbidden": f"{key} is an unknown key: known are {', '.join(Entry.model_fields)}",
        "missing": f"{key} is missing",
        "model_type": "is not a mapping of keys and values",
        "string_type": f"{key} is not a text",
        "enum": f"{key} is none of {', '.join(Effort)}",
        "value_error": f"{key} {first.get('ctx', {}).get('error')}",
    }
    return said.get(first["type"], f"{key} is wrong: {first['msg']}")
