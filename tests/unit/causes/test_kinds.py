"""Every kind of mistake is told of, and every fault makes one."""

from __future__ import annotations

import pytest

from neptun_conformance.causes.kinds import Mistake, about
from neptun_conformance.causes.signatures import signatures
from neptun_conformance.server.faults import FAULTS, mistake_of_each
from neptun_conformance.server.faults.mistakes import mistake_of


@pytest.mark.parametrize("mistake", Mistake)
def test_every_kind_is_told_of(mistake: Mistake) -> None:
    told = about(mistake)
    assert all((told.name, told.sentence, told.where, told.usual.endswith(".")))
    assert not told.sentence.endswith(".")


def test_every_fault_makes_a_mistake() -> None:
    assert mistake_of_each().keys() == FAULTS.keys()


def test_a_fault_of_no_theme_and_no_pattern_is_found() -> None:
    with pytest.raises(ValueError, match="something-new: its theme has no usual mistake"):
        mistake_of("something-new", None)


def test_a_fault_without_a_pattern_makes_the_mistake_of_its_theme() -> None:
    assert mistake_of("something-new", Mistake.DROP) is Mistake.DROP


def test_the_dictionary_names_known_faults_alone() -> None:
    assert {one.fault for one in signatures()} <= FAULTS.keys()


def test_the_dictionary_knows_each_fault_by_its_mistake() -> None:
    kept = {one.fault: one.mistake for one in signatures()}
    assert kept == {name: mistake_of_each()[name] for name in kept}
