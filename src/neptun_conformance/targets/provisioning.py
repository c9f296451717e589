"""Has users, sessions and chats made for one run (`--provision`), and unmade (`--cleanup`).

The protocol: the provisioning command prints one JSON object in the form of a target file, of
which everything is optional. It is laid over the target file and under the environment, without
`${NAME}` expansion. The clean-up command gets the same bytes on its standard input. It runs once
the provisioning command has been started, whatever came of that or of the run, so that what was
made half is unmade, too.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, NoReturn

from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.last_line import ended
from neptun_conformance.targets.processes import Finished, run

SECONDS = 300.0


class ProvisionError(TargetError):
    """Provisioning or cleaning up failed; the text is one line that quotes no output."""


@contextlib.contextmanager
def provisioned(
    command: str, *, cleanup: str | None = None, seconds: float = SECONDS
) -> Iterator[dict[str, Any]]:
    """Run `command`, give the block the profile that it printed, and run `cleanup` at the end.

    Each command may take `seconds`. Raises ProvisionError where one fails or the profile is no
    JSON object; a clean-up that fails after another error becomes a note on that error.
    """
    made = Finished(status=0, output=b"")
    try:
        made = _run("--provision", command, seconds=seconds)
        _refuse_failure("--provision", command, made)
        yield read_profile(made.output)
    except BaseException as error:
        try:
            _clean(cleanup, made.output, seconds=seconds)
        except ProvisionError as second:
            error.add_note(str(second))
        raise
    _clean(cleanup, made.output, seconds=seconds)


def _clean(cleanup: str | None, profile: bytes, *, seconds: float) -> None:
    if cleanup is not None:
        finished = _run("--cleanup", cleanup, seconds=seconds, stdin=profile)
        _refuse_failure("--cleanup", cleanup, finished)


def _run(flag: str, command: str, *, seconds: float, stdin: bytes | None = None) -> Finished:
    try:
        return run(command, seconds=seconds, stdin=stdin)
    except (OSError, ValueError) as error:
        raise ProvisionError(f"{flag}: the command {error}") from None


def _refuse_failure(flag: str, command: str, finished: Finished) -> None:
    if finished.status:
        raise ProvisionError(f"{flag}: the command {ended(command, finished)}")


def read_profile(output: bytes) -> dict[str, Any]:
    """Return the JSON object that a command printed; raises ProvisionError where it is none."""
    try:
        profile = json.loads(output, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        told = error if isinstance(error, _RepeatedKeyError) else f"is no JSON{place}"
        raise ProvisionError(f"--provision: what the command printed {told}") from None
    if not isinstance(profile, dict):
        raise ProvisionError("--provision: what the command printed is not a JSON object")
    return profile


class _RepeatedKeyError(ValueError):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _RepeatedKeyError("gives a key twice")
    return mapping


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
