"""Whatever a command prints, writes, logs or passes on, no secret of its target stands in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from neptun_conformance import contract
from neptun_conformance.server.serving import serving
from tests.patience import PATIENCE
from tests.secrecy.canaries import ISSUED, OWNER, SIGNATURE, WORDS, contents, leaks
from tests.secrecy.echoing import Echoing, profile

FORMS = ("json", "html", "markdown", "junit", "sarif", "badge", "har")
CHECKOUT = Path(__file__).parents[2]
Moment = Callable[[], bool]
SUITE = str(contract.suite_path())
LOUD = ("-x", "--tb=long", "-l", "-vv", "--full-trace", "-o", "log_cli=true", "--log-level=DEBUG")


class Place:
    """A folder that commands may litter, and a target file beside it."""

    def __init__(self, folder: Path, base_url: str) -> None:
        """Write the target file; the owner's session comes from a command."""
        self.litter = folder / "litter"
        self.litter.mkdir()
        for name in ("tmp", "home"):
            (self.litter / name).mkdir()
        (folder / "owner").write_text(OWNER)
        self.base_url = base_url
        document = profile(base_url)
        document["owner"]["session"] = {"command": f"cat {folder / 'owner'}"}
        self.target = folder / "target.yaml"
        self.target.write_text(yaml.safe_dump(document))
        self.arguments: set[str] = set()
        self.seen: set[Path] = set()

    def run(
        self, *command: str, interrupt: Moment | None = None, **environ: str
    ) -> tuple[int, str]:
        """Run Python with arguments, and return its exit status and all that it printed.

        Arguments:
            command: the arguments.
            interrupt: tells when to interrupt it.
            environ: further variables.
        """
        plain = {n: v for n, v in os.environ.items() if not n.startswith(("NEPTUN", "GITHUB"))}
        own = {"TMPDIR": str(self.litter / "tmp"), "HOME": str(self.litter / "home")}
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.litter,
            env=plain | own | environ,
        )
        with self._watching():
            if interrupt is not None:
                while not interrupt() and process.poll() is None:
                    time.sleep(0.01)
                process.send_signal(signal.SIGINT)
            output = process.communicate(timeout=PATIENCE)[0].decode("utf-8", "replace")
        return process.returncode, output

    def command(self, *arguments: str, **environ: str) -> tuple[int, str]:
        """Run the product's command."""
        return self.run("-m", "neptun_conformance", *arguments, interrupt=None, **environ)

    def pytest(self, *arguments: str, interrupt: Moment | None = None) -> tuple[int, str]:
        """Run the contract suite by pytest, as loud as it gets."""
        own = ("-p", "neptun_conformance.plugin") if _is_not_installed() else ()
        where = (SUITE, f"--rootdir={SUITE}", "--confcutdir=/", f"--neptun-target={self.target}")
        return self.run("-m", "pytest", *own, *LOUD, *where, *arguments, interrupt=interrupt)

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Note the arguments of every process that can be seen."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.02):
                for path in Path("/proc").glob("[0-9]*/cmdline"):
                    try:
                        self.arguments.add(path.read_text("utf-8", "replace"))
                    except OSError:
                        continue

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def assert_clean(self, output: str, *further: str) -> None:
        """See that nothing secret is left anywhere."""
        always = (ISSUED, SIGNATURE, *further)
        assert not leaks(output, *always)
        for path, text in contents(self.litter):
            if path not in self.seen:
                assert not leaks(text, *always), path
            self.seen.add(path)
        assert not leaks("\n".join(self.arguments), *always)


def _is_not_installed() -> bool:
    return os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD") == "1"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with serving(Echoing()) as address:
        yield address


@pytest.fixture
def place(tmp_path: Path, base_url: str) -> Place:
    return Place(tmp_path, base_url)


def reports() -> list[str]:
    return [f"--report-{form}=run.{form}" for form in FORMS]


