"""Many targets are judged side by side, each for itself, and nothing that ended is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from neptun_conformance.engine.fleet import processes, worker
from neptun_conformance.engine.fleet.journal import Journal
from neptun_conformance.engine.fleet.processes import Fleet, worst
from neptun_conformance.engine.fleet.worker import Ended, Job
from neptun_conformance.results.verdict import ExitStatus
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from neptun_conformance.settings import checked
from tests.nightly import NIGHTLY
from tests.patience import PATIENCE
from tests.unit.cli.conftest import Neptun

ONE = ("--only", "success.status")
FLEET = 1_000 if NIGHTLY else 30
"""Targets of the longest fleet."""
ROOM = 20_000_000
"""Bytes by which the memory of a fleet's own process may grow, however many targets it judges."""


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, str]]:
    """Serve the reference and two wrong servers on loopback, by name."""
    wrong = ("size-missing", "foreign-chat-leaks")
    with ExitStack() as stack:
        found = {"right": stack.enter_context(serving(Reference()))}
        for name in wrong:
            found[name] = stack.enter_context(serving(FAULTS[name].build()))
        yield found


@pytest.fixture(autouse=True)
def nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what would go to every target."""
    for name in [name for name in os.environ if name.startswith("NEPTUN_")]:
        monkeypatch.delenv(name)


def write(folder: Path, name: str, base_url: str) -> Path:
    """Write the target file of a server."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(target_for(base_url)), "utf-8")
    return path


