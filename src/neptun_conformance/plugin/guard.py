"""Runs the loop of tests inside an open run, and lets no secret out where something breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from neptun_conformance.plugin.session import ContractSession

_WORDS_OF_PYTEST = (pytest.UsageError, pytest.Session.Interrupted, pytest.Session.Failed)


def made(contract: ContractSession, session: pytest.Session) -> Generator[None, object, object]:
    """Yield to pytest's loop of tests while the run is open."""
    try:
        return (yield from _opened(contract, session))
    except _WORDS_OF_PYTEST:
        raise
    except KeyboardInterrupt as interrupt:
        # With --full-trace pytest shows the arguments of every function on the way here.
        raise interrupt.with_traceback(None) from None
    except Exception as fault:  # noqa: BLE001 - pytest would show it with all variables
        broken = contract.broken(fault)
    raise broken


def _opened(contract: ContractSession, session: pytest.Session) -> Generator[None, object, object]:
    from neptun_conformance.engine import interrupts

    with interrupts.held(), contract.run:
        try:
            with interrupts.let_in():
                contract.begin(session)
                return (yield)
        except BaseException as error:
            contract.stopped_by(error)
            raise
        finally:
            contract.end()
