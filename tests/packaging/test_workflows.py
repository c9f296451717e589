"""The workflows: least permission, pinned actions, one required job; and the other deployments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from neptun_conformance import __version__
from neptun_conformance.targets.model import Target
from tests.packaging.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"uses: (\$/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> Any:
    return load(request.param)


def test_a_workflow_may_do_nothing_by_default(workflow: Any) -> None:
    assert workflow["permissions"] == {}


def test_every_job_is_bounded_in_time_and_says_what_it_may(workflow: Any) -> None:
    for name, job in workflow["jobs"].items():
        assert {"timeout-minutes", "permissions"} <= set(job), name


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.stem)
def test_every_action_is_pinned_with_its_version_beside(path: Path) -> None:
    lines = [x for x in path.read_text("utf-8").splitlines() if re.match(r"[ -]*uses: ", x)]
    assert [line for line in lines if not PINNED.search(line)] == []


def test_one_action_has_one_version() -> None:
    text = "".join(path.read_text("utf-8") for path in [*WORKFLOWS, ROOT / "action.yml"])
    pins = set(re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40})", text))
    assert len(pins) == len({name for name, _ in pins})


def test_the_required_job_waits_for_every_other() -> None:
    jobs = load(ROOT / ".github/workflows/ci.yml")["jobs"]
    assert list(jobs)[-1] == "required"
    assert set(jobs["required"]["needs"]) == set(jobs) - {"required"}
    assert jobs["required"]["if"] == "always()"


def test_all_that_tests_sample_runs_each_night() -> None:
    nightly = (ROOT / ".github/workflows/nightly.yml").read_text("utf-8")
    assert "\nenv:\n  NIGHTLY: '1'" in nightly
    sampling = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search("^from tests.nightly import NIGHTLY", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(sampling) > 5
    assert {path for path in sampling if path not in nightly} == set()


def test_every_kind_of_test_is_run_by_a_workflow() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    kinds = set(re.findall(r"^(test\S*|fuzz|proof|soak|mutants):.* ## ", makefile, re.MULTILINE))
    workflows = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    assert len(kinds) > 8
    assert kinds - set(re.findall(r"run: make (\S+)", workflows)) == set()


def test_every_python_that_is_promised_is_tested() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    matrix = load(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == promised


def test_workflows_give_the_action_only_inputs_that_it_has() -> None:
    inputs = set(load(ROOT / "action.yml")["inputs"])
    steps = [
        step
        for path in WORKFLOWS
        for job in load(path)["jobs"].values()
        for step in job.get("steps", [])
        if step.get("uses") == "$/"
    ]
    assert len(steps) == 3
    assert [step for step in steps if not set(step["with"]) <= inputs] == []


# --- Kubernetes ------------------------------------------------------------------------------

KUBERNETES = {path.stem: load(path) for path in (ROOT / "deploy/kubernetes").glob("*.yaml")}


def container(name: str) -> Any:
    return KUBERNETES[name]["spec"]["template"]["spec"]["containers"][0]


def volumes(name: str) -> Any:
    return {v["name"]: v for v in KUBERNETES[name]["spec"]["template"]["spec"]["volumes"]}


def test_there_is_a_target_for_each_index() -> None:
    count = KUBERNETES["check"]["spec"]["completions"]
    assert set(KUBERNETES["targets"]["data"]) == {f"{index}.yaml" for index in range(count)}


@pytest.mark.parametrize("name", sorted(KUBERNETES["targets"]["data"]))
def test_the_targets_are_valid(name: str) -> None:
    assert Target.of(yaml.safe_load(KUBERNETES["targets"]["data"][name])).owner


def test_the_jobs_use_what_the_other_files_make() -> None:
    for name in ("check", "matrix"):
        claim = volumes(name)["reports"]["persistentVolumeClaim"]["claimName"]
        assert claim == KUBERNETES["reports"]["metadata"]["name"]
    assert (
        volumes("check")["targets"]["configMap"]["name"]
        == KUBERNETES["targets"]["metadata"]["name"]
    )


@pytest.mark.parametrize("name", ["check", "matrix"])
def test_the_image_is_that_of_this_version(name: str) -> None:
    assert container(name)["image"].endswith(f"neptun-conformance:{__version__}")


@pytest.mark.parametrize("name", ["check", "matrix"])
def test_a_pod_has_no_rights(name: str) -> None:
    pod = KUBERNETES[name]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container(name)["securityContext"]["allowPrivilegeEscalation"] is False
