"""The command line. What is heavy is imported where it is needed: ``--help`` must come at once."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

import click

from neptun_conformance import __version__
from neptun_conformance.cli.completion import PROGRAM, VARIABLE
from neptun_conformance.cli.console import print_error
from neptun_conformance.cli.parameters import Grouped, parameters, settings_of
from neptun_conformance.cli.verbs import VERBS
from neptun_conformance.engine import interrupts
from neptun_conformance.settings import OPTIONS, Settings

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
INTERRUPTED = 2
ERROR = 3
USAGE = 4


class _Checking(click.Group, Grouped):
    """A group that checks a target when no verb is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the verbs in an order that helps, not by the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb; where there is none, say what was probably meant.

        Raises:
            UsageError: the first word is no verb.
        """
        name = args[0]
        if name in self.commands or name.startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"there is no command {name!r}; {self._meant_by(name)}")

    def _meant_by(self, name: str) -> str:
        if "://" in name:
            return f"give a URL as --base-url {name}"
        if name.endswith((".yaml", ".yml", ".json")):
            return f"give a target file as --target {name}"
        from difflib import get_close_matches

        near = get_close_matches(name, self.commands, n=1)
        return f"did you mean {near[0]}?" if near else "--help lists them"


@click.group(cls=_Checking, invoke_without_command=True, context_settings=_CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name=PROGRAM)
@click.pass_context
def cli(context: click.Context, /, **values: Any) -> int:
    """Test whether a server is a conformant chat files endpoint of the Neptun API.

    Without a target it tests the embedded reference server. Sessions come from the target file or
    the environment (NEPTUN_OWNER__SESSION), never from the command line.

    \b
    neptun-conformance init staging.yaml              write a target file to fill in
    neptun-conformance doctor --target staging.yaml   test the setup
    neptun-conformance --target staging.yaml          test the target

    Exit status: 0 conformant, 1 nonconformant, 2 interrupted, 3 internal error, 4 usage or target
    file, 6 unreachable, 7 incomplete.
    """  # noqa: D301 - the backspace tells click to leave the lines below as they are
    if context.invoked_subcommand is None:
        return _check(values)
    given = [option.name for option in OPTIONS if values[option.key] not in {None, ()}]
    if given:
        raise click.UsageError(
            f"--{given[0]}: put it after the command, as in "
            f"`{PROGRAM} {context.invoked_subcommand} --{given[0]} …`"
        )
    return 0


cli.params.extend(parameters(OPTIONS))
for _verb in VERBS:
    cli.add_command(_verb)


def _check(values: dict[str, Any]) -> int:
    settings = settings_of(values)
    # From here on the outputs are known, and get a report whatever comes.
    with interrupts.held(), ExitStack() as stack:
        with _nothing_collected():
            stack.enter_context(_drawing(settings))
            from neptun_conformance.cli import check
        return check.check(settings)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let the garbage collector pass over what is imported, now and later.

    It lives as long as the process does; looking at it again and again takes a fifth of a run.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        if was_enabled:
            gc.enable()


def _drawing(settings: Settings) -> AbstractContextManager[object]:
    """Begin at once with what takes longest, where a run will need it."""
    if settings.only or settings.effort == "quick":
        return nullcontext()
    from neptun_conformance.questions.generated import drawing, kept

    return nullcontext() if kept.may_be_there(seed=settings.seed) else drawing.under_way()


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status.

    Arguments:
        arguments: the command line without the program's name, that of the process by default.
    """
    try:
        _refuse_sessions(sys.argv[1:] if arguments is None else arguments)
        status = cli.main(
            arguments, prog_name=PROGRAM, complete_var=VARIABLE, standalone_mode=False
        )
    except click.ClickException as problem:
        print_error(" ".join(problem.format_message().split()))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        print_error("interrupted")
        return INTERRUPTED
    except Exception as fault:
        if sys.flags.dev_mode:
            raise
        print_error(_internal(fault))
        return ERROR
    return status if isinstance(status, int) else 0


def _internal(fault: Exception) -> str:
    """Say what broke and where, without the message: it may hold a session."""
    *_, place = traceback.extract_tb(fault.__traceback__)
    where = f"{os.path.basename(place.filename)}, line {place.lineno}"  # noqa: PTH119 - a name only
    return (
        f"internal error: {type(fault).__name__} in {where}; please report it "
        "(`python -X dev -m neptun_conformance` shows more)"
    )


def _refuse_sessions(arguments: list[str]) -> None:
    for argument in arguments:
        name = argument.partition("=")[0]
        if name.startswith("--") and ("session" in name or "cookie" in name):
            raise click.UsageError(
                f"{name}: every user of the machine can see a session on the command line; "
                "give it in the environment (NEPTUN_OWNER__SESSION) or in a target file"
            )


def entry() -> None:
    """Run the command as a program."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows what it lacks as an escape instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    status = main()
    gc.freeze()  # Python would look for garbage twice before it ends
    sys.exit(status)
