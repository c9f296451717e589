"""Where Hypothesis keeps what it caches."""

from __future__ import annotations

import os
from pathlib import Path


def leave_the_folder_alone() -> None:
    """Let Hypothesis cache where caches belong, not in whatever folder the command is started."""
    from hypothesis.configuration import set_hypothesis_home_dir

    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    set_hypothesis_home_dir(Path(caches) / "neptun-conformance" / "hypothesis")
