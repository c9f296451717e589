"""The command line. What is heavy is imported where it is needed: ``--help`` must come at once."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from neptun_conformance import __version__
from neptun_conformance.options import OPTIONS, Option, SettingError, checked

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
USAGE = 4
ERROR = 3


class _ByGroup(click.Group):
    """A group that checks a target when no verb is named, and shows its options by heading."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for group in dict.fromkeys(option.group for option in OPTIONS):
            keys = {option.key for option in OPTIONS if option.group == group}
            rows = [p.get_help_record(ctx) for p in self.get_params(ctx) if p.name in keys]
            with formatter.section(group):
                formatter.write_dl([row for row in rows if row])
        self.format_commands(ctx, formatter)


def _option(option: Option) -> click.Option:
    kind: Any = click.Choice(option.choices) if option.choices else option.type
    return click.Option(
        [f"--{option.name}", option.key],
        type=None if option.type is bool else kind,
        is_flag=option.type is bool,
        multiple=option.many,
        default=None,
        metavar=option.metavar,
        help=option.help + _default(option),
    )


def _default(option: Option) -> str:
    if option.default in {None, False}:
        return ""
    return f"  [default: {option.default:g}]" if isinstance(option.default, float) else f"  [default: {option.default}]"


@click.group(cls=_ByGroup, invoke_without_command=True, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="neptun-conformance")
@click.pass_context
def cli(context: click.Context, **values: Any) -> None:
    """Tell whether a server is a conformant chat files endpoint of the Neptun API.

    Without a target it checks the embedded reference server. Sessions are given in the target file
    or by the environment (NEPTUN_OWNER__SESSION), never on the command line.

    Exit status: 0 conformant, 1 nonconformant, 2 interrupted, 3 internal error, 4 usage or target
    file, 6 unreachable, 7 incomplete.
    """
    if context.invoked_subcommand is None:
        context.exit(_check(values))


cli.params.extend(_option(option) for option in OPTIONS)


def _check(values: dict[str, Any]) -> int:
    try:
        settings = checked(values)
    except SettingError as problem:
        return _refused(str(problem))
    from neptun_conformance import main_run

    return main_run.check(settings)


def _refused(line: str) -> int:
    click.echo(f"neptun-conformance: {line}", err=True)
    return USAGE


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status.

    Arguments:
        arguments: the command line without the program's name, that of the process by default.
    """
    from neptun_conformance import verbs  # noqa: F401 - its import adds the verbs

    try:
        _refuse_sessions(sys.argv[1:] if arguments is None else arguments)
        status = cli.main(arguments, prog_name="neptun-conformance", standalone_mode=False)
    except click.UsageError as problem:
        return _refused(problem.format_message())
    except (click.Abort, KeyboardInterrupt):
        return 2
    except click.ClickException as problem:
        return _refused(problem.format_message())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def _refuse_sessions(arguments: list[str]) -> None:
    for argument in arguments:
        name = argument.partition("=")[0]
        if name.startswith("--") and ("session" in name or "cookie" in name):
            raise click.UsageError(
                f"{name}: a session on the command line is seen by everybody on the machine; "
                "give it in the environment (NEPTUN_OWNER__SESSION) or in a target file"
            )


def entry() -> None:
    """Run the command as a program."""
    sys.exit(main())
