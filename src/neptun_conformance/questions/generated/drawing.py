"""Draws recipes and cases of the schema, in a process of its own.

Importing Hypothesis and schemathesis takes longer than all requests of a run to a near target.
``under_way`` has that done beside everything else with which a run begins.

Never in this process: Hypothesis draws constants that it finds in imported modules, so that the
same seed would draw other questions here than under pytest.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from neptun_conformance import contract
from neptun_conformance.questions.generated.home import leave_the_folder_alone

Wanted = tuple[str | None, int]
"""A strategy, None for the cases of schemathesis, and how many examples."""

Drawn = dict[Wanted, list[Any]]

_helpers: list[subprocess.Popen[str]] = []


@contextmanager
def under_way() -> Iterator[subprocess.Popen[str]]:
    """Get a process ready to draw, which ``drawn`` takes as long as the block lasts."""
    words = [sys.executable, "-P", "-m", __name__]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - this very module
        words, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as helper:
        _helpers.append(helper)
        try:
            yield helper
        finally:
            _helpers.clear()
            helper.kill()
            # On an interrupt Popen itself waits a quarter of a second only.
            helper.wait()


def drawn(wanted: list[Wanted], *, seed: int, schema: str | None = None) -> Drawn:
    """Return what the process draws that is ready for it, or a new one.

    Arguments:
        wanted: what to draw from, and how often.
        seed: the same seed draws the same.
        schema: the path of the OpenAPI document, that of the contract by default.

    Raises:
        RuntimeError: the process ended without any; the message has its last line.
    """
    with ExitStack() as stack:
        if not _helpers:
            stack.enter_context(under_way())
        helper = _helpers.pop()
        told = [schema or str(contract.contract_path()), wanted, seed]
        answer, complaint = helper.communicate(json.dumps(told))
    if helper.returncode:
        last = complaint.rstrip().rpartition("\n")[2]
        raise RuntimeError(f"no questions could be drawn: {last or helper.returncode}")
    return dict(zip(wanted, json.loads(answer), strict=True))


def _help() -> None:
    """Import what takes long, and then draw what is asked for on standard input."""
    import hypothesis

    from neptun_conformance.questions.generated import cases, hypothesis_runs

    leave_the_folder_alone()
    # In CI, Hypothesis has other defaults, and passes over the seed.
    hypothesis.settings.load_profile("default")
    _hide_own_constants()
    asked = sys.stdin.read()
    if not asked:
        return
    schema, wanted, seed = json.loads(asked)
    made = [
        cases.made(schema, count=count, seed=seed)
        if strategy is None
        else hypothesis_runs.drawn(strategy, count=count, seed=seed)
        for strategy, count in wanted
    ]
    json.dump(made, sys.stdout)


def _hide_own_constants() -> None:
    """Let Hypothesis pass over the constants of this package, as it does where it is installed.

    In a checkout it would draw them, and draw other questions after each change of the code.
    """
    for name, module in sys.modules.items():
        if name == "__main__" or name.partition(".")[0] == __package__.partition(".")[0]:
            module.__file__ = None


if __name__ == "__main__":
    _help()
