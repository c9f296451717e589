"""Draws what is shipped: the generated questions of the seed 0, for each effort that has some."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.questions.generated import drawing, kept

EFFORTS = ("default", "deep")
FOLDER = Path(kept.__file__).parent / "drawn"


MADE_WITH = FOLDER / "made_with.json"


def made_with() -> dict[str, str]:
    """Return what decides about what is drawn, beside the code: the versions at hand."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {"python": python, **{name: version(name) for name in ("hypothesis", "schemathesis")}}


def recorded() -> dict[str, str]:
    """Return the versions that drew what is shipped."""
    found: dict[str, str] = json.loads(MADE_WITH.read_text("utf-8"))
    return found


def wanted(effort: str) -> list[drawing.Wanted]:
    """Return what a whole run of an effort draws."""
    checks = all_checks(effort=effort)
    found = [check.exploration.wanted(effort) for check in checks if check.exploration]
    return sorted(set(found), key=str)


def text(effort: str) -> str:
    """Return the shipped file of an effort, drawn anew."""
    return kept.written(drawing.drawn(wanted(effort), seed=kept.SHIPPED_SEED))


if __name__ == "__main__":
    for each in EFFORTS:
        FOLDER.joinpath(f"{each}.json").write_text(text(each), "utf-8")
    MADE_WITH.write_text(json.dumps(made_with(), indent=2) + "\n", "utf-8")
