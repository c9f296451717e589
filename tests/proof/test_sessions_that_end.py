"""Sessions that end in the run fail nothing, and what can be tested with a new one is tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.results.result import Outcome
from neptun_conformance.server.data import USERS, User, target_for
from neptun_conformance.server.faults.fault import Fault
from neptun_conformance.server.reference import Reference
from neptun_conformance.targets import session
from neptun_conformance.targets.processes import Finished
from tests.proof.proving import Proof, prove

MOST_REQUESTS = 500 + 150
FOR_EVER = 1_000_000


class Ending(Reference):
    """Accepts each session for so many requests only, and hands out others to whoever logs in.

    Arguments:
        lasts: for how many requests.
        rotates: whether each answer brings another session, and ends the one that was shown.
    """

    def __init__(self, lasts: int = 40, *, rotates: bool = False) -> None:
        super().__init__()
        self._lasts = lasts
        self._rotates = rotates
        self._numbers = count(100_000)
        self._holders: dict[bytes, User] = {}
        self._used: Counter[bytes] = Counter()

    def log_in(self, user: User) -> str:
        """Return another session of a user."""
        value = f"Session-{next(self._numbers)}-QxRtZkMnPw-{user.id}"
        self._holders[value.encode()] = user
        return value

    def find_reader(self, request: Request, value: bytes) -> User | None:
        """Return whose session this is, as often as it lasts."""
        self._used[value] += 1
        if self._used[value] > self._lasts or value not in self._holders:
            return None
        request.state.shown = value
        return self._holders[value]

    def finish(self, request: Request, response: Response) -> Response:
        """Send another session along, where they rotate."""
        if self._rotates and hasattr(request.state, "shown"):
            user = self._holders.pop(request.state.shown)
            response.set_cookie("neptun-session", self.log_in(user), httponly=True)
        return super().finish(request, response)


Proving = Callable[..., Proof]


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> Proving:
    """Return what proves a server whose sessions come from the command ``log in`` of each user."""

    def proved(server: Ending, concurrency: int) -> Proof:
        monkeypatch.setattr(session, "run", lambda command, **_: _logged_in(server, command))
        fault = Fault(
            name="ending", wrong="-", clauses=frozenset(), build=lambda: server, target=_target
        )
        return prove(fault, concurrency=concurrency)

    return proved


def _logged_in(server: Ending, user_id: str) -> Finished:
    user = next(user for user in USERS if user.id == user_id)
    return Finished(0, server.log_in(user).encode(), b"")


def _target(base_url: str) -> dict[str, Any]:
    target = target_for(base_url)
    for role in ("owner", "stranger"):
        target[role] = {**target[role], "session": {"command": target[role]["user_id"]}}
    return {**target, "expired_session": "none"}


@pytest.mark.parametrize("concurrency", [1, 16])
@pytest.mark.parametrize("lasts", [40, 60])
def test_what_a_session_missed_is_asked_again_within_the_extra_requests(
    proved: Proving, lasts: int, concurrency: int
) -> None:
    proof, whole = proved(Ending(lasts), concurrency), proved(Ending(FOR_EVER), 1)
    assert proof.outcomes == whole.outcomes
    assert proof.requests <= MOST_REQUESTS


@pytest.mark.parametrize("concurrency", [1, 16])
@pytest.mark.parametrize("server", [Ending(1), Ending(rotates=True)], ids=["once", "rotating"])
def test_sessions_that_are_good_for_one_request_fail_nothing_and_pass_no_refusal(
    proved: Proving, server: Ending, concurrency: int
) -> None:
    proof = proved(server, concurrency)
    assert proof.clauses(Outcome.FAIL) == set()
    assert proof.verdict == "incomplete"
    assert "authentication.cut-short" not in proof.clauses(Outcome.PASS)
    assert proof.requests <= MOST_REQUESTS
    assert "each session of the owner is accepted for a request or two only" in str(proof.reasons)
