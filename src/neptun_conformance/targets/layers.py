"""Values from several places laid over each other, each still knowing where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from neptun_conformance.targets.document import parse_value
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.keys import PREFIX, keys
from neptun_conformance.targets.model import Written
from neptun_conformance.targets.values import Path

REFERENCE = re.compile(r"\$(?:\$|\{(?P<name>[^}]*)\}?)")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OTHER_VARIABLES = ("NEPTUN_CONFORMANCE",)  # the suite's own settings, no part of a target
LIKENESS = 0.85


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value and its origin; `expand` says whether `${NAME}` stands for a variable in it."""

    value: Any
    origin: str
    expand: bool = False


Layer = dict[Path, Leaf]


def layer(tree: Mapping[str, Any], origin: str, *, expand: bool = False) -> Layer:
    """Return the leaves of `tree`; raises TargetError where it names a header twice."""
    headers = tree.get("headers")
    if isinstance(headers, Mapping):
        folded = {str(name).lower(): value for name, value in headers.items()}
        if len(folded) < len(headers):
            raise TargetError(f"{origin}: headers: names a header twice, in upper and lower case")
        tree = {**tree, "headers": folded}
    return {path: Leaf(value, origin, expand) for path, value in _leaves(tree, ())}


def merge(layers: Iterable[Layer]) -> Layer:
    """Lay later layers over earlier ones.

    A key that is given twice keeps its later value; so do a mapping and a plain value that stand
    in the same place (`session: …` and `session: {command: …}`). Lists are replaced whole.
    """
    merged: Layer = {}
    for above in layers:
        for path in above:
            for other in [p for p in merged if p[: len(path)] == path or path[: len(p)] == p]:
                del merged[other]
        merged.update(above)
    return merged


def tree_of(leaves: Layer) -> dict[str, Any]:
    """Return the nested mapping that `leaves` make up."""
    tree: dict[str, Any] = {}
    for path, leaf in leaves.items():
        branch = tree
        for name in path[:-1]:
            branch = branch.setdefault(name, {})
        branch[path[-1]] = leaf.value
    return tree


def from_environment(environ: Mapping[str, str]) -> Iterator[Layer]:
    """Yield a layer for each variable that sets a key, the more detailed ones last.

    Raises TargetError for an empty variable, one that does not hold the mapping or list that it
    should, and one that looks like a key and is none.
    """
    known = {key.variable: key for key in keys() if key.variable}
    _refuse_lookalikes(environ, [*known])
    for name in sorted(known.keys() & environ.keys()):
        key, value, origin = known[name], environ[name], f"environment {name}"
        if not value:
            raise TargetError(f"{origin}: is empty: give it a value or unset it")
        if key.kind in {"text", "number"}:
            yield {key.path: Leaf(Written(value), origin)}
            continue
        try:
            branch: Any = parse_value(value)
        except ValueError as error:
            raise TargetError(f"{origin}: {error}") from None
        for part in reversed(key.path):
            branch = {part: branch}
        yield layer(branch, origin)


def expand(leaves: Layer, environ: Mapping[str, str]) -> Layer:
    """Replace `${NAME}` by variables and `$$` by a dollar where a leaf asks for it.

    Commands are left alone: the shell expands them, and what it puts in shows in no list of
    processes. Raises TargetError naming a variable that is missing, the key and its origin.
    """
    return {
        path: replace(leaf, value=_expanded(leaf, path, environ))
        if leaf.expand and path[-1] != "command"
        else leaf
        for path, leaf in leaves.items()
    }


def _leaves(tree: Mapping[str, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    for name, value in tree.items():
        path = (*above, str(name))
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, path)
        else:
            yield path, value


def _expanded(leaf: Leaf, path: Path, environ: Mapping[str, str]) -> Any:
    def variable(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return "$"
        where = f"{leaf.origin}: {'.'.join(path)}"
        if not (VARIABLE.fullmatch(name) and match[0].endswith("}")):
            raise TargetError(f"{where}: contains a ${{…}} without the name of a variable")
        if name not in environ:
            escape = f"; write $${{{name}}} for the text itself"
            raise TargetError(f"{where}: the environment has no variable {name}{escape}")
        return environ[name]

    return _map_texts(leaf.value, lambda text: REFERENCE.sub(variable, text))


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        changed = change(value)
        return Written(changed) if changed != value else value
    if isinstance(value, list):
        return [_map_texts(item, change) for item in value]
    if isinstance(value, dict):
        return {name: _map_texts(item, change) for name, item in value.items()}
    return value


def _refuse_lookalikes(environ: Mapping[str, str], known: list[str]) -> None:
    tops = tuple(PREFIX + key.path[0].upper() for key in keys() if len(key.path) == 1)
    for name in sorted(environ.keys() - known):
        if not name.startswith(PREFIX) or name.startswith(OTHER_VARIABLES):
            continue
        import difflib

        near = difflib.get_close_matches(name, known, 1, LIKENESS)
        if near or "__" in name or name.startswith(tops):
            advice = f": did you mean {near[0]}?" if near else ""
            raise TargetError(f"environment {name}: is not a key of a target{advice}")
