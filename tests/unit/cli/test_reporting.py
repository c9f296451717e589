"""Reports from kept results, two runs compared, and many side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from neptun_conformance.cli.reporting import FORMS
from neptun_conformance.reports import RENDERERS, terminal
from neptun_conformance.reports.as_json import render
from neptun_conformance.reports.reading import read_result
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Write
from tests.unit.reports import samples


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return a folder with a bad report and a good one."""
    (tmp_path / "bad.json").write_text(render(samples.result()), "utf-8")
    (tmp_path / "good.json").write_text(render(samples.conformant()), "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_rendered_as_at_the_end_of_the_run(
    neptun: Neptun, kept: Path, form: str
) -> None:
    ran = neptun("report", "bad.json", f"--{form}", "out")
    wanted = RENDERERS[form](read_result(kept / "bad.json"))
    assert (ran.status, (kept / "out").read_text("utf-8").rstrip()) == (0, wanted.rstrip())


def test_without_a_form_it_is_printed(neptun: Neptun, kept: Path) -> None:
    ran = neptun("report", "bad.json")
    assert (ran.status, ran.out) == (0, f"{terminal.render(read_result(kept / 'bad.json'))}\n")


@pytest.mark.parametrize(
    ("before", "after", "status", "last"),
    [
        ("good.json", "bad.json", 1, "worse: "),
        ("bad.json", "bad.json", 0, "not worse: nothing changed"),
    ],
)
def test_worse_is_status_1(  # noqa: PLR0913, PLR0917 - a row of the table
    neptun: Neptun, kept: Path, before: str, after: str, status: int, last: str
) -> None:
    assert kept.is_dir()
    ran = neptun("diff", before, after)
    assert ran.status == status
    assert ran.out.splitlines()[-1].startswith(last)


def test_many_are_put_side_by_side(neptun: Neptun, kept: Path) -> None:
    ran = neptun("matrix", ".", "--html", "m.html", "--markdown", "m.md")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()[:2]] == ["bad", "good"]
    assert "2 targets" in (kept / "m.html").read_text("utf-8")
    assert "| clause | `bad` | `good` |" in (kept / "m.md").read_text("utf-8")


def test_a_broken_report_hides_no_other_and_is_not_passed_over(neptun: Neptun, kept: Path) -> None:
    (kept / "cut.json").write_text(render(samples.result())[:500], "utf-8")
    ran = neptun("matrix", ".", "--html", "m.html")
    assert (ran.status, (kept / "m.html").is_file()) == (4, True)
    assert "unreadable: cannot read report 'cut.json'" in ran.out
    assert "1 left out" in ran.err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["report", "none.json"], "cannot read report 'none.json': No such file"),
        (["report", "."], "cannot read report '.': is a directory"),
        (["report", "text.json"], "cannot read report 'text.json': not JSON"),
        (["report", "good.json", "--html", "no/folder/x"], "cannot write 'no/folder/x': "),
        (["diff", "good.json", "none.json"], "cannot read report 'none.json': No such file"),
        (["matrix", "good.json"], "'good.json' is not a folder of reports"),
        (["trend", "good.json"], "'good.json' is not a folder of reports"),
        (["matrix", ".", "--markdown", "no/folder/x"], "cannot write 'no/folder/x': "),
        (["replay", "a:b", "--report", "none.json"], "cannot read report 'none.json': No such"),
    ],
)
def test_what_cannot_be_read_or_written_gets_one_line(
    neptun: Neptun, kept: Path, arguments: list[str], line: str
) -> None:
    (kept / "text.json").write_text("no JSON", "utf-8")
    if arguments[0] == "matrix":
        (kept / "text.json").unlink()
    ran = neptun(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert ran.err.startswith(f"neptun-conformance: {line}")


@pytest.mark.parametrize("fault", ["size-as-text", "404-trace"])
def test_two_runs_of_one_server_differ_in_nothing(
    neptun: Neptun, target_file: Write, tmp_path: Path, fault: str
) -> None:
    """Answers come in another order, and the examples are the same."""
    told = []
    with serving(FAULTS[fault].build()) as base_url:
        for number in (1, 16):
            file = target_file(base_url)
            report = f"{number}.json"
            neptun("--target", file, "--concurrency", number, "--report-json", report)
            clauses = read_result(tmp_path / report).clauses
            told.append([(f.id, f.situation) for c in clauses for f in c.findings])
    assert told[0] == told[1] != []
    ran = neptun("diff", "1.json", "16.json")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "not worse: nothing changed")