def entries(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of a journal."""
    text = (folder / "fleet.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def test_each_target_gets_its_own_verdict(
    neptun: Neptun, tmp_path: Path, servers: dict[str, str]
) -> None:
    folder, out = tmp_path / "targets", tmp_path / "out"
    write(folder, "right", servers["right"])
    write(folder, "wrong", servers["foreign-chat-leaks"])
    (folder / "broken.yaml").write_text("x: [")
    write(folder, "gone", "http://127.0.0.1:9")
    only = ("--only", "ownership.foreign-chat")
    ran = neptun("fleet", str(folder), "--report-dir", str(out), "--jobs", "2", *only)
    said = {entry["name"]: entry["status"] for entry in entries(out)}
    assert said == {"right": 0, "wrong": 1, "broken": 4, "gone": 6}
    assert ran.status == ExitStatus.USAGE
    assert "PARTIAL         right  " in ran.out
    assert ran.out.endswith(
        "4 of 4 targets: 1 partial, 1 nonconformant, 1 no result, 1 unreachable\n"
    ) or ran.out.splitlines()[-1].startswith("4 of 4 targets: ")
    assert {path.name for path in out.glob("*.json")} == {"right.json", "wrong.json", "gone.json"}
    assert "ownership.foreign-chat" in (out / "matrix.html").read_text("utf-8")


def test_a_shard_judges_its_part(neptun: Neptun, tmp_path: Path, servers: dict[str, str]) -> None:
    for name in "abcde":
        write(tmp_path / "targets", name, servers["right"])
    out = tmp_path / "out"
    for shard in ("1/2", "2/2"):
        ran = neptun(
            "fleet", str(tmp_path / "targets"), "--shard", shard, "--report-dir", str(out), *ONE
        )
        assert ran.status == 0
    parts = [(out / f"fleet-{n}-of-2.jsonl").read_text("utf-8").count('"name"') for n in (1, 2)]
    assert parts == [3, 2]
    assert {path.stem for path in out.glob("*.json")} == set("abcde")


def test_a_fleet_that_was_killed_goes_on_where_it_was(
    tmp_path: Path, servers: dict[str, str]
) -> None:
    folder, out = tmp_path / "targets", tmp_path / "out"
    names = [f"target-{number:04}" for number in range(FLEET)]
    for number, name in enumerate(names):
        write(folder, name, list(servers.values())[number % len(servers)])
    words = [sys.executable, "-m", "neptun_conformance", "fleet", str(folder)]
    words += ["--report-dir", str(out), "--jobs", "2", "--only", "ownership.foreign-chat"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        while not (out / "fleet.jsonl").exists() or len(entries(out)) < FLEET // 3:
            time.sleep(0.05)
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    with (out / "fleet.jsonl").open("a") as torn:
        torn.write('{"name": "target-')
    before = {path.name: path.read_bytes() for path in out.glob("target-*.json")}
    kept = {line["name"] for line in _sound(out)}
    with (
        (tmp_path / "printed").open("w") as file,
        subprocess.Popen([*words, "--resume"], stdout=file) as process,  # noqa: S603 - ours
    ):
        memory = list(_memory(process, out))
    printed = (tmp_path / "printed").read_text("utf-8")
    assert process.returncode == ExitStatus.NONCONFORMANT
    assert printed.count("  (kept)\n") == len(kept)
    assert len(kept) >= FLEET // 3
    assert sorted({line["name"] for line in _sound(out)}) == names
    wrong = len([number for number in range(FLEET) if number % len(servers) == 2])
    summed = f"{FLEET} of {FLEET} targets: {FLEET - wrong} partial, {wrong} nonconformant"
    assert summed in printed
    assert not memory or max(memory) < memory[0] + ROOM
    assert all((out / f"{name}.json").read_bytes() == before[f"{name}.json"] for name in kept)


def _memory(process: subprocess.Popen[bytes], out: Path) -> Iterator[int]:
    """Yield the bytes that a fleet holds itself, from its first target to its last, on Linux."""
    status = Path(f"/proc/{process.pid}/statm")
    before = len(_sound(out))
    while process.poll() is None and len(_sound(out)) < FLEET:
        time.sleep(0.1)
        if len(_sound(out)) > before and status.exists():
            yield int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _sound(out: Path) -> list[dict[str, Any]]:
    lines = (out / "fleet.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.endswith("}")]


def test_what_was_changed_is_judged_again(
    neptun: Neptun, tmp_path: Path, servers: dict[str, str]
) -> None:
    folder, out = tmp_path / "targets", tmp_path / "out"
    first, second = (write(folder, name, servers["right"]) for name in "ab")
    words = ("fleet", str(first), str(second), "--report-dir", str(out), *ONE)
    neptun(*words)
    second.write_text(second.read_text() + "\n")
    assert neptun(*words, "--resume").out.count("(kept)") == 1
    assert neptun(*words, "--resume").out.count("(kept)") == 2
    assert neptun(*words, "--resume", "--seed", "1").out.count("(kept)") == 0
    assert neptun(*words).out.count("(kept)") == 0


def test_a_variable_that_would_go_to_all_is_refused(
    neptun: Neptun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "targets", "one", "http://127.0.0.1:9")
    monkeypatch.setenv("NEPTUN_OWNER__SESSION", "secret")
    ran = neptun("fleet", str(tmp_path / "targets"))
    assert ran.status == ExitStatus.USAGE
    assert "NEPTUN_OWNER__SESSION: would go to every target" in ran.err
    assert "secret" not in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "'nothing': no such target file or folder"),
        (("empty",), "'empty': holds no target file"),
        (("a/one.yaml", "b/one.yaml"), "have the same name"),
        (("a", "--resume"), "--resume: only together with --report-dir"),
        (("a", "--shard", "3/2"), "a part such as 2/5, not '3/2'"),
        (("a", "--only", "no.such"), "--only: no clause is named 'no.such'"),
        (("a", "--concurrency", "65"), "--concurrency: 64 at most"),
        (("a", "--report-dir", "a/one.yaml"), "--report-dir: 'a/one.yaml': file exists"),
    ],
)
def test_what_cannot_be_judged_is_one_line(
    neptun: Neptun,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for folder in ("a", "b"):
        write(tmp_path / folder, "one", "http://127.0.0.1:9")
    ran = neptun("fleet", *words)
    assert ran.status == ExitStatus.USAGE
    assert said in ran.err
    assert ran.err.count("\n") == 1


def crash(job: Job, _: object) -> None:
    """Stand in for a target that brings its process down, or lets it hang."""
    if job.name == "hang":
        time.sleep(600)
    os.kill(os.getpid(), signal.SIGSEGV)


def test_a_child_that_crashes_or_hangs_is_one_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "main", crash)
    monkeypatch.setattr(processes, "GRACE", 0.4)
    patient, hurried = (checked({"run_deadline": n, "wait": 0.0}) for n in (PATIENCE, 0.1))
    jobs = [Job("crash", patient), Job("hang", hurried), Job("crash too", patient)]
    said = {job.name: ended for job, ended in Fleet(jobs, at_once=2).ended()}
    assert {ended.status for ended in said.values()} == {ExitStatus.ERROR}
    assert said["crash"].line == "the process ended by signal 11, without a result"
    assert said["hang"].line == "it did not end by its deadline, and was ended"


def test_the_worst_status_counts() -> None:
    assert [worst(found) for found in ([], [0, 7], [7, 6], [6, 1], [1, 4], [4, 3], [3, 2])] == [
        0, 7, 6, 1, 4, 3, 2,
    ]  # fmt: skip


def test_a_journal_of_anything_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "fleet.jsonl"
    path.write_bytes(b'\xff\n[]\n{"name": "one"}\nnull\n{"status')
    job = Job("one", checked({"target": "missing.yaml", "report_json": str(path)}))
    journal = Journal(path)
    assert journal.done([job]) == {}
    journal.begin(anew=False)
    journal.add(job, Ended(0, "conformant", "63/63 MUST"))
    assert journal.done([job])["one"].verdict == "conformant"
