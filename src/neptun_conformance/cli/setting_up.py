"""What helps with a target: its file, its examination, and asking again what it got wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from neptun_conformance.cli.console import echo
from neptun_conformance.cli.parameters import OF_A_TARGET, Grouped, parameters, settings_of
from neptun_conformance.settings import REACH
from neptun_conformance.targets.errors import reason_of


def _of_a_target(verb: click.Command) -> click.Command:
    """Give a verb the options that say where a target is."""
    verb.params.extend(parameters(OF_A_TARGET))
    return verb


_OF_DISCOVERY = tuple(
    option
    for option in OF_A_TARGET
    if option.group == REACH or option.name in {"base-url", "target"}
)


@click.command(cls=Grouped)
@click.argument("file", metavar="[FILE]", required=False)
@click.option(
    "--chats",
    metavar="NUMBERS",
    help="Chat numbers to try, such as 1-200,4711: those with and without files are written down.",
)
def init(file: str | None, chats: str | None, **values: Any) -> int:
    """Write a target file to start from.

    It is written to FILE, which must not exist, or to standard output. With --chats, and the
    target's address and sessions from a file or the environment, this command finds the chats by
    itself, and writes a target file that is complete.

    Exit status: 0, 1 when a chat was not found, 4 usage or target file.
    """
    from neptun_conformance.targets.template import TEMPLATE

    if chats is not None:
        return _discover(file, chats, values)
    given = [option.name for option in _OF_DISCOVERY if values[option.key]]
    if given:
        raise click.UsageError(f"--{given[0]}: only together with --chats")
    _write(file, TEMPLATE)
    if file is not None:
        echo(f"Wrote {file}. Fill it in, then try it: neptun-conformance doctor --target {file}")
    return 0


init.params.extend(parameters(_OF_DISCOVERY))


def _write(file: str | None, text: str) -> None:
    if file is None:
        echo(text, line_end=False)
        return
    try:
        with open(file, "x", encoding="utf-8") as target:  # noqa: PTH123 - `x` matters
            target.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file!r} is there already and stays as it is") from None
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"cannot write {file!r}: {reason_of(problem).lower()}") from None


def _discover(file: str | None, chats: str, values: dict[str, Any]) -> int:
    """Ask for chats, and write a target file with those that were found."""
    from neptun_conformance.cli import discovery

    try:
        numbers = discovery.candidates(chats)
    except ValueError as problem:
        raise click.UsageError(f"--chats: {problem}") from None
    if file is not None and Path(file).exists():
        raise click.ClickException(f"{file!r} is there already and stays as it is")
    text, found = discovery.drafted(settings_of(values), numbers)
    _write(file, text)
    for one in found:
        echo(str(one), err=True)
    if file is not None:
        echo(f"Wrote {file}. Test it: neptun-conformance doctor --target {file}")
    return int(any(one.problem for one in found))


@_of_a_target
@click.command(cls=Grouped)
def doctor(**values: Any) -> int:
    """Test the setup of a target.

    Prints one line each for reachability, TLS, the endpoint, every session and every chat, and what
    to do about a problem. This tells a wrong setup from a wrong server.

    Exit status: 0 all well, 1 a problem, 4 usage or target file, 6 unreachable.
    """
    from neptun_conformance.cli import doctor as examining

    return examining.examine(settings_of(values))


@_of_a_target
@click.command(cls=Grouped)
@click.argument("finding", metavar="FINDING-ID")
@click.option("--report", metavar="FILE", required=True, help="The JSON report that it stands in.")
@click.option(
    "--times",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    metavar="N",
    help="How often to ask.",
)
@click.option("--another-target", is_flag=True, help="Ask a target other than the report's.")
def replay(finding: str, report: str, times: int, *, another_target: bool, **values: Any) -> int:
    """Send a finding's request again.

    FINDING-ID is the id of a finding; every report shows it. The same request is sent a few times,
    on new connections. Requests that were sent in a fixed order or at the same time are sent so
    again. Sessions come from the target, as in a run. A target at another address than the report's
    is refused, unless --another-target is given.

    Exit status: 0 it no longer fails, 1 it still fails, 4 usage, target or report, 6 unreachable,
    7 it could not be tested.
    """
    from neptun_conformance.cli import replay

    return replay.replay(
        finding,
        report=report,
        times=times,
        another_target=another_target,
        settings=settings_of(values),
    )
