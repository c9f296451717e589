"""Reads a baseline, and refuses every entry that would hide more than it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from neptun_conformance.results.text import one_line
from neptun_conformance.targets.document import LARGEST_FILE, parse_value

if TYPE_CHECKING:
    from collections.abc import Collection


class BaselineError(Exception):
    """A baseline that cannot be used; one line that names its file and the entry."""


def _filled(value: str) -> str:
    if not value.strip():
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


class Entry(BaseModel):
    """One accepted failure: of a whole clause, or of one check of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    clause: str
    check: str | None = None
    reason: Annotated[str, AfterValidator(_filled)]
    issue: Annotated[str, AfterValidator(_link)] | None = None
    expires: Annotated[date, BeforeValidator(_day)] | None = None

    def covers(self, check: str) -> bool:
        """Tell whether a failure of the check is accepted."""
        return self.check in (None, check)

    @property
    def name(self) -> str:
        """The entry in words: its clause, and its check where it has one."""
        return f"{self.clause}, check {self.check}" if self.check else self.clause


@dataclass(frozen=True)
class Baseline:
    """The entries of a file, in its order; all of them known, filled in and not expired."""

    path: str
    entries: tuple[Entry, ...]

    def of(self, clause: str) -> list[Entry]:
        """Return the entries about a clause."""
        return [entry for entry in self.entries if entry.clause == clause]

    def line(self, entry: Entry, problem: str) -> str:
        """Return a line about an entry that names its file, number and clause."""
        return _line(self.path, self.entries.index(entry), entry.name, problem)


def load(path: str | Path, *, clauses: Collection[str], today: date | None = None) -> Baseline:
    """Read a baseline.

    Arguments:
        path: of the YAML file.
        clauses: the ids of all clauses of the contract.
        today: the day of the run; by default the current one in UTC.

    Raises:
        BaselineError: the file cannot be read, is no YAML list of entries, or has an entry with
            an unknown key or clause, without a reason, that has expired or that another covers.
    """
    try:
        entries = _entries(Path(path))
    except (OSError, ValueError) as problem:
        reason = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise BaselineError(f"baseline {_shown(path)}: {reason}") from None
    today = today or datetime.now(UTC).date()
    known: list[Entry] = []
    for place, value in enumerate(entries):
        known.append(_entry(value, known, clauses=clauses, today=today, at=(str(path), place)))
    return Baseline(path=str(path), entries=tuple(known))


def _shown(path: str | Path) -> str:
    return one_line(str(path))


def _line(path: str, place: int, name: str, problem: str) -> str:
    return f"baseline {_shown(path)}: entry {place + 1} ({one_line(name)}): {problem}"


def _entries(path: Path) -> list[object]:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError(f"is larger than {LARGEST_FILE:,} bytes")
    try:
        value = parse_value(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start + 1})") from None
    if not isinstance(value, list | None):
        raise ValueError("is not a list of entries (- clause: …)")  # noqa: TRY004 (bad content)
    return value or []


def _entry(
    value: object,
    earlier: list[Entry],
    *,
    clauses: Collection[str],
    today: date,
    at: tuple[str, int],
) -> Entry:
    name = value.get("clause") if isinstance(value, dict) else None
    named = name if isinstance(name, str) else "no clause"
    try:
        entry = Entry.model_validate(value)
        _refuse(entry, earlier, clauses=clauses, today=today)
    except ValidationError as problem:
        raise BaselineError(_line(*at, named, _first(problem))) from None
    except ValueError as problem:
        raise BaselineError(_line(*at, named, str(problem))) from None
    return entry


def _refuse(entry: Entry, earlier: list[Entry], *, clauses: Collection[str], today: date) -> None:
    if entry.clause not in clauses:
        raise ValueError("is no clause of this contract")
    if entry.expires and entry.expires < today:
        raise ValueError(f"expired on {entry.expires}: mend the failure or renew the entry")
    for place, other in enumerate(earlier):
        same = other.check == entry.check or None in (other.check, entry.check)
        if other.clause == entry.clause and same:
            raise ValueError(f"covers what entry {place + 1} covers too")


def _first(problem: ValidationError) -> str:
    # A misspelt key also makes one that is missing: the misspelt one is the cause.
    errors = sorted(problem.errors(), key=lambda error: error["type"] != "extra_forbidden")
    first: Any = errors[0]
    key = one_line(".".join(str(part) for part in first["loc"]))
    match first["type"]:
        case "extra_forbidden":
            return f"{key} is no key: {', '.join(Entry.model_fields)} are"
        case "missing":
            return f"{key} is missing"
        case "model_type":
            return "is not a mapping of keys and values"
        case "string_type":
            return f"{key} is not a text"
        case "value_error":
            return f"{key} {first['ctx']['error']}"
        case _:
            return f"{key} is wrong: {first['msg']}"
