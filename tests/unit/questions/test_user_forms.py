"""Ids of nobody: in the shape of a real one, and far from it."""

import pytest

from neptun_conformance.contract.id_shape import respells, same_shape
from neptun_conformance.questions.user_forms import AS_A_SEGMENT, FORMS, RARER_FORMS, far

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


@pytest.mark.parametrize("user_id", IDS)
def test_each_form_is_another_text(user_id: str) -> None:
    written = [write(user_id) for _, write in (*FORMS, AS_A_SEGMENT)]
    assert len({*written, user_id}) == len(written) + 1
    assert user_id not in {write(user_id) for _, write in RARER_FORMS}


@pytest.mark.parametrize(
    ("user_id", "forms"),
    [
        (
            "ann.lee@example.com",
            ("ann.lee@EXAMPLE.COM", "ann.lee+x@example.com", "annlee%40example.com"),
        ),
        ("ann@example.com", ("ann@EXAMPLE.COM", "ann+x@example.com", "a.nn%40example.com")),
        ("alice", ("ALICE", "@alice", "alice;v=1")),
        ("417", ("+417", "417.0", "417;v=1")),
        ("ann b@c", ("ANN B@C", "@ann b@c", "ann%20b%40c;v=1")),
    ],
)
def test_the_forms_are_those_of_what_the_id_is(user_id: str, forms: tuple[str, ...]) -> None:
    assert {*forms} <= {write(user_id) for _, write in (*FORMS, AS_A_SEGMENT)}
