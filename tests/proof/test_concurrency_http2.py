"""What leaks only where callers ask at once is caught over HTTP/2, too, in twenty runs of twenty.

Some leak between two particular callers alone, who meet within a moment: over HTTP/2 they do, as
their requests come in one packet.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.engine.check import Policy
from neptun_conformance.results.result import Outcome
from neptun_conformance.server.data import Target, target_for
from neptun_conformance.server.faults import FAULTS, Fault
from neptun_conformance.server.faults.asking import place_of, plain
from neptun_conformance.server.reference import Reference
from tests.proof.proving import checks, proof_of_some
from tests.resilience.ways import by_hypercorn

RUNS = 20
CLAUSE = "isolation.own-answer"
CLAUSES = {CLAUSE, "success.status", "files.empty"}
"""The first questions of a run meet, too: then it is the plain answers that are wrong."""
SHORTLY = 0.002
"""Seconds in which a server in Python begins a few requests that came in one packet."""


class Pairing(Reference):
    """Mixes up two callers who ask for their full chats, one within a moment of the other."""

    first, second = "alice", "bob"

    def __init__(self) -> None:
        super().__init__()
        self.came = float("-inf")
        self.response: Response | None = None

    async def answer(self, request: Request) -> Response:
        place = place_of(self, request)
        response = await super().answer(request)
        if place is None or response.status_code != 200 or not plain(request):
            return response
        if place.user_id == self.first:
            self.came, self.response = time.monotonic(), response
        meets = time.monotonic() - self.came < SHORTLY
        return (
            self.response if place.user_id == self.second and meets and self.response else response
        )


class OwnerToStranger(Pairing):
    """The stranger gets what the owner has got a moment before."""


class StrangerToOwner(Pairing):
    """The owner gets what the stranger has got a moment before."""

    first, second = "bob", "alice"


class SameTurn(Reference):
    """The owner's chat is kept where the stranger finds it until others get their turn."""

    kept: Response | None = None

    async def answer(self, request: Request) -> Response:
        place = place_of(self, request)
        response = await super().answer(request)
        if place is None or response.status_code != 200 or not plain(request):
            return response
        if place.user_id == "alice":
            self.kept = response
            await asyncio.sleep(0)
            self.kept = None
            return response
        return self.kept or response


@contextmanager
def over_http_2(app: Any) -> Iterator[str]:
    with by_hypercorn(app) as port:
        yield f"http://127.0.0.1:{port}"


def spoken_in_http_2(base_url: str) -> Target:
    return {**target_for(base_url), "http": "2-prior-knowledge"}


def fault(server: type[Reference]) -> Fault:
    return Fault(
        name=server.__name__,
        wrong=server.__doc__ or "",
        clauses=frozenset({CLAUSE}),
        build=server,
    )


LEAKING = [fault for fault in FAULTS.values() if fault.clauses == {CLAUSE}]
PAIRS = [fault(server) for server in (OwnerToStranger, StrangerToOwner, SameTurn)]


@pytest.mark.parametrize("fault", [*LEAKING, *PAIRS], ids=lambda fault: fault.name)
def test_a_leak_under_concurrency_is_caught_each_time(fault: Fault) -> None:
    wanted = [check for check in checks("default") if check.clause in CLAUSES]
    served = replace(fault, serve=over_http_2, target=spoken_in_http_2)
    for _ in range(RUNS):
        proof = proof_of_some(served, wanted, Policy(), over_sockets=True)
        assert proof.clauses(Outcome.FAIL)
