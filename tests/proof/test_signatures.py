"""The kept dictionary of causes is what the proof computes, and tells each server's mistake.

A sample is computed anew, and all of it with ``NIGHTLY=1``.
"""

from __future__ import annotations

import pytest

from neptun_conformance.causes.diagnosis import diagnose
from neptun_conformance.causes.signatures import signatures
from neptun_conformance.server.faults import FAULTS, in_front, mistake_of_each
from tests.nightly import NIGHTLY
from tests.proof.signatures import against

EVERY = 1 if NIGHTLY else 60
STEADY = sorted(name for name, fault in FAULTS.items() if not fault.by_chance)
KEPT = {one.fault: one for one in signatures()}


@pytest.mark.parametrize("name", [name for name in STEADY if name in KEPT][::EVERY])
def test_a_server_shows_as_the_dictionary_says(name: str) -> None:
    assert against(name).signature(name) == KEPT[name]


@pytest.mark.parametrize("name", [fault.name for fault in in_front.faults])
def test_what_stands_in_front_is_one_cause_and_named(name: str) -> None:
    seen = against(name)
    (cause,) = diagnose(seen.symptoms, seen.answers, [])
    assert cause.mistake is mistake_of_each()[name]


def test_nearly_all_servers_are_in_the_dictionary() -> None:
    assert len(KEPT) > 0.9 * len(FAULTS)
