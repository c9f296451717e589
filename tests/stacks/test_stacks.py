"""A conformant endpoint is called conformant, whatever it is built with."""

import pytest

from tests.stacks.judging import judge
from tests.stacks.manifest import manifest, names


@pytest.mark.parametrize("name", names())
def test_only_known_clauses_fail(name: str) -> None:
    judged = judge(name)
    assert set(judged.failed("MUST")) == set(manifest(name).must), judged.output
    assert set(judged.untested()) == set(manifest(name).untested), judged.output
    assert set(judged.failed("SHOULD")) == set(manifest(name).should), judged.output
