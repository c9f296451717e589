"""Where caches lie: ours, and that of Hypothesis."""

from __future__ import annotations

import os
from pathlib import Path


def caches() -> Path:
    """Return the folder for what may be lost at any time; it need not exist."""
    user = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(user) / "neptun-conformance"


def leave_the_folder_alone() -> None:
    """Let Hypothesis cache where caches belong, not in whatever folder the command is started."""
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(caches() / "hypothesis")
