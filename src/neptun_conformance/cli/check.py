"""The main job of the command: run the contract checks by pytest, and report in the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from neptun_conformance import contract
from neptun_conformance.cli.console import echo, print_error
from neptun_conformance.engine import interrupts
from neptun_conformance.engine.run import unknown_patterns
from neptun_conformance.plugin import SESSION
from neptun_conformance.plugin.session import InternalError
from neptun_conformance.questions.generated.home import leave_the_folder_alone
from neptun_conformance.reports import terminal
from neptun_conformance.reports.delivery import check_outputs
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.results.baseline import BaselineError
from neptun_conformance.results.result import Result
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import OPTIONS
from neptun_conformance.targets.load import Loaded

_CLEAR_LINE = "\r\x1b[K"
_BETWEEN_SIGNS = 0.1
"""Seconds between two updates of the progress line."""


def check(settings: dict[str, Any]) -> int:
    """Check a target and return the exit status.

    Arguments:
        settings: the checked settings, see ``options``.
    """
    try:
        check_outputs(settings)
    except (OutputError, BaselineError) as problem:
        return _refused(str(problem))
    unknown = unknown_patterns(settings["only"] or ())
    if unknown:
        return _refused(f"--only: no clause is named {unknown[0]!r}; `clauses` lists them")
    leave_the_folder_alone()
    if settings["plan"]:
        from neptun_conformance.cli import plan

        return plan.show(settings)
    return _run(settings)


def _run(settings: dict[str, Any]) -> int:
    observer = _Observer()
    with interrupts.held(), _undisturbed():
        status = pytest.main(_arguments(settings), plugins=["neptun_conformance.plugin", observer])
    if observer.refused:
        return _refused(observer.refused)
    for line in observer.troubles:
        print_error(line)
    if observer.result is None:
        print_error("the run ended without a result")
        return ExitStatus.ERROR
    color = _colored(settings["color"])
    echo(terminal.render(observer.result, color=color), color=color)
    return int(status)


def _refused(line: str) -> int:
    print_error(line)
    return ExitStatus.USAGE


def _colored(color: str) -> bool:
    if color == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return color == "always"


def _arguments(settings: dict[str, Any]) -> list[str]:
    """Return pytest's arguments: our checks, our settings, and nobody else's."""
    folder = contract.suite_path()
    # The last four would wrap every check, though none logs or warns, and sweep memory at the end.
    plugins = (
        *("terminal", "cacheprovider", "xdist", "schemathesis"),
        *("logging", "warnings", "unraisableexception", "threadexception"),
    )
    given = [
        argument
        for option in OPTIONS
        for argument in _given(option.name, option.default, settings[option.key])
    ]
    return [
        *(argument for plugin in plugins for argument in ("-p", f"no:{plugin}")),
        *("-c", os.devnull, f"--rootdir={folder.parent}", "-o", "addopts=", "--noconftest"),
        *("--import-mode=importlib", "--assert=plain", "--capture=no"),
        *given,
        str(folder),
    ]


def _given(name: str, default: Any, value: Any) -> list[str]:
    if value == default or value is None:
        return []
    if value is True:
        return [f"--neptun-{name}"]
    if isinstance(value, tuple | list):
        return [f"--neptun-{name}={one}" for one in value]
    return [f"--neptun-{name}={value}"]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep other people's pytest settings and plugins out of the run."""
    before = dict(os.environ)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class _Observer:
    """Shows what happens in the pytest session, and takes the result out of it.

    ``refused`` says why nothing was run, ``troubles`` what is wrong with the suite itself.
    """

    def __init__(self) -> None:
        self.result: Result | None = None
        self.refused: str | None = None
        self.troubles: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Note a setting that only shows its fault when the checks are known."""
        return (yield from self._refusable())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Note a target that cannot be used, and end the progress line."""
        try:
            return (yield from self._refusable())
        finally:
            if sys.stderr.isatty():
                echo(_CLEAR_LINE, line_end=False, err=True)

    def _refusable(self) -> Generator[None, object, object]:
        try:
            return (yield)
        except pytest.UsageError as refusal:
            self.refused = " ".join(str(refusal).split())
            pytest.exit(self.refused, returncode=ExitStatus.USAGE)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a contract module that cannot be used."""
        if report.failed:
            self.troubles.append(f"{report.nodeid}: {' '.join(report.longreprtext.split())}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Say in one line what went wrong in the suite itself, in place of pytest's traceback."""
        place = excinfo.traceback[-1]
        where = f"{excinfo.typename} ({place.path}:{place.lineno + 1})"
        broken = excinfo.value
        self.troubles.append(broken.line if isinstance(broken, InternalError) else where)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Show the target before anything is sent, and progress on a terminal only."""
        contract_session = session.config.stash.get(SESSION, None)
        if contract_session is not None:
            contract_session.run.opened = _show_target
            if sys.stderr.isatty():
                contract_session.run.progress = Progress()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take the result."""
        contract_session = session.config.stash.get(SESSION, None)
        self.result = contract_session.result if contract_session else None


def _show_target(loaded: Loaded) -> None:
    settings = loaded.describe()
    width = max(len(key) for key, _, _ in settings)
    for key, value, origin in settings:
        echo(f"{key:{width}}  {value}  ({origin})")


class Progress:
    """One line on a terminal: how many requests, and for how long."""

    def __init__(self) -> None:
        """Begin to count the time."""
        self._began = self._shown = time.monotonic()

    def __call__(self, sent: int) -> None:
        """Show the number of requests sent, unless it was shown just now."""
        now = time.monotonic()
        if now - self._shown >= _BETWEEN_SIGNS:
            self._shown = now
            line = f"{_CLEAR_LINE}{sent} requests, {now - self._began:.0f} s"
            echo(line, line_end=False, err=True)
