"""Cases of a schema that earlier runs have made, kept as files.

They are the same whenever schema, libraries, count and seed are, and making them takes as long as
all requests of a run to a near target. Whatever is wrong with a file, it is as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from neptun_conformance.questions.generated.home import caches

MOST = 20
"""Files that are kept, the newest ones."""

_LIBRARIES = ("schemathesis", "hypothesis")


def may_be_there(*, seed: int) -> bool:
    """Tell quickly whether cases for a seed were kept, though perhaps not those of this schema."""
    return any(_folder().glob(f"{seed}-*.json"))


def load(path: str, *, count: int, seed: int) -> list[Any] | None:
    """Return the cases that were kept, None where there are none.

    Arguments:
        path: of the schema.
        count: how many cases were asked for.
        seed: from which seed.
    """
    try:
        cases = json.loads(_file(path, count, seed).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    sound = isinstance(cases, list) and all(map(_is_case, cases))
    return [tuple(case) for case in cases] if sound else None


def keep(path: str, cases: list[Any], *, count: int, seed: int) -> None:
    """Keep cases for later runs, where the folder can be written to; see ``load``."""
    with suppress(OSError):
        file = _file(path, count, seed)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(cases), "utf-8")
        unfinished.replace(file)
        for old in sorted(file.parent.glob("*.json"), key=os.path.getmtime)[:-MOST]:
            old.unlink()


def _is_case(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    user, chat, session = value
    return isinstance(user, str) and isinstance(chat, str) and isinstance(session, str | None)


def _folder() -> Path:
    return caches() / "cases"


def _file(path: str, count: int, seed: int) -> Path:
    made_by = [platform.python_version(), *map(version, _LIBRARIES)]
    digest = hashlib.sha256(Path(path).read_bytes() + " ".join(made_by).encode()).hexdigest()
    return _folder() / f"{seed}-{count}-{digest[:16]}.json"
