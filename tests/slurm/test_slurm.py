"""The array job judges every target in parts, and its status is that of the worst one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from neptun_conformance.contract import CHECKOUT
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.slurm.cluster import cluster

SCRIPT = CHECKOUT / "deploy" / "slurm" / "fleet.sbatch"
TARGETS = [f"target-{number}" for number in range(6)]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run a cluster for all tests."""
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def submitted(folder: Path, environment: dict[str, str], base_urls: list[str]) -> int:
    """Judge servers by the array job, and return the exit status of waiting for it."""
    targets = folder / "targets"
    targets.mkdir()
    for name, base_url in zip(TARGETS, base_urls, strict=True):
        (targets / f"{name}.yaml").write_text(yaml.safe_dump(target_for(base_url)))
    words = ["sbatch", "--wait", str(SCRIPT), "targets", "reports"]
    ended = subprocess.run(  # noqa: S603 - words of our own
        words, env=environment, cwd=folder, check=False, timeout=600
    )
    return ended.returncode


def verdicts(folder: Path) -> dict[str, str]:
    """Return the verdict of each target, as its report says."""
    found = (folder / "reports").glob("target-*.json")
    return {path.stem: json.loads(path.read_text())["verdict"] for path in found}


def test_every_target_is_judged_once(tmp_path: Path, environment: dict[str, str]) -> None:
    with serving(Reference()) as base_url:
        status = submitted(tmp_path, environment, [base_url] * len(TARGETS))
    assert status == 0
    assert verdicts(tmp_path) == dict.fromkeys(TARGETS, "conformant")
    lines = [path.read_text() for path in (tmp_path / "reports").glob("fleet-*-of-4.jsonl")]
    assert sorted(text.count('"name"') for text in lines) == [1, 1, 2, 2]
    assert "target-5" in (tmp_path / "reports" / "matrix.md").read_text()


def test_a_task_fails_with_its_worst_target(tmp_path: Path, environment: dict[str, str]) -> None:
    wrong = FAULTS["foreign-chat-leaks"].build()
    with serving(Reference()) as base_url, serving(wrong) as other:
        status = submitted(tmp_path, environment, [*[base_url] * 5, other])
    assert status == 1
    assert verdicts(tmp_path)["target-5"] == "nonconformant"
