"""A result is delivered whole: every report written, and what cannot be written is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from neptun_conformance.reports import RENDERERS, terminal
from neptun_conformance.reports.delivery import REPORTS, check_outputs, deliver
from neptun_conformance.reports.writing import OutputError
from neptun_conformance.results.baseline import BaselineError
from neptun_conformance.results.result import Outcome
from neptun_conformance.settings import Settings, checked
from tests.unit.reports import samples

KNOWN = "- {clause: file.size, reason: known since March}\n"
OUTDATED = "- {clause: file.name, reason: known since March}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, with two baselines in it, outside of any GitHub job."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "known.yaml").write_text(KNOWN, "utf-8")
    (tmp_path / "outdated.yaml").write_text(OUTDATED, "utf-8")
    return tmp_path


def settings(**given: Any) -> Settings:
    return checked(given)


def failing() -> list[Any]:
    """Return clauses of which one fails that a baseline may know."""
    return [
        samples.clause("file.size", Outcome.FAIL),
        samples.clause("file.name", Outcome.PASS),
    ]


def test_every_report_is_written_as_it_is_rendered(folder: Path) -> None:
    paths = {f"report_{form}": f"out.{form}" for form in REPORTS}
    result = deliver(samples.result(), settings(**paths))
    assert result == samples.result()
    for form in REPORTS:
        assert (folder / f"out.{form}").read_text("utf-8") == RENDERERS[form](result)


@pytest.mark.parametrize(("status", "became"), [(0, 4), (1, 4), (7, 4), (2, 2), (3, 3), (6, 6)])
def test_what_cannot_be_written_is_named_and_changes_the_status(status: int, became: int) -> None:
    lost = {"report_json": "no/r.json", "report_har": "out.har", "write_baseline": "no/b.yaml"}
    result = deliver(samples.result(exit_status=status), settings(**lost))
    assert result.exit_status == became
    assert [note.partition(":")[0] for note in result.notes[1:]] == [
        "cannot write 'no/b.yaml'",
        "cannot write 'no/r.json'",
    ]
    assert Path("out.har").is_file()


def test_a_step_summary_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", ".")
    result = deliver(samples.conformant(), settings())
    assert result.exit_status == 4


def test_a_baseline_is_applied_before_anything_is_written() -> None:
    result = deliver(samples.result(failing()), settings(baseline="known.yaml"))
    assert (result.clauses[0].outcome, result.exit_status) == (Outcome.KNOWN_FAILURE, 0)


def test_an_outdated_baseline_is_refused_after_the_run() -> None:
    result = deliver(samples.result(failing()), settings(baseline="outdated.yaml"))
    assert result.exit_status == 4
    assert any("file.name" in note for note in result.notes)


def test_a_baseline_is_written_that_knows_every_failure(folder: Path) -> None:
    result = deliver(samples.result(failing()), settings(write_baseline="new.yaml"))
    written = (folder / "new.yaml").read_text("utf-8")
    assert "clause: file.size" in written
    needed = "1 entry needs" if written.count("reason: ''") == 1 else "2 entries need"
    assert result.notes[-1] == f"wrote new.yaml: {needed} a reason, then pass it with --baseline"
    (folder / "new.yaml").write_text(written.replace("''", "known"), "utf-8")
    again = deliver(samples.result(failing()), settings(write_baseline="new.yaml"))
    assert again.notes[-1] == "wrote new.yaml"


def test_a_github_job_gets_annotations(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = deliver(samples.result(), settings())
    assert capsys.readouterr().out == f"{RENDERERS['annotations'](result)}\n"


def test_before_the_run_it_is_known_what_can_be_written() -> None:
    check_outputs(settings(report_json="r.json", write_baseline="b.yaml", baseline="known.yaml"))
    assert not Path("r.json").exists()
    for name in (*(f"report_{form}" for form in REPORTS), "write_baseline"):
        with pytest.raises(OutputError, match=r"^cannot write 'no/folder'"):
            check_outputs(settings(**{name: "no/folder"}))
    with pytest.raises(BaselineError):
        check_outputs(settings(baseline="missing.yaml"))


def test_a_baseline_that_is_written_again_keeps_its_reasons(tmp_path: Path) -> None:
    path = tmp_path / "known.yaml"
    deliver(samples.result(failing()), settings(write_baseline=str(path)))
    filled = path.read_text("utf-8").replace("''", "known  # since March")
    path.write_text(filled, "utf-8")
    deliver(samples.result(failing()), settings(write_baseline=str(path)))
    assert path.read_text("utf-8") == filled
    deliver(samples.result(failing()), settings(write_baseline=str(path), baseline=str(path)))
    assert path.read_text("utf-8") == filled


def test_what_is_no_baseline_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    path.write_text("shopping: list\n", "utf-8")
    with pytest.raises(BaselineError, match="is not a list of entries"):
        check_outputs(settings(write_baseline=str(path)))
    assert path.read_text("utf-8") == "shopping: list\n"


def test_a_conformant_run_says_in_the_terminal_why_its_status_is_not_0() -> None:
    result = samples.conformant(exit_status=4, reason="baseline known.yaml: passes now")
    assert terminal.render(result).endswith("\nbaseline known.yaml: passes now")
