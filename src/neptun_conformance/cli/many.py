"""How the verb for many targets is given; what it does is in ``fleet``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click

from neptun_conformance.cli.parameters import Grouped, parameters, settings_of
from neptun_conformance.settings import HOW, OPTIONS, REACH, WHAT

_NOT_OF_MANY = {"plan", "uds"}
_OF_EVERY_RUN = tuple(
    option
    for option in OPTIONS
    if (option.group in {WHAT, HOW, REACH} and option.key not in _NOT_OF_MANY)
    or option.key in {"no_bodies", "quiet"}
)


class _Shard(click.ParamType):  # type: ignore[type-arg]
    name = "shard"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read ``2/5``."""
        match = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", str(value), re.ASCII)
        if match is None or int(match[1]) > int(match[2]):
            self.fail(f"a part such as 2/5, not {value!r}", param, ctx)
        return int(match[1]), int(match[2])


@click.command(cls=Grouped)
@click.argument("paths", metavar="DIR-or-FILE…", nargs=-1, required=True)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Targets under way at once.  [default: as many as there are processors]",
)
@click.option("--shard", type=_Shard(), metavar="K/N", help="Judge the K-th of N parts only.")
@click.option("--report-dir", metavar="DIR", help="Keep reports of each target, and a matrix.")
@click.option("--resume", is_flag=True, help="Skip targets that came to a verdict before.")
def fleet(
    paths: tuple[str, ...],
    jobs: int | None,
    shard: tuple[int, int] | None,
    report_dir: str | None,
    *,
    resume: bool,
    **values: Any,
) -> int:
    """Test many targets, each in its own process.

    FILE is a target file. DIR stands for all its *.yaml files. A target has the name of its file.
    The options of a run apply to every target. Each result is shown and saved as soon as it is
    there.

    Exit status: that of the worst target. 2 interrupted; else 3 if one has no result or an internal
    error, 4 one cannot be used, 1 one is nonconformant, 6 one is unreachable, 7 one is incomplete;
    0 if all are well.
    """
    from neptun_conformance.cli import fleet as judging

    plan = judging.Plan(
        paths=paths,
        settings=settings_of(values),
        jobs=jobs or os.cpu_count() or 1,
        shard=shard or (1, 1),
        folder=Path(report_dir) if report_dir else None,
        resume=resume,
    )
    return judging.judge(plan)


fleet.params.extend(parameters(_OF_EVERY_RUN))
