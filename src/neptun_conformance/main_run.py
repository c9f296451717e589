"""The main job of the command: run the contract checks by pytest, and report in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import click
import pytest

from neptun_conformance import contract, interrupts
from neptun_conformance.baseline import BaselineError
from neptun_conformance.options import OPTIONS
from neptun_conformance.outputs import check_outputs
from neptun_conformance.plugin import SESSION
from neptun_conformance.reports import terminal
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.result import Result
from neptun_conformance.verdict import ExitStatus

_NOBODYS = "neptun_conformance/nobody's settings"


def check(settings: dict[str, Any]) -> int:
    """Check a target and return the exit status.

    Arguments:
        settings: the checked settings, see ``options``.
    """
    try:
        check_outputs(settings)
    except (OutputError, BaselineError) as problem:
        return _refused(str(problem))
    if settings["plan"]:
        from neptun_conformance.plan import show

        return show(settings)
    observer = _Observer()
    with interrupts.held(), _undisturbed():
        status = pytest.main(_arguments(settings), plugins=["neptun_conformance.plugin", observer])
    if observer.refused:
        return _refused(observer.refused)
    for line in observer.troubles:
        click.echo(f"neptun-conformance: {line}", err=True)
    if observer.result is None:
        click.echo("neptun-conformance: the run ended without a result", err=True)
        return ExitStatus.ERROR
    _report(observer.result, settings["color"])
    return int(status)


def _refused(line: str) -> int:
    click.echo(f"neptun-conformance: {line}", err=True)
    return ExitStatus.USAGE


def _arguments(settings: dict[str, Any]) -> list[str]:
    """Return pytest's arguments: our checks, our settings, and nobody else's."""
    folder = contract.suite_path()
    plain = ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:schemathesis"]
    plain += ["--assert=plain", "--capture=no", "-c", os.devnull, f"--rootdir={folder.parent}"]
    plain += ["--import-mode=importlib", "-o", "addopts=", "--noconftest"]
    given = [
        argument
        for option in OPTIONS
        for argument in _given(option.name, option.key, settings[option.key], option.default)
    ]
    return [*plain, *given, str(folder)]


def _given(name: str, key: str, value: Any, default: Any) -> list[str]:
    if value == default or value is None:
        return []
    if value is True:
        return [f"--neptun-{name}"]
    if isinstance(value, tuple | list):
        return [f"--neptun-{name}={one}" for one in value]
    return [f"--neptun-{name}={value}"]


class _undisturbed:  # noqa: N801 - used as a function
    """Keep other people's pytest settings out of the run."""

    def __enter__(self) -> None:
        self._before = dict(os.environ)
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            os.environ.pop(name, None)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

    def __exit__(self, *_: object) -> None:
        os.environ.clear()
        os.environ.update(self._before)


class _Observer:
    """Shows progress, and takes the result out of the pytest session, or what came in its place."""

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
        """Note a target that cannot be used."""
        return (yield from self._refusable())

    def _refusable(self) -> Generator[None, object, object]:
        try:
            return (yield)
        except pytest.UsageError as refusal:
            self.refused = " ".join(str(refusal).split())
            pytest.exit(self.refused, returncode=ExitStatus.USAGE)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Say in one line what went wrong in the suite itself, in place of pytest's traceback."""
        place = excinfo.traceback[-1]
        self.troubles.append(f"{excinfo.exconly(tryshort=True)} ({place.path}:{place.lineno + 1})")
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Show progress on a terminal only."""
        contract_session = session.config.stash.get(SESSION, None)
        if contract_session is not None and sys.stderr.isatty():
            contract_session.run.progress = _show_progress

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take the result."""
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
        contract_session = session.config.stash.get(SESSION, None)
        self.result = contract_session.result if contract_session else None


def _show_progress(sent: int) -> None:
    click.echo(f"\r{sent} requests", nl=False, err=True)


def _report(result: Result, color: str) -> None:
    colored = color == "always" or (color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    for name, setting in result.target.items():
        click.echo(f"{name:<28} {setting.value}  ({setting.origin})")
    click.echo(terminal.render(result, color=colored))


def reports_folder() -> Path:
    """Return the folder of this package."""
    return Path(__file__).parent
