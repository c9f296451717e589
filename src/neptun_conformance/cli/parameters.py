"""From the declared settings of a run to options of the command line, and their help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from neptun_conformance.settings import (
    OPTIONS,
    REACH,
    WHERE,
    Option,
    SettingError,
    Settings,
    checked,
)

GROUPS = {option.key: option.group for option in OPTIONS}
_FOR_A_TARGET = {
    "rate",
    "deadline",
    "run-deadline",
    "max-requests",
    "max-throttle",
    "max-outage",
    "max-body",
}
OF_A_TARGET = tuple(o for o in OPTIONS if o.group in {WHERE, REACH} or o.name in _FOR_A_TARGET)
"""The settings that say where a target is and how to treat it."""


class Grouped(click.Command):
    """A command whose help shows the settings of a run under their headings, its own first."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options into the help, each heading with its own."""
        rows: dict[str, list[tuple[str, str]]] = {"Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                rows.setdefault(GROUPS.get(parameter.name or "", "Options"), []).append(record)
        for heading, records in rows.items():
            with formatter.section(heading):
                formatter.write_dl(records)


def parameters(options: Iterable[Option]) -> list[click.Parameter]:
    """Return the settings as options of a command."""
    return [_parameter(option) for option in options]


def settings_of(values: dict[str, Any]) -> Settings:
    """Return the settings that the options of a command give.

    Raises:
        click.ClickException: a value cannot be used, or two exclude each other.
    """
    try:
        return checked(values)
    except SettingError as problem:
        raise click.ClickException(str(problem)) from None


def _parameter(option: Option) -> click.Option:
    kind: Any = click.Choice(option.choices) if option.choices else option.type
    return click.Option(
        [f"--{option.name}", option.key],
        type=None if option.type is bool else kind,
        is_flag=option.type is bool,
        multiple=option.many,
        default=None,
        metavar=option.metavar,
        help=option.help + _default(option),
        shell_complete=_COMPLETIONS.get(option.metavar or ""),
    )


def _default(option: Option) -> str:
    if option.default in {None, False, ()}:
        return ""
    number = isinstance(option.default, float)
    return f"  [default: {option.default:g}]" if number else f"  [default: {option.default}]"


def _paths(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    return [CompletionItem(typed, type="file")]


def _folders(
    _context: click.Context, _parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    return [CompletionItem(typed, type="dir")]


def clause_ids(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Complete the id of a clause."""
    from neptun_conformance import contract

    return [name for name in contract.clauses() if name.startswith(typed)]


_COMPLETIONS: dict[str, Any] = {
    "FILE": _paths,
    "PATH": _paths,
    "DIR": _folders,
    "CLAUSE": clause_ids,
}