def test_a_run_and_everything_made_of_its_report(place: Place) -> None:
    summary = str(place.litter / "summary.md")
    options = (
        *reports(),
        "--write-baseline=baseline.yaml",
        "--fetch-urls",
        "--allow-unsafe-methods",
    )
    status, output = place.command(
        *options, f"--target={place.target}", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=summary
    )
    assert status == 1, output
    assert "$OWNER_SESSION" in (place.litter / "run.json").read_text()
    assert Path(summary).stat().st_size
    place.assert_clean(output)
    result = json.loads((place.litter / "run.json").read_text())
    findings = [finding["id"] for one in result["clauses"] for finding in one["findings"]]
    assert len(findings) > 10
    for verb in (
        ("report", "run.json", *(f"--{form}=again.{form}" for form in FORMS if form != "json")),
        ("report", "run.json"),
        ("diff", "run.json", "run.json"),
        ("matrix", ".", "--html=matrix.html", "--markdown=matrix.md"),
        ("replay", findings[0], "--report=run.json", "--times=2", f"--target={place.target}"),
        ("doctor", f"--target={place.target}"),
        ("--plan", f"--target={place.target}"),
    ):
        status, output = place.command(*verb)
        assert status in {0, 1}, output
        assert output.strip() or verb[0] == "report"
        place.assert_clean(output)


def test_without_bodies_nothing_of_them_is_left(place: Place) -> None:
    status, output = place.command(*reports(), "--no-bodies", f"--target={place.target}")
    assert status == 1
    assert "file.size" in output
    place.assert_clean(output, WORDS)


def test_failures_in_pytest(place: Place) -> None:
    status, output = place.pytest("--junitxml=junit.xml", "-rA", "--maxfail=1000")
    assert status == 1, output
    assert "created_at is" in output
    place.assert_clean(output)


CRASHES = {
    "in a check": "neptun_conformance.judge.status.be_given.__code__ = wrong.__code__",
    "in a judgement": "from neptun_conformance.bodies import success; success.read = wrong",
    "between": "from neptun_conformance.engine import execution; "
    "execution.checked = execution.outcome_of = wrong",
    "at the end": "from neptun_conformance.engine import execution; execution.deliver = wrong",
}
PLUGIN = """
import neptun_conformance.judge.status
def wrong(*arguments, **options):
    session = {session!r}
    raise RuntimeError(f"it broke on {{session}}, for {{len(arguments)}}")
{patch}
"""


@pytest.mark.parametrize("patch", CRASHES.values(), ids=CRASHES)
def test_crashes(place: Place, tmp_path: Path, patch: str) -> None:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "crashing.py").write_text(PLUGIN.format(session=OWNER, patch=patch))
    start = f"import sys; sys.path.insert(0, {str(plugins)!r}); sys.dont_write_bytecode = True; "
    target = f"--target={place.target}"
    status, output = place.run(
        "-c",
        f"{start}import crashing; from neptun_conformance.cli.main import main; "
        f"sys.exit(main({[target, '--effort=quick', *reports()]!r}))",
    )
    assert status == 3, output
    place.assert_clean(output)
    status, output = place.run(
        "-B", "-m", "pytest", "-p", "crashing", *LOUD, "--maxfail=1000", SUITE,
        f"--rootdir={SUITE}",
        f"--neptun-target={place.target}", "--neptun-report-json=crash.json",
        "--neptun-effort=quick",
        PYTHONPATH=str(plugins),
    )  # fmt: skip
    assert status in {1, 3}, output
    assert "RuntimeError" in output
    place.assert_clean(output)


def half_way(server: Echoing) -> Moment:
    """Return the moment at which a server has got 60 more requests."""
    enough = server.asked + 60
    return lambda: server.asked >= enough


def test_interrupts(tmp_path: Path) -> None:
    server = Echoing(pause=0.2)
    with serving(server) as base_url:
        place = Place(tmp_path, base_url)
        moment = half_way(server)
        status, output = place.pytest("--neptun-report-json=pytest.json", interrupt=moment)
        assert status == 2, output
        place.assert_clean(output)
        moment = half_way(server)
        status, output = place.run(
            "-m", "neptun_conformance", *reports(), f"--target={place.target}", interrupt=moment
        )
        assert status == 2, output
        place.assert_clean(output)


def test_a_server_that_does_not_start_and_tells_its_environment(place: Place) -> None:
    command = f"cat {place.target.parent / 'owner'}; exit 3"
    status, output = place.command(
        f"--start={command}",
        "--base-url=http://127.0.0.1:9",
        NEPTUN_OWNER__SESSION=OWNER,
        NEPTUN_OWNER__USER_ID="alice",
    )
    assert status == 4, output
    assert "its last line" in output
    place.assert_clean(output)
