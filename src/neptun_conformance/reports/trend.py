"""One target over time, from a folder of kept reports: how the verdict and the clauses went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from neptun_conformance.contract.level import Level
from neptun_conformance.cutting import listed
from neptun_conformance.reports.markup import Markup, join, tag
from neptun_conformance.reports.page import scroller
from neptun_conformance.reports.shell import document, row, section, table
from neptun_conformance.results.diff import Trend, compare
from neptun_conformance.results.result import Outcome, Verdict
from neptun_conformance.results.text import counted, headline, moment, one_line, tally, target_name

if TYPE_CHECKING:
    from neptun_conformance.reports.matrix import Matrix
    from neptun_conformance.results.result import Result

_WIDTH, _HEIGHT, _LEFT, _BELOW = 640, 200, 40, 24
"""Units of the plot's own, its left margin and that below among them."""
_TICKS = 4
_NAMED = 5
"""Clauses and causes that a change names; `diff` of the two runs names all."""


@dataclass(frozen=True)
class Run:
    """One run among others of its target.

    Arguments:
        result: the run.
        failing: how many clauses fail, by level.
        changes: what is not as it was in the run before, one line each.
    """

    result: Result
    failing: dict[Level, int]
    changes: tuple[str, ...] = ()


def history(matrix: Matrix) -> dict[str, list[Run]]:
    """Return the runs of each target, the earliest first.

    Arguments:
        matrix: the reports of a folder.
    """
    ordered = sorted(matrix.results.values(), key=_when)
    targets: dict[str, list[Result]] = {}
    for result in ordered:
        targets.setdefault(target_name(result), []).append(result)
    return {target: list(_runs(results)) for target, results in targets.items()}


def _when(result: Result) -> datetime:
    return datetime.fromisoformat(result.started)


def _runs(results: Sequence[Result]) -> Iterator[Run]:
    yield Run(results[0], _failing(results[0]))
    for before, after in pairwise(results):
        yield Run(after, _failing(after), tuple(_changes(before, after)))


def _failing(result: Result) -> dict[Level, int]:
    failed = [clause.level for clause in result.clauses if clause.outcome is Outcome.FAIL]
    return {level: failed.count(level) for level in Level}


def _changes(before: Result, after: Result) -> Iterator[str]:
    """Yield what got worse and better, and which causes came and went."""
    difference = compare(before, after)
    for trend in (Trend.WORSE, Trend.BETTER):
        clauses = [change.clause for change in difference.changes if change.trend is trend]
        if clauses:
            yield f"{trend}: {listed([one_line(clause) for clause in clauses], _NAMED)}"
    yield from difference.causes[:_NAMED]
    if len(difference.causes) > _NAMED:
        yield f"{len(difference.causes) - _NAMED} more causes came or went"


def render_text(matrix: Matrix) -> str:
    """Return a line for each run, and what changed, for a terminal."""
    lines = []
    for target, runs in history(matrix).items():
        lines += [one_line(target)]
        for run in runs:
            lines.append(f"  {moment(run.result.started)}  {_told(run)}")
            lines += [f"    {change}" for change in run.changes]
    lines += [f"unreadable: {one_line(line)}" for line in matrix.unreadable]
    return "\n".join(lines) + "\n"


def _told(run: Run) -> str:
    figures = ", ".join(tally(run.result))
    return f"{headline(run.result)}  {_figures(run)}  ({figures})"


def _figures(run: Run) -> str:
    failing = [f"{number} {level}" for level, number in run.failing.items() if number]
    return f"{' and '.join(failing) or 'nothing'} failed"


def render_html(matrix: Matrix) -> str:
    """Return the runs of each target as one self-contained page, with a plot for each."""
    targets = history(matrix)
    number = sum(map(len, targets.values()))
    header = join(
        tag("p", "Chat files endpoint, conformance over time", class_="kind"),
        tag("h1", counted(number, "run")),
        *(tag("p", line, class_="warning") for line in matrix.unreadable),
    )
    main = join(*(_target(place, *each) for place, each in enumerate(targets.items(), 1)))
    footer = tag("p", "neptun-conformance trend")
    return document(
        title=f"{counted(number, 'run')} over time", header=header, main=main, footer=footer
    )


def _target(place: int, target: str, runs: list[Run]) -> Markup:
    rows = [
        row(
            moment(run.result.started),
            tag("strong", run.result.verdict.capitalize(), class_=f"{run.result.verdict}"),
            _figures(run),
            join(*(tag("p", change) for change in run.changes)),
        )
        for run in reversed(runs)
    ]
    head = ["Started", "Verdict", "Failing clauses", "What changed"]
    shown = table("Runs, the newest first", head, rows, class_="wide")
    return section(f"target-{place}", target, _plot(target, runs), scroller(shown, "Runs"))


def _plot(target: str, runs: list[Run]) -> Markup:
    """Draw the failing clauses over time; the table says the same to those who do not see."""
    most = max(1, *(number for run in runs for number in run.failing.values()))
    steps = sorted({round(most * tick / _TICKS) for tick in range(_TICKS + 1)})
    lines = [
        join(
            tag("line", x1=_LEFT, x2=_WIDTH, y1=_y(step, most), y2=_y(step, most), class_="grid"),
            tag("text", str(step), x=_LEFT - 6, y=_y(step, most) + 4, text_anchor="end"),
        )
        for step in steps
    ]
    places = _places(runs)
    drawn = [_line(level, places, runs, most) for level in Level]
    ends = [(places[0], runs[0], "start"), (places[-1], runs[-1], "end")]
    dates = [
        tag("text", run.result.started[:10], x=place, y=_HEIGHT - 4, text_anchor=anchor)
        for place, run, anchor in (ends if len(runs) > 1 else ends[:1])
    ]
    label = f"Failing clauses of {target} over time: MUST as squares, SHOULD as circles"
    picture = tag(
        "svg",
        *lines,
        *drawn,
        *dates,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=label,
        class_="plot",
    )
    legend = "Failing clauses: □ MUST, ○ SHOULD; ■ where the run is not conformant."
    return join(picture, tag("p", legend, class_="quiet"))


def _places(runs: list[Run]) -> list[int]:
    """Return where each run stands from left to right, by its time."""
    times = [_when(run.result).timestamp() for run in runs]
    span = (times[-1] - times[0]) or 1
    room = _WIDTH - _LEFT - 16
    return [_LEFT + 8 + round(room * (at - times[0]) / span) for at in times]


def _y(number: int, most: int) -> int:
    room = _HEIGHT - _BELOW - 12
    return 8 + round(room * (1 - number / most))


def _line(level: Level, places: list[int], runs: list[Run], most: int) -> Markup:
    points = [(x, _y(run.failing[level], most)) for x, run in zip(places, runs, strict=True)]
    path = " ".join(f"{x},{y}" for x, y in points)
    marks = [_mark(level, x, y, run) for (x, y), run in zip(points, runs, strict=True)]
    return join(tag("polyline", points=path, class_=f"line {level.lower()}"), *marks)


def _mark(level: Level, x: int, y: int, run: Run) -> Markup:
    title = tag("title", f"{moment(run.result.started)}: {headline(run.result)}, {_figures(run)}")
    if level is Level.MUST:
        kind = "mark" if run.result.verdict is Verdict.CONFORMANT else "mark bad"
        return tag("rect", title, x=x - 4, y=y - 4, width=8, height=8, class_=kind)
    return tag("circle", title, cx=x, cy=y, r=4, class_="mark")
