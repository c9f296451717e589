"""Hostile behaviours against the real command: it ends, is right, and says what to do.

All of them with ``NIGHTLY=1``, else what has a remedy and a sample of the others: what the client
makes of each is tried in test_exchanges.py every time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.exchange import BodyKind
from tests.nightly import NIGHTLY, spread
from tests.resilience import runs
from tests.resilience.hostile import BEHAVIOURS, Behaviour, Run, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

STATUS = {
    Run.UNREACHABLE: runs.UNREACHABLE,
    Run.NONCONFORMANT: runs.NONCONFORMANT,
    Run.INCOMPLETE: runs.INCOMPLETE,
}
HURRIED = ("--deadline", "1", "--run-deadline", "12")
"""Where an answer may never come."""
FEW = ("--max-requests", "40")
"""Where each answer takes a while: what is wrong shows in the first one."""

REMEDIES = {
    "refuses": "is the server running",
    "has_no_name": "check the base URL and DNS",
    "unknown_authority": "--ca-bundle",
    "vouches_for_itself": "--ca-bundle",
    "expired": "--insecure",
    "wrong_name": "--insecure",
    "plain_where_tls_is_wanted": "use http://",
    "tls_where_plain_is_wanted": "use https://",
    "handshake_alert": "--client-cert",
    "http_2": "the target speaks HTTP/2 only",
    "ssh": "check the base URL's port",
    "throttles_for_ever": "lower --rate",
    "asks_to_wait_a_year": "lower --rate",
}
"""What people are told to do, where there is something they can do."""

OTHERS = [behaviour for behaviour in BEHAVIOURS if behaviour.name not in REMEDIES]
RUN = BEHAVIOURS if NIGHTLY else [b for b in BEHAVIOURS if b not in OTHERS] + spread(OTHERS, 30)


def named(behaviour: Behaviour) -> str:
    """Return the name of a behaviour, which is its test's, too."""
    return behaviour.name


def hostile_run(folder: Path, behaviour: Behaviour) -> runs.Ended:
    """Run the command against a behaviour."""
    haste = () if behaviour.sees == {200} else HURRIED
    few = FEW if BodyKind.TOO_LARGE in behaviour.sees else ()
    with running(behaviour) as url:
        return runs.check(folder / behaviour.name, url, *haste, *few)


@pytest.fixture(scope="module")
def hostile_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[runs.Ended]]]:
    """Run some at once, ahead of the tests that look at them."""
    folder = tmp_path_factory.mktemp("hostile")
    with runs.ahead(request, "test_hostile_run", partial(hostile_run, folder)) as futures:
        yield futures


@pytest.mark.parametrize("case", RUN, ids=named)
def test_hostile_run(
    case: Behaviour,
    hostile_runs: dict[str, Future[runs.Ended]],
    record_property: Callable[[str, object], None],
) -> None:
    """In bounded time and memory, with the right outcome, and with a reason that helps."""
    ended = hostile_runs[case.name].result()
    record_property("table", "hostile servers, by whole run")
    record_property("seconds", ended.seconds)
    record_property("octets", ended.octets)

    report = runs.assert_sound(ended)
    assert ended.status == STATUS[case.run], report.reason
    assert report.reason is not None
    assert REMEDIES.get(case.name, "") in report.reason
    assert report.reason in ended.out
    if ended.status == runs.NONCONFORMANT:
        assert any(clause.findings for clause in report.clauses)


def test_every_remedy_is_for_a_behaviour() -> None:
    """None is left over from a behaviour that is gone."""
    assert REMEDIES.keys() <= {behaviour.name for behaviour in BEHAVIOURS}
