"""What was drawn for an effort and a seed: shipped for the seed 0, kept as files for others.

It is the same whenever package, schema, libraries and seed are, and drawing takes as long as all
requests of a run to a near target. Whatever is wrong with a file, it is as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from neptun_conformance import __version__, contract
from neptun_conformance.questions.generated import recipes
from neptun_conformance.questions.generated.drawing import Drawn, Wanted
from neptun_conformance.questions.generated.home import caches

SHIPPED_SEED = 0
MOST = 20
"""Files that are kept, the newest ones."""

_HERE = Path(__file__).parent
_LIBRARIES = ("schemathesis", "hypothesis")
_SCHEMA = "schema"
"""Stands in files for the cases of schemathesis, which have no strategy."""


def may_be_there(*, seed: int) -> bool:
    """Tell quickly whether something drawn from a seed is there, though perhaps not all of it."""
    return seed == SHIPPED_SEED or any(_folder().glob(f"{seed}-*.json"))


def load(wanted: Iterable[Wanted], *, effort: str, seed: int) -> Drawn:
    """Return what was drawn for an effort and a seed; all that is wanted, or what there is of it.

    Arguments:
        wanted: what is looked for.
        effort: how much was drawn.
        seed: from which seed.
    """
    found = shipped(effort) if seed == SHIPPED_SEED else {}
    if found.keys() >= set(wanted):
        return found
    with suppress(OSError, ValueError):
        kept = _read(_file(effort, seed).read_text("utf-8"))
        for (strategy, _), drawn in kept.items():
            _assert_sound(strategy, drawn)
        return kept | found
    return found


def shipped(effort: str) -> Drawn:
    """Return what is shipped for an effort; ``make drawn`` writes it."""
    return _read((_HERE / "drawn" / f"{effort}.json").read_text("utf-8"))


def keep(drawn: Drawn, *, effort: str, seed: int) -> None:
    """Keep what was drawn for later runs, where the folder can be written to; see ``load``."""
    with suppress(OSError):
        file = _file(effort, seed)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(written(drawn), "utf-8")
        unfinished.replace(file)
        for old in sorted(file.parent.glob("*.json"), key=os.path.getmtime)[:-MOST]:
            old.unlink()


def written(drawn: Drawn) -> str:
    """Return the text of a file: a line for each strategy and count, with all its recipes."""
    lines = (
        f"{json.dumps(f'{strategy or _SCHEMA} {count}')}: {json.dumps(found)}"
        for (strategy, count), found in drawn.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _read(text: str) -> Drawn:
    """Return what a file holds; raises ValueError for a file that holds no object."""
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("no object")  # noqa: TRY004 - whatever is wrong is a ValueError
    return {_wanted(name): found for name, found in document.items()}


def _wanted(name: str) -> Wanted:
    strategy, _, count = name.partition(" ")
    return None if strategy == _SCHEMA else strategy, int(count)


def _assert_sound(strategy: str | None, drawn: Any) -> None:
    if not isinstance(drawn, list):
        raise ValueError("no array")  # noqa: TRY004 - see _read
    if strategy is None and not all(map(_is_case, drawn)):
        raise ValueError("no cases")
    if strategy is not None:
        for recipe in drawn:
            recipes.question(recipe)


def _is_case(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    user, chat, session = value
    return isinstance(user, str) and isinstance(chat, str) and isinstance(session, str | None)


def _folder() -> Path:
    return caches() / "drawn"


def _file(effort: str, seed: int) -> Path:
    from importlib.metadata import version

    made_by = [__version__, platform.python_version(), *map(version, _LIBRARIES)]
    sources = (contract.contract_path(), _HERE / "strategies.py", _HERE / "recipes.py")
    digest = hashlib.sha256(" ".join(made_by).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return _folder() / f"{seed}-{effort}-{digest.hexdigest()[:16]}.json"
