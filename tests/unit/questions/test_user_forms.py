"""Ids of nobody: in the shape of a real one, and far from it."""

import pytest

from neptun_conformance.contract.id_shape import respells, same_shape
from neptun_conformance.questions.user_forms import far

IDS = (
    *("alice", "A", "7", "417", "00417", "9" * 30, "ann_b-2"),
    *("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"),
    *("ann@example.com", "ann a+b@example.com/ü", "01J9ZK"),
)


@pytest.mark.parametrize("user_id", IDS)
def test_an_id_far_away_has_the_shape_and_is_another(user_id: str) -> None:
    assert same_shape(far(user_id), user_id)
    assert far(user_id) != user_id
    assert not respells(far(user_id), user_id)


def test_it_is_what_careless_limits_do_not_expect() -> None:
    assert int(far("417")) == 2**32 + 417
    assert far("3f2504e0-4f89-41d3-9a0c-0305e82c3301") == "002504e0-4f89-01d3-0a0c-0305e82c3301"
    assert 32 < len(far("alice")) <= 64
    assert far("alice").lower() != far("alice")
