"""The doctor: prints how a target is set up, a line for each thing that a run needs."""

from __future__ import annotations

from neptun_conformance.cli.console import echo, print_error
from neptun_conformance.cli.examination import Examination
from neptun_conformance.cli.found import State
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.engine.both_versions import over_http_1, over_http_2
from neptun_conformance.engine.run import Run
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.settings import BOTH, SettingError, Settings
from neptun_conformance.targets.errors import TargetError


def examine(settings: Settings) -> int:
    """Print a line for each thing that a run needs, and return the exit status.

    With ``--http both`` that is done over each version, and the worse status counts.

    Arguments:
        settings: the settings of the target.
    """
    if settings.http != BOTH:
        return _examine(settings)
    echo("Over HTTP/1.1")
    over_1 = _examine(over_http_1(settings))
    if over_1 == ExitStatus.USAGE:
        return over_1
    echo("\nOver HTTP/2")
    return max(over_1, _examine(over_http_2(settings)))


def _examine(settings: Settings) -> int:
    status = ExitStatus.CONFORMANT
    try:
        with Run(settings) as run:
            run.open()
            for found in Examination(run).findings():
                words = run.recorder().redactor.redact(found.words)
                echo(f"{found.state:<8} {found.what:<26} {words}")
                if found.state is State.PROBLEM:
                    status = ExitStatus.NONCONFORMANT
    except (TargetError, SettingError) as problem:
        print_error(str(problem))
        return ExitStatus.USAGE
    except Unreachable:
        return ExitStatus.UNREACHABLE
    return status
