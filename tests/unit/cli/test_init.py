"""A target file to start from."""

from __future__ import annotations

from pathlib import Path

from neptun_conformance.targets.load import load_target
from neptun_conformance.targets.template import init_text
from tests.unit.cli.conftest import Neptun


def test_it_is_printed(neptun: Neptun) -> None:
    assert neptun("init").out == init_text()


def test_it_is_written_and_can_be_used(neptun: Neptun, tmp_path: Path) -> None:
    ran = neptun("init", "new.yaml")
    assert (ran.status, "doctor --target new.yaml" in ran.out) == (0, True)
    assert load_target(tmp_path / "new.yaml", environ={}).target.base_url


def test_a_file_that_is_there_stays_as_it_is(neptun: Neptun, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious", "utf-8")
    ran = neptun("init", "mine.yaml")
    assert (ran.status, (tmp_path / "mine.yaml").read_text("utf-8")) == (4, "precious")
    assert "'mine.yaml' is there already" in ran.err


def test_a_folder_that_is_missing_is_named(neptun: Neptun) -> None:
    ran = neptun("init", "no/such/new.yaml")
    assert ran.status == 4
    assert ran.err == (
        "neptun-conformance: cannot write 'no/such/new.yaml': no such file or directory\n"
    )
