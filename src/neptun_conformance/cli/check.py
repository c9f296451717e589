"""The main job of the command: make the checks, and report in the terminal."""

from __future__ import annotations

import os
import sys
import time

from neptun_conformance.cli.console import CLEAR_LINE, clear_line, draws, echo, print_error
from neptun_conformance.engine.checks.collect import BrokenSuite, selected_checks
from neptun_conformance.engine.checks.selection import unknown_patterns
from neptun_conformance.engine.execution import Execution, Refused, execute
from neptun_conformance.engine.run import Run
from neptun_conformance.questions.generated.home import leave_the_folder_alone
from neptun_conformance.reports import terminal
from neptun_conformance.reports.delivery import check_outputs
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.results.errors import BaselineError
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import Settings
from neptun_conformance.targets.load import Loaded

_BETWEEN_SIGNS = 0.1
"""Seconds between two updates of the progress line."""


def check(settings: Settings) -> int:
    """Check a target and return the exit status."""
    try:
        check_outputs(settings)
    except (OutputError, BaselineError) as problem:
        return _refused(str(problem))
    unknown = unknown_patterns(settings.only)
    if unknown:
        return _refused(f"--only: no clause is named {unknown[0]!r}; `clauses` lists them")
    leave_the_folder_alone()
    if settings.plan:
        from neptun_conformance.cli import plan

        return plan.show(settings)
    return _run(settings)


def _run(settings: Settings) -> int:
    try:
        checks = selected_checks(settings)
    except BrokenSuite as broken:
        print_error(str(broken))
        return ExitStatus.ERROR
    interactive = draws(sys.stderr) and not settings.quiet
    run = Run(
        settings,
        progress=Progress() if interactive else lambda _sent, _named: None,
        opened=_show_target if not settings.quiet else lambda _: None,
    )
    execution = Execution(run, checks, partial=bool(settings.only))
    try:
        result = execute(execution)
    except Refused as problem:
        return _refused(str(problem))
    finally:
        if interactive:
            clear_line()
    for fault in execution.faults:
        print_error(fault)
    color = colored(settings.color)
    echo(terminal.render(result, color=color, brief=settings.quiet), color=color)
    return result.exit_status


def _refused(line: str) -> int:
    print_error(line)
    return ExitStatus.USAGE


def colored(color: str) -> bool:
    """Tell whether to use colours: the option counts most, then NO_COLOR, then FORCE_COLOR."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    return forced not in {"0", "false"} if forced else draws(sys.stdout)


def _show_target(loaded: Loaded) -> None:
    settings = loaded.describe()
    width = max(len(key) for key, _, _ in settings)
    for key, value, origin in settings:
        echo(f"{key:{width}}  {value}  ({origin})")


class Progress:
    """One line on a terminal: how many requests of how many, and for how long."""

    def __init__(self) -> None:
        """Begin to count the time."""
        self._began = self._shown = time.monotonic()

    def __call__(self, sent: int, named: int) -> None:
        """Show the number of requests sent, and in all as far as known, unless just shown."""
        now = time.monotonic()
        if now - self._shown >= _BETWEEN_SIGNS:
            self._shown = now
            line = f"{CLEAR_LINE}{sent} of {max(sent, named)} requests, {now - self._began:.0f} s"
            echo(line, line_end=False, err=True)
