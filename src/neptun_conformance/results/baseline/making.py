"""Makes a baseline of a run, for a person to fill in why each failure is accepted.

Where there is a file already, all that a person wrote in it stays: reasons, links, dates, comments
and the order. Only entries that pass now are taken out, and new ones are added at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from neptun_conformance.results.baseline.applying import FAILED, effort_of, is_over, outcomes
from neptun_conformance.results.baseline.entries import Effort
from neptun_conformance.results.baseline.written import Written
from neptun_conformance.results.text import one_line, target_name
from neptun_conformance.targets.document import PLAIN_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.results.baseline.entries import Baseline, Entry
    from neptun_conformance.results.result import ClauseRecord, Result


@dataclass(frozen=True)
class Made:
    """A baseline that was made.

    Arguments:
        text: of the file.
        removed: a line for each entry of the earlier file that is not in it any more.
    """

    text: str
    removed: tuple[str, ...] = ()


def from_result(
    result: Result, *, keep: Baseline | None = None, accepted: Baseline | None = None
) -> Made:
    """Return a baseline with an entry for every failing clause, new reasons left to fill in.

    A clause is split into its checks only where a person has split it.

    Arguments:
        result: of the run.
        keep: what the file holds so far, perhaps with empty reasons.
        accepted: the baseline of the run, where that is another file.
    """
    kept = _holding(result, keep)
    others = [e for e in _holding(result, accepted) if not any(_overlap(e, k) for k in kept)]
    added = [_dumped(entry) for entry in others]
    added += _new(result, [*kept, *others])
    if keep is None or not keep.entries:
        return Made((keep.text if keep else "") + _head(result) + ("\n".join(added) or "[]\n"))
    text = Written(keep.text).with_changes(
        keep=[entry in kept for entry in keep.entries],
        dumped=[_dumped(entry) for entry in keep.entries],
        added=added,
    )
    gone = [entry for entry in keep.entries if entry not in kept]
    return Made(text, tuple(keep.line(entry, f"taken out: {_why(entry)}") for entry in gone))


def _holding(result: Result, baseline: Baseline | None) -> list[Entry]:
    return [e for e in (baseline.entries if baseline else ()) if not is_over(result, e)]


def _overlap(one: Entry, other: Entry) -> bool:
    either = None in {one.check, other.check}
    return one.clause == other.clause and (either or one.check == other.check)


def _why(entry: Entry) -> str:
    return f"passes now (its reason was: {entry.reason})" if entry.reason else "passes now"


def _head(result: Result) -> str:
    return (
        f"# Known deviations of {target_name(result)}, seen on {result.started[:10]}.\n"
        "# Say for each why it is accepted: a run refuses an entry without a reason.\n\n"
    )


def _new(result: Result, known: list[Entry]) -> Iterator[str]:
    """Yield an entry for each failing clause, or for each failing check of one that is split."""
    effort = effort_of(result)
    needs = {} if effort is Effort.DEFAULT else {"effort": effort.value}
    for clause in result.clauses:
        covering = [entry for entry in known if entry.clause == clause.id]
        failing = [check for check, outcome in outcomes(clause).items() if outcome in FAILED]
        split = [c for c in failing if not any(entry.covers(c) for entry in covering)]
        if covering:
            for check in split:
                named: dict[str, object] = {
                    "clause": clause.id,
                    "check": check,
                    "reason": "",
                    **needs,
                }
                yield _comment(clause, check) + _written(named)
        elif clause.outcome in FAILED:
            yield _comment(clause) + _written({"clause": clause.id, "reason": "", **needs})


def _comment(clause: ClauseRecord, check: str | None = None) -> str:
    said = (f.message for f in clause.findings if check in {None, f.check})
    return "".join(f"# {one_line(message)[:120]}\n" for message in dict.fromkeys(said))


def _dumped(entry: Entry) -> str:
    return _written(entry.model_dump(mode="json", exclude_defaults=True))


def _written(entry: dict[str, object]) -> str:
    text: str = yaml.dump([entry], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
    return text


class _Dumper(yaml.SafeDumper):
    """Quotes what the reader takes for a number, such as ``1e100``; PyYAML itself does not."""

    def represent_text(self, value: str) -> yaml.ScalarNode:
        plain = any(re.fullmatch(pattern, value) for pattern, _ in PLAIN_TYPES.values())
        return self.represent_scalar("tag:yaml.org,2002:str", value, "'" if plain else None)


_Dumper.add_representer(str, _Dumper.represent_text)
