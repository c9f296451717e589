"""Every hostile behaviour, one exchange at a time: what is recorded, in what time and memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import BodyKind, Exchange, Failure, Request
from tests.resilience.hostile import BEHAVIOURS, Behaviour, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from neptun_conformance.exchange import FailureKind

SHORT = 0.5
LONG = 60.0
AT_ONCE = 16
SLACK = 5.0
MAX_GROWTH = 200 * 1024 * 1024
SESSION = "s3cr3t-s3ss10n"
REQUEST = Request("GET", "/api/users/1/chats/2/files", (("Cookie", f"neptun-session={SESSION}"),))


def sight(exchange: Exchange) -> int | FailureKind | BodyKind:
    """Reduce an exchange to what a behaviour says it must be."""
    if isinstance(exchange.outcome, Failure):
        return exchange.outcome.kind
    problem = exchange.outcome.body_problem
    return problem.kind if problem else exchange.outcome.status


def memory(field: str) -> int:
    """Read a figure of this process in octets: VmRSS for now, VmHWM for the peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def settings(url: str, deadline: float) -> Settings:
    """Be patient for so many seconds, and only briefly with a target that throttles."""
    return Settings(
        base_url=url, run_id="r", deadline=deadline, max_throttle=SHORT, concurrency=AT_ONCE
    )


def assert_readable(exchange: Exchange) -> None:
    """People get one line that names the trouble; no server can put a secret there."""
    if isinstance(exchange.outcome, Failure):
        assert exchange.outcome.message.isprintable()
        assert 10 < len(exchange.outcome.message) < 200
        assert SESSION not in exchange.outcome.message


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_exchange_ends_as_foreseen(
    behaviour: Behaviour, record_property: Callable[[str, object], None]
) -> None:
    """Within the deadline and in bounded memory, with the right reason and without an exception."""
    with running(behaviour) as url:
        deadline = SHORT if behaviour.hangs else LONG
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, began = memory("VmRSS"), monotonic()
        with (
            Client(settings(url, deadline)) as client,
            ThreadPoolExecutor(behaviour.at_once) as threads,
        ):
            exchanges = list(threads.map(client.exchange, [REQUEST] * behaviour.exchanges))
        seconds, growth = monotonic() - began, memory("VmHWM") - before
    record_property("table", "hostile servers, by exchange")
    record_property("seconds", seconds)
    record_property("octets", growth)

    assert {sight(exchange) for exchange in exchanges} == behaviour.sees
    assert max(exchange.seconds for exchange in exchanges) < deadline + SLACK
    assert growth < MAX_GROWTH
    for exchange in exchanges:
        assert_readable(exchange)


@pytest.mark.parametrize(
    "behaviour",
    [b for b in BEHAVIOURS if b.sees == {BodyKind.TOO_LARGE}],
    ids=lambda behaviour: behaviour.name,
)
def test_large_bodies_come_one_at_a_time(
    behaviour: Behaviour, record_property: Callable[[str, object], None]
) -> None:
    """Sixteen large answers at once take no more memory than one."""
    with running(behaviour) as url, Client(settings(url, LONG)) as client:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, began = memory("VmRSS"), monotonic()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            exchanges = list(threads.map(client.exchange, [REQUEST] * AT_ONCE))
        seconds, growth = monotonic() - began, memory("VmHWM") - before
    record_property("table", f"{AT_ONCE} large answers at once")
    record_property("seconds", seconds)
    record_property("octets", growth)

    assert {sight(exchange) for exchange in exchanges} == behaviour.sees
    assert growth < MAX_GROWTH


def test_every_behaviour_has_a_name_and_a_line_of_its_own() -> None:
    """The list explains itself."""
    assert len({behaviour.name for behaviour in BEHAVIOURS}) == len(BEHAVIOURS)
    assert len({behaviour.what for behaviour in BEHAVIOURS}) == len(BEHAVIOURS)
    assert all(behaviour.what.endswith(".") for behaviour in BEHAVIOURS)
