"""The step summary of a GitHub Actions job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from neptun_conformance.reports.writing import OutputError
from neptun_conformance.targets.errors import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from neptun_conformance.results.result import Result

LIMIT = 1_000_000
"""Octets; GitHub drops a step's summary whole when it is over 1 MiB."""


def append(result: Result, *, environment: Mapping[str, str] = os.environ) -> bool:
    """Append the Markdown report to the file that ``GITHUB_STEP_SUMMARY`` names.

    Findings are left out at the end, and counted, to stay within `LIMIT` together with what is
    there already.

    Returns:
        whether there was such a file to append to.

    Raises:
        OutputError: it cannot be written.
    """
    if not (name := environment.get("GITHUB_STEP_SUMMARY")):
        return False
    from neptun_conformance.reports import markdown

    path = Path(name)
    try:
        room = LIMIT - (path.stat().st_size if path.exists() else 0)
        content = markdown.render(result, limit=room).encode("utf-8", "backslashreplace")
        if len(content) <= room:
            with path.open("ab") as file:
                file.write(content)
    except (OSError, ValueError) as problem:
        reason = reason_of(problem)
        raise OutputError(f"cannot write the step summary {name!r}: {reason}") from problem
    return True
