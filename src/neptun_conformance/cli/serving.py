"""Serves the reference, or one of the servers that are wrong or odd on purpose."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import click

from neptun_conformance.cli.console import echo

if TYPE_CHECKING:
    from neptun_conformance.server.faults import Fault

PORT = 8000


def _fault_names(_context: Any, _parameter: Any, typed: str) -> list[str]:
    from neptun_conformance.server.faults import FAULTS

    return [name for name in FAULTS if name.startswith(typed)]


def _legal_names(_context: Any, _parameter: Any, typed: str) -> list[str]:
    from neptun_conformance.server.legal import LEGAL

    return [name for name in LEGAL if name.startswith(typed)]


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Loopback port, 0 for any that is free.",
)
@click.option(
    "--fault",
    metavar="NAME",
    shell_complete=_fault_names,
    help="Serve a server that is wrong in this one thing (see `faults`).",
)
@click.option(
    "--legal",
    metavar="NAME",
    shell_complete=_legal_names,
    help="Serve a server that is odd in this one thing, and legal (see `faults --legal`).",
)
def serve(port: int, fault: str | None, legal: str | None) -> None:
    """Run the reference server until Ctrl-C.

    It listens on a loopback port and prints a target file that is ready for use, with the server's
    published demo sessions:

    \b
    neptun-conformance serve > target.yaml &
    neptun-conformance --target target.yaml
    """  # noqa: D301 - the backspace tells click to leave the lines below as they are
    if fault and legal:
        raise click.UsageError("--fault and --legal exclude each other")
    try:
        _serve(_chosen(fault, legal), port)
    except OSError as problem:
        reason = os.strerror(problem.errno).lower() if problem.errno else str(problem)
        raise click.ClickException(
            f"--port: {port} cannot be had ({reason}); 0 takes any that is free"
        ) from None
    except KeyboardInterrupt:
        return


def _chosen(fault: str | None, legal: str | None) -> Fault | None:
    from neptun_conformance.server.faults import FAULTS
    from neptun_conformance.server.legal import LEGAL

    for option, name, catalogue in (("--fault", fault, FAULTS), ("--legal", legal, LEGAL)):
        if name and name not in catalogue:
            listing = "faults --legal" if catalogue is LEGAL else "faults"
            from difflib import get_close_matches

            near = get_close_matches(name, catalogue, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"`{listing}` lists them"
            raise click.UsageError(f"{option}: there is no {name!r}; {hint}")
        if name:
            return catalogue[name]
    return None


def _serve(chosen: Fault | None, port: int) -> None:
    from neptun_conformance.server import serving
    from neptun_conformance.server.data import target_for
    from neptun_conformance.server.reference import Reference

    for line in _about(chosen) if chosen else ():
        echo(line)
    if chosen is None:
        serving.serve(Reference(), target_for, port=port)
    elif chosen.serve is serving.serving:
        serving.serve(chosen.build(), chosen.target, port=port)
    else:
        _serve_in_its_own_way(chosen)


def _about(chosen: Fault) -> Iterator[str]:
    yield f"# {chosen.name}: {chosen.wrong}"
    if chosen.clauses:
        yield f"# Fails: {', '.join(sorted(chosen.clauses))}"
    options = [*chosen.options, *(["--deadline 1"] if chosen.hangs else [])]
    if options:
        yield f"# Run with: {' '.join(options)}"


def _serve_in_its_own_way(chosen: Fault) -> None:
    """Serve what is wrong below HTTP, which listens for itself on a free port."""
    from neptun_conformance.server import serving

    with chosen.serve(chosen.build()) as base_url:
        echo(serving.announcement(chosen.target(base_url)), line_end=False)
        threading.Event().wait()


@click.command()
@click.argument("pattern", metavar="[PATTERN]", required=False)
@click.option("--legal", is_flag=True, help="List the odd and legal servers instead.")
def faults(pattern: str | None, *, legal: bool) -> None:
    """List the servers for `serve --fault`.

    Each is wrong in one thing. The list shows what that is, and which clauses fail. With --legal it
    shows odd but legal servers, and which SHOULD clauses fail on them.

    PATTERN selects by name or clause: a glob, or a part of it.
    """
    from neptun_conformance.server.faults import FAULTS
    from neptun_conformance.server.legal import LEGAL

    catalogue = (LEGAL if legal else FAULTS).values()
    found = [one for one in catalogue if _is_meant(pattern, one)]
    if not found:
        raise click.UsageError(f"faults: no fault matches {pattern!r}, by its name or its clauses")
    for one in found:
        echo(f"{one.name}  {', '.join(sorted(one.clauses)) or '-'}")
        echo(f"    {one.wrong}")


def _is_meant(pattern: str | None, one: Fault) -> bool:
    names = (one.name, *one.clauses)
    return pattern is None or any(pattern in name or fnmatchcase(name, pattern) for name in names)
