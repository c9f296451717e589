"""Reads ``openapi.yaml``: the operation, its schemas, and the clauses beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from neptun_conformance.contract.level import Level

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent.parent

# libyaml reads the document ten times faster; it is a build option of PyYAML, not a promise.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand on a target: a permanent id, how binding it is, its sentence and its source."""

    id: str
    level: Level
    sentence: str
    source: str

    @property
    def group(self) -> str:
        """The part of the id before the dot, which names what the clause is about."""
        return self.id.partition(".")[0]


def locate(shipped: str, in_checkout: str) -> Path:
    """Return a file or folder that a wheel holds in the package and a checkout at its root.

    Raises:
        FileNotFoundError: neither place has it, so the installation is broken.
    """
    for path in (PACKAGE / shipped, CHECKOUT / in_checkout):
        if path.exists():
            return path
    raise FileNotFoundError(f"{shipped} is missing from the installed package {PACKAGE}")


def contract_path() -> Path:
    """Return where ``openapi.yaml`` lies."""
    return locate("openapi.yaml", "openapi.yaml")


def suite_path() -> Path:
    """Return the folder of the contract checks."""
    return locate("suite", "tests/contract")


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    loaded: dict[str, Any] = yaml.load(contract_path().read_bytes(), Loader=_Loader)  # noqa: S506
    return loaded


def contract_version() -> str:
    """Return the version of the contract, which is not that of the suite."""
    return str(document()["info"]["version"])


@cache
def clauses() -> dict[str, Clause]:
    """Return every clause by its id: groups and their clauses in the order of the document.

    Raises:
        ValueError: two clauses have the same id.
    """
    found: dict[str, Clause] = {}
    for entry in _entries(document()):
        clause = Clause(
            id=entry["id"],
            level=Level(entry["level"]),
            sentence=entry["sentence"],
            source=entry["source"],
        )
        if clause.id in found:
            raise ValueError(f"openapi.yaml: two clauses have the id {clause.id}")
        found[clause.id] = clause
    groups = list(dict.fromkeys(clause.group for clause in found.values()))
    return dict(sorted(found.items(), key=lambda item: groups.index(item[1].group)))


def _entries(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "x-clauses":
                yield from value
            else:
                yield from _entries(value)
    elif isinstance(node, list):
        for value in node:
            yield from _entries(value)
