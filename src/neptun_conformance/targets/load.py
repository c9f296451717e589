"""Puts the target of a run together: flags before environment before provision before file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from neptun_conformance.targets.complaints import complaint
from neptun_conformance.targets.document import read_document
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.keys import is_secret
from neptun_conformance.targets.layers import (
    Layer,
    expand,
    from_environment,
    layer,
    merge,
    tree_of,
)
from neptun_conformance.targets.missing import missing_chat, missing_user
from neptun_conformance.targets.model import NO_EXPIRED_SESSION, Target
from neptun_conformance.targets.values import Problems

__all__ = ["Loaded", "TargetError", "load_target"]

MASK = "********"
NOT_GIVEN = ("headers", "owner", "stranger", "expired_session")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A target, and where each of its values came from.

    Arguments:
        target: the target itself.
        origins: dotted key to `flag --base-url`, `environment NEPTUN_BASE_URL`,
            `provision`, `file staging.yaml` or `default`.
        shown: dotted key to its value as it may be printed.
    """

    target: Target
    origins: dict[str, str]
    shown: dict[str, str]

    def describe(self) -> list[tuple[str, str, str]]:
        """Return key, value and origin of everything in effect; secrets are masked."""
        return [(key, self.shown[key], origin) for key, origin in self.origins.items()]


def load_target(
    path: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] = os.environ,
    provisioned: Mapping[str, object] | None = None,
) -> Loaded:
    """Return the target that file, provisioning, environment and flags make up together.

    Arguments:
        path: a target file, or None.
        flags: dotted keys from the command line, `base_url` for `--base-url`; None is not given.
        environ: what `NEPTUN_…` variables and `${NAME}` in the file are taken from.
        provisioned: what a provisioning command printed.

    Raises:
        TargetError: the target cannot be used; nothing has been sent.
    """
    layers: list[Layer] = []
    if path is not None:
        layers.append(layer(read_document(path), f"file {path}", expand=True))
    if provisioned is not None:
        layers.append(layer(provisioned, "provision"))
    layers += from_environment(environ)
    layers += _from_flags(flags or {})
    leaves = expand(merge(layers), environ)
    problems: Problems = []
    target = Target.read(tree_of(leaves), (), problems)
    if target is None or problems:
        raise complaint(problems, leaves, default=f"file {path}" if path else "target")
    return Loaded(target, **_account(target, leaves))


def _from_flags(flags: Mapping[str, object]) -> list[Layer]:
    given = {key: value for key, value in flags.items() if value is not None}
    return [
        layer(_nested(key, value), f"flag --{key.replace('_', '-').replace('.', '-')}")
        for key, value in given.items()
    ]


def _nested(dotted: str, value: object) -> dict[str, object]:
    first, _, rest = dotted.partition(".")
    return {first: _nested(rest, value) if rest else value}


def _account(target: Target, leaves: Layer) -> dict[str, dict[str, str]]:
    given = {".".join(path): leaf for path, leaf in leaves.items() if leaf.value is not None}
    origins = {key: leaf.origin for key, leaf in given.items()}
    shown = {key: _show(key, leaf.value) for key, leaf in given.items()}
    shown["base_url"] = target.base_url
    derived = {"missing.user_id": missing_user(target), "missing.chat_id": missing_chat(target)}
    tops = {key.partition(".")[0] for key in given}
    absent = {key: "not given" for key in NOT_GIVEN if key not in tops}
    for key, value in {**derived, **absent}.items():
        if key not in given:
            origins[key], shown[key] = "default", str(value)
    return {"origins": dict(sorted(origins.items(), key=_place)), "shown": shown}


def _place(entry: tuple[str, str]) -> int:
    return [one.name for one in fields(Target)].index(entry[0].partition(".")[0])


def _show(key: str, value: object) -> str:
    if key.endswith(".command"):
        return f"{str(value).split()[0]} …"  # arguments may hold a password
    says_none = key == "expired_session" and value == NO_EXPIRED_SESSION
    if is_secret(tuple(key.split("."))) and not says_none:
        return MASK
    return f"{len(value)} listed" if isinstance(value, list) else str(value)
