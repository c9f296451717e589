"""Prints for people, whoever may have stopped reading.

``neptun-conformance | head`` closes the pipe before the verdict. That is no error of the run: the
rest goes nowhere, and the exit status still says what was found.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

CLEAR_LINE = "\r\x1b[K"
"""Moves to the beginning of a terminal's line, and deletes it."""


def echo(
    text: str = "", *, line_end: bool = True, err: bool = False, color: bool | None = None
) -> None:
    """Print a text.

    Arguments:
        text: what to print.
        line_end: end the line.
        err: print to standard error.
        color: whether colours in it are kept; by default only on a terminal.
    """
    try:
        click.echo(text, nl=line_end, err=err, color=color)
    except BrokenPipeError:
        stop_listening(err=err)


def draws(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that obeys escape sequences."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def clear_line() -> None:
    """Take away the line on standard error that changes."""
    echo(CLEAR_LINE, line_end=False, err=True)


def stop_listening(*, err: bool = False) -> None:
    """Send whatever is still printed nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, (sys.stderr if err else sys.stdout).fileno())
    os.close(nowhere)


def print_error(line: str) -> None:
    """Print why the command cannot do what it was told, as one line on standard error."""
    echo(f"neptun-conformance: {line}", err=True)
