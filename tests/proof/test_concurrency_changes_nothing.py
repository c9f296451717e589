"""How many requests go out at the same time changes no verdict, on wrong and on legal servers.

Some servers are tried on each change, all of them with ``NIGHTLY=1``.
"""

from __future__ import annotations

import pytest

from neptun_conformance.results.result import Outcome
from neptun_conformance.server.faults import FAULTS, Fault, isolation
from neptun_conformance.server.legal import LEGAL
from neptun_conformance.settings import MOST_CONCURRENT
from tests.nightly import NIGHTLY, spread
from tests.proof.proving import prove

SOME_FAULTS, SOME_LEGAL = 30, 10


def some(servers: list[Fault], number: int) -> list[Fault]:
    """Return some servers of the catalogue, or all of them.

    Over sockets, requests are sent at the same time in any case. What depends on the order of
    requests is left out: with another order it is another server.
    """
    alone = [one for one in servers if not one.needs_socket and not _depends_on_the_moment(one)]
    return alone if NIGHTLY else spread(alone, number)


def _depends_on_the_moment(server: Fault) -> bool:
    """Tell whether what a server does wrong depends on which request comes when."""
    return bool(server.by_chance) or "now-and-then" in server.name or server in isolation.faults


SERVERS = [*some([*FAULTS.values()], SOME_FAULTS), *some([*LEGAL.values()], SOME_LEGAL)]


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_one_at_a_time_and_many_find_the_same(server: Fault) -> None:
    one, many = (prove(server, concurrency=number) for number in (1, MOST_CONCURRENT))
    for outcome in (Outcome.FAIL, Outcome.ERROR):
        assert one.clauses(outcome) == many.clauses(outcome)
