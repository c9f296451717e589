"""What is imported for a run is out of the garbage collector's way, and nothing else is."""

import gc

import pytest

from tests.unit.cli.conftest import Neptun


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was(neptun: Neptun, *, enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        assert neptun("--plan", "--only", "file.size").status == 0
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
    assert gc.get_freeze_count() > 0


def test_only_the_first_run_sets_anything_aside(neptun: Neptun) -> None:
    neptun("--plan", "--only", "file.size")
    before = gc.get_freeze_count()
    kept: list[list[int]] = [[] for _ in range(1_000)]
    neptun("--plan", "--only", "file.size")
    assert gc.get_freeze_count() <= before
    assert kept
