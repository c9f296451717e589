"""Real proxies: rightly set up they change nothing, and what is set up wrongly shows."""

import pytest

from tests.proxies.cases import Case, Wrong, right, wrong
from tests.proxies.running import judge

RIGHT = [pytest.param(case, id=case.name) for case in right()]
CAUGHT = [pytest.param(case, id=case.name) for case in wrong() if case.setup.caught]
HARMLESS = [pytest.param(case, id=case.name) for case in wrong() if case.setup.harmless]
MISSED = [
    pytest.param(
        case,
        id=case.name,
        marks=pytest.mark.xfail(
            raises=AssertionError, strict=not case.setup.sometimes, reason=case.setup.why
        ),
    )
    for case in wrong()
    if case.setup.missed
]


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_set_up_is_conformant(case: Case) -> None:
    judged = judge(case.proxy, case.setup, case.server)
    assert case.shortfalls(judged) == [], judged.printed


@pytest.mark.parametrize("case", CAUGHT)
def test_a_misconfiguration_is_caught(case: Wrong) -> None:
    judged = judge(case.proxy, case.setup, case.server)
    assert case.shortfalls(judged) == [], judged.printed


@pytest.mark.parametrize("case", HARMLESS)
def test_a_harmless_misconfiguration_is_conformant(case: Wrong) -> None:
    judged = judge(case.proxy, case.setup, case.server)
    assert case.shortfalls(judged) == [], judged.printed


@pytest.mark.parametrize("case", MISSED)
def test_a_known_miss_is_still_missed(case: Wrong) -> None:
    judged = judge(case.proxy, case.setup, case.server)
    assert case.shortfalls(judged) == [], judged.printed
