"""Where caches lie: ours, and that of Hypothesis."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ours: list[bool] = []


def caches() -> Path:
    """Return the folder for what may be lost at any time; it need not exist."""
    user = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(user) / "neptun-conformance"


def leave_the_folder_alone() -> None:
    """Let Hypothesis cache where caches belong, not in whatever folder the command is started.

    It is told so when it is imported, which most runs never do.
    """
    _ours.append(True)
    if "hypothesis" in sys.modules:
        tell_hypothesis()


def tell_hypothesis() -> None:
    """Tell Hypothesis where to cache, in a process that is this command's own."""
    if _ours:
        from hypothesis.configuration import set_hypothesis_home_dir

        set_hypothesis_home_dir(caches() / "hypothesis")
