"""The action, with this test as the runner: its own steps, executed by bash on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging.conftest import ROOT
from tests.patience import PATIENCE

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


@dataclass
class Runner:
    """What GitHub's runner does with a composite action, as far as this one needs it."""

    folder: Path
    dependencies: Path
    environment: dict[str, str] = field(default_factory=dict)
    log: str = ""

    def __post_init__(self) -> None:
        for name in ("temp", "workspace"):
            (self.folder / name).mkdir()

    def file(self, name: str) -> Path:
        return self.folder / name

    def run(self, *names: str, **inputs: str) -> int:
        """Run the named steps, all by default; return the exit status of the first that fails."""
        given = {name: spec.get("default", "") for name, spec in ACTION["inputs"].items()} | inputs
        for step in ACTION["runs"]["steps"]:
            wanted = "run" in step and (not names or step["name"] in names)
            status = self._step(step, given) if wanted else 0
            if status:
                return status
        return 0

    def check(self, **inputs: str) -> int:
        """Run the step that checks, in an environment that is installed already."""
        return self.run("Check the target", **inputs)

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> int:
        filled = {k: _filled(v, inputs) for k, v in step.get("env", {}).items()}
        ended = subprocess.run(  # noqa: S603 - as the runner does
            ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder / "workspace", env=self._variables() | filled | self.environment,
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        self.log += ended.stdout + ended.stderr
        return ended.returncode

    def _variables(self) -> dict[str, str]:
        return {
            "PATH": f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.folder / "workspace"),
            "GITHUB_OUTPUT": str(self.file("output")),
            "GITHUB_STEP_SUMMARY": str(self.file("summary")),
            "RUNNER_TEMP": str(self.folder / "temp"),
            # Dependencies are those installed here: a runner would download them.
            "PYTHONPATH": str(self.dependencies),
            "PIP_NO_BUILD_ISOLATION": "false",
            "PIP_NO_INDEX": "true",
        }

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the action, by way of the step that makes them."""
        lines = self.file("output").read_text("utf-8").splitlines()
        made = dict(line.split("=", 1) for line in lines)
        return {
            name: made.get(spec["value"].removeprefix("${{ steps.check.outputs.")[:-3], "")
            for name, spec in ACTION["outputs"].items()
        }


def _filled(text: str, inputs: dict[str, str]) -> str:
    """Replace the expression in a variable of a step; the action uses no other kind."""
    return inputs[text.removeprefix("${{ inputs.").removesuffix(" }}")]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, dependencies: Path) -> Runner:
    """A runner on which the suite is installed, by the action's own step."""
    runner = Runner(tmp_path_factory.mktemp("prepared"), dependencies)
    assert runner.run("Install the suite") == 0, runner.log
    return runner


@pytest.fixture
def fresh(tmp_path: Path, dependencies: Path) -> Runner:
    """A runner with nothing on it."""
    return Runner(tmp_path, dependencies)


@pytest.fixture
def runner(fresh: Runner, prepared: Runner) -> Runner:
    """A runner on which the suite is installed, with a workspace of its own."""
    environment = "temp/neptun-conformance/python"
    fresh.file(environment).parent.mkdir()
    fresh.file(environment).symlink_to(prepared.file(environment))
    return fresh


def test_a_conformant_target(fresh: Runner, served: Path) -> None:
    assert fresh.run(target=str(served)) == 0, fresh.log
    assert fresh.outputs["verdict"] == "conformant"
    assert json.loads(fresh.outputs["counts"])["must"]["failed"] == 0
    report = json.loads(Path(fresh.outputs["report"]).read_text("utf-8"))
    assert report["verdict"] == "conformant"


def test_the_summary_and_the_reports_are_written(runner: Runner, served: Path) -> None:
    runner.check(target=str(served))
    assert "CONFORMANT" in runner.file("summary").read_text("utf-8").upper()
    written = {path.name for path in Path(runner.outputs["report"]).parent.iterdir()}
    assert written == {"report.json", "report.html", "junit.xml", "report.sarif"}


def test_the_artifact_is_where_the_reports_are(runner: Runner, served: Path) -> None:
    runner.check(target=str(served))
    artifact = ACTION["runs"]["steps"][-1]["with"]["path"]
    folder = artifact.replace("${{ runner.temp }}", str(runner.folder / "temp"))
    assert Path(runner.outputs["report"]).parent == Path(folder)


def test_a_failure_is_annotated_and_fails_the_step(runner: Runner, served: Path) -> None:
    runner.environment["NEPTUN_OWNER__SESSION"] = "not-a-session"
    assert runner.check(target=str(served)) == 1
    assert runner.outputs["verdict"] == "nonconformant"
    assert "::error" in runner.log


def test_an_incomplete_run_fails_unless_it_may(runner: Runner, served: Path) -> None:
    base_url = yaml.safe_load(served.read_text("utf-8"))["base_url"]
    assert runner.check(**{"base-url": base_url}) == 7
    assert runner.check(**{"base-url": base_url, "allow-incomplete": "true"}) == 0
    assert runner.outputs["verdict"] == "incomplete"


def test_without_a_target_nothing_is_green(runner: Runner) -> None:
    assert runner.check() == 4
    assert runner.outputs == {"verdict": "error", "counts": "", "report": ""}
    assert "target or base-url is needed" in runner.log


def test_a_switch_is_true_or_false(runner: Runner) -> None:
    assert runner.check(target="x.yaml", strict="yes please") == 4
    assert "strict: true or false, not yes please" in runner.log


def test_a_target_file_that_is_missing(runner: Runner) -> None:
    assert runner.check(target="no such file.yaml") == 4
    assert runner.outputs["verdict"] == "error"
    assert "no such file.yaml" in runner.log


def test_an_input_is_never_code(runner: Runner) -> None:
    runner.check(target="$(touch owned)`touch owned`; touch owned", strict="$(touch owned)")
    assert not (runner.folder / "workspace" / "owned").exists()


def test_no_input_takes_a_session() -> None:
    assert [name for name in ACTION["inputs"] if "session" in name or "secret" in name] == []


def test_a_published_version_is_asked_for_by_its_number(fresh: Runner) -> None:
    assert fresh.run(target="x.yaml", version="1.2.3") != 0
    assert "neptun-conformance==1.2.3" in fresh.log
