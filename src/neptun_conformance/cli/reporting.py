"""What is made of kept results: reports, the difference of two, and many side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from neptun_conformance.cli.console import echo
from neptun_conformance.settings import OPTIONS

FORMS = {
    option.key.removeprefix("report_"): option.help
    for option in OPTIONS
    if option.key.startswith("report_") and option.key != "report_json"
}
"""What can be made of a JSON report, and how an option says so."""

_Command = Callable[..., object]


@contextmanager
def _one_line() -> Iterator[None]:
    """Turn what is wrong with a file into the one line that refuses it."""
    from neptun_conformance.reports.reading import ReportError
    from neptun_conformance.reports.writing import OutputError

    try:
        yield
    except (ReportError, OutputError) as problem:
        raise click.ClickException(str(problem)) from None


def _forms(*names: str) -> Callable[[_Command], _Command]:
    """Give a command an option for each of these formats."""

    def add(command: _Command) -> _Command:
        for name in reversed(names):
            option = click.option(f"--{name}", metavar="FILE", help=FORMS[name])
            command = option(command)
        return command

    return add


@click.command()
@click.argument("file", metavar="FILE")
@_forms(*FORMS)
def report(file: str, **paths: str | None) -> None:
    """Make reports from a JSON report.

    FILE is what --report-json wrote. Without options this prints the report as at the end of the
    run. All reports are the same as those that the run itself writes.
    """
    from neptun_conformance.reports import RENDERERS, terminal
    from neptun_conformance.reports.reading import read_result
    from neptun_conformance.reports.writing import write_atomically

    with _one_line():
        result = read_result(file)
        for form, path in paths.items():
            if path is not None:
                write_atomically(path, RENDERERS[form](result))
    if not any(paths.values()):
        echo(terminal.render(result))


@click.command()
@click.argument("before", metavar="A.json")
@click.argument("after", metavar="B.json")
def diff(before: str, after: str) -> int:
    """Compare two JSON reports.

    A and B are JSON reports, the earlier one first.

    Exit status: 1 when B is worse, 0 when not, 4 when a report cannot be read.
    """
    from neptun_conformance.reports.reading import read_result
    from neptun_conformance.results.diff import compare, render

    with _one_line():
        difference = compare(read_result(before), read_result(after))
    echo(render(difference), line_end=False)
    return int(difference.worse)


@click.command()
@click.argument("folder", metavar="DIR")
@_forms("html", "markdown")
def matrix(folder: str, html: str | None, markdown: str | None) -> None:
    """Compare many targets.

    Prints a table of clauses by target. DIR has a JSON report for each target, in any subfolder.

    Exit status: 0, or 4 if a report cannot be read; the others are shown all the same.
    """
    from neptun_conformance.reports import matrix as side_by_side
    from neptun_conformance.reports.writing import write_atomically

    with _one_line():
        found = side_by_side.read(Path(folder))
        if html is not None:
            write_atomically(html, side_by_side.render_html(found, Path(html)))
        if markdown is not None:
            write_atomically(markdown, side_by_side.render_markdown(found))
    echo(side_by_side.render_text(found), line_end=False)
    _refuse_unreadable(found.unreadable)


@click.command()
@click.argument("folder", metavar="DIR")
@_forms("html")
def trend(folder: str, html: str | None) -> None:
    """Show a target over time.

    DIR has JSON reports, such as those of nightly runs, in any subfolder. For each run this prints
    the verdict, how many clauses fail, and what changed since the run before. With --html it also
    writes a page with a plot.

    Exit status: 0, or 4 if a report cannot be read; the others are shown all the same.
    """
    from neptun_conformance.reports import matrix as side_by_side
    from neptun_conformance.reports import trend as over_time
    from neptun_conformance.reports.writing import write_atomically

    with _one_line():
        found = side_by_side.read(Path(folder))
        if html is not None:
            write_atomically(html, over_time.render_html(found))
    echo(over_time.render_text(found), line_end=False)
    _refuse_unreadable(found.unreadable)


def _refuse_unreadable(lines: tuple[str, ...]) -> None:
    if lines:
        raise click.ClickException(f"not all reports could be read: {len(lines)} left out")
