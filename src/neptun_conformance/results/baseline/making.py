"""Makes a baseline of a run, for a person to fill in why each failure is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from neptun_conformance.results.baseline.applying import FAILED, became, outcomes
from neptun_conformance.results.text import one_line, target_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.results.baseline.entries import Baseline, Entry
    from neptun_conformance.results.result import Result


def from_result(result: Result, *, keep: Baseline | None = None) -> str:
    """Return a baseline of every failing check, its reasons left to fill in.

    Arguments:
        result: of the run.
        keep: the baseline of this run; its entries that still hold are kept as they are.
    """
    kept = [
        entry
        for entry in (keep.entries if keep else ())
        if keep and became(result, keep, entry)[0] != "outdated"
    ]
    head = [
        f"# Known deviations of {target_name(result)}, seen on {result.started[:10]}.",
        "# Say for each why it is accepted: a run refuses an entry without a reason.",
    ]
    entries = [_written(entry.model_dump(mode="json", exclude_none=True)) for entry in kept]
    entries += list(_new(result, kept))
    return "\n".join([*head, *(entries or ["[]\n"])])


def _new(result: Result, kept: list[Entry]) -> Iterator[str]:
    for clause in result.clauses:
        holding = [entry for entry in kept if entry.clause == clause.id]
        for check, outcome in outcomes(clause).items():
            if outcome in FAILED and not any(entry.covers(check) for entry in holding):
                said = next((each for each in clause.findings if each.check == check), None)
                comment = f"# {one_line(said.message)[:120]}\n" if said else ""
                entry = {"clause": clause.id, "check": check}
                yield comment + _written({**entry, "reason": (said and said.known) or ""})


def _written(entry: dict[str, object]) -> str:
    text: str = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1000)
    return text
