"""The main job: a target is judged, and whatever keeps it from that is said in one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance import contract
from neptun_conformance.engine.run import Run
from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.unit.cli.conftest import Neptun, Ran, Write

ONE = ("--only", "success.status", "--color", "never")

LOG = "server.log"
APP = """
from neptun_conformance.server.reference import Reference

reference = Reference()
seen = []

async def app(scope, receive, send):
    seen.append(scope["type"])
    if seen.count("http") == 9:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("dropped by chance")
    await reference(scope, receive, send)
"""


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a folder whose modules are taken for the contract checks."""
    folder = tmp_path / "checks"
    folder.mkdir()
    monkeypatch.setattr(contract, "suite_path", lambda: folder)
    return folder


def last(ran: Ran) -> str:
    return ran.out.strip().splitlines()[-1]


def test_one_clause_alone_is_a_partial_run(neptun: Neptun) -> None:
    ran = neptun(*ONE, "--no-hostile")
    assert (ran.status, ran.err) == (0, "")
    assert "only some clauses were selected" in ran.out
    assert "\x1b[" not in ran.out
    assert "\x1b[" in neptun(*ONE[:2], "--color", "always").out


def test_a_baseline_is_looked_at_before_anything_is_sent(neptun: Neptun) -> None:
    ran = neptun("--baseline", "missing.yaml")
    assert (ran.status, ran.out, ran.err.count("\n")) == (4, "", 1)


# Ways to a target


def test_a_target_is_started_and_judged(neptun: Neptun, target_file: Write, port: int) -> None:
    start = f"{sys.executable} -m neptun_conformance serve --port {port}"
    target = target_file(f"http://127.0.0.1:{port}")
    ran = neptun(*ONE, "--target", target, "--start", start)
    assert (ran.status, ran.err) == (0, "")


LOGS = """\
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("Traceback for", self.headers["Cookie"], flush=True)
        print("to a file", file=open("server.log", "a"), flush=True)
        self.send_error(500)

    def log_message(self, *_):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.mark.parametrize(
    ("options", "words"),
    [((), "Traceback for neptun-session=$OWNER_SESSION"), (("--server-log", LOG), "to a file")],
)
def test_what_the_server_logged_stands_beside_a_finding(
    options: tuple[str, ...], words: str, neptun: Neptun, target_file: Write, port: int
) -> None:
    Path("server.py").write_text(LOGS, "utf-8")
    Path(LOG).touch()
    target = target_file(f"http://127.0.0.1:{port}")
    start = f"{sys.executable} server.py {port}"
    only = ("--only", "success.status", "--report-json", "report.json")
    ran = neptun(*only, "--target", target, "--start", start, *options)
    assert ran.status == 1
    report = Path("report.json").read_text("utf-8")
    findings = [finding for c in json.loads(report)["clauses"] for finding in c["findings"]]
    assert findings[0]["causes"] == [cause["id"] for cause in json.loads(report)["causes"]]
    # Of several: a busy machine may read a line later than its request is looked for.
    assert any(words in line for finding in findings for line in finding["log"])
    assert target_for("")["owner"]["session"] not in report


def test_a_log_that_is_not_there_is_refused_before_anything_is_judged(neptun: Neptun) -> None:
    ran = neptun("--server-log", "absent.log")
    assert (ran.status, ran.err.count("\n")) == (4, 1)
    assert "--server-log: cannot read 'absent.log': no such file or directory" in ran.err


def test_the_last_words_of_what_does_not_start_are_quoted_without_a_session(
    neptun: Neptun, target_file: Write, port: int
) -> None:
    target = target_file(f"http://127.0.0.1:{port}")
    session = target_for("")["owner"]["session"]
    ran = neptun("--target", target, "--start", f"echo no {session} >&2; exit 5")
    assert (ran.status, ran.err.count("\n")) == (4, 1)
    assert session not in ran.err
    assert "$OWNER_SESSION" in ran.err


def test_a_provisioned_target_is_judged_and_cleaned_up(neptun: Neptun, reference: str) -> None:
    Path("profile.json").write_text(json.dumps(target_for(reference)), "utf-8")
    ran = neptun(*ONE, "--provision", "cat profile.json", "--cleanup", "cat > cleaned.json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(Path("cleaned.json").read_text("utf-8")) == target_for(reference)


def test_an_application_is_judged_in_process_though_it_fails_once(neptun: Neptun) -> None:
    Path("flaky_app.py").write_text(APP, "utf-8")
    Path("target.json").write_text(json.dumps(target_for("http://in-process.invalid")), "utf-8")
    ran = neptun("--app", "flaky_app:app", "--provision", "cat target.json", "--effort", "quick")
    assert (ran.status, ran.err) == (0, ""), ran.out[-2000:]
    assert " requests failed once and were repeated: " in ran.out


def test_what_throttles_is_waited_out_and_said(neptun: Neptun, target_file: Write) -> None:
    class Throttling(Reference):
        """Throttles the third request."""

        asked = 0

        async def respond(self, request: Request) -> Response:
            self.asked += 1
            if self.asked == 3:
                return Response(status_code=429, headers={"Retry-After": "0"})
            return await super().respond(request)

    with serving(Throttling()) as base_url:
        ran = neptun(*ONE, "--target", target_file(base_url))
    assert ran.status == 0
    assert "note: 1 answers of 429 or 503 were waited out; they held the run up for " in ran.out


def test_links_are_followed_and_an_unchecked_certificate_is_said(neptun: Neptun) -> None:
    ran = neptun("--only", "file.link", "--fetch-urls", "--insecure")
    assert ran.status == 0
    assert "note: INSECURE: the target's certificate was not checked" in ran.out


# What goes wrong


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (KeyboardInterrupt, 2, "interrupted"),
        (RuntimeError("broken\nin two lines"), 3, "runtimeerror: broken in two lines ("),
    ],
)
def test_what_stops_a_run_before_its_target_is_there_is_reported(
    neptun: Neptun,
    monkeypatch: pytest.MonkeyPatch,
    fault: type[BaseException] | BaseException,
    status: int,
    reason: str,
) -> None:
    def stop(_: Run) -> None:
        raise fault

    monkeypatch.setattr(Run, "_load", stop)
    ran = neptun("--report-json", "r.json", "--color", "never")
    assert ran.status == status
    report = json.loads(Path("r.json").read_text("utf-8"))
    assert (report["exit_status"], report["requests"], report["truncated"]) == (status, 0, True)
    assert reason in f"{ran.out}{ran.err}".lower()


DECORATORS = "from neptun_conformance.questions.checks import clause\n"


def test_a_module_of_checks_that_is_broken_is_named(neptun: Neptun, checks: Path) -> None:
    (checks / "test_broken.py").write_text("import no_such_module\n", "utf-8")
    ran = neptun()
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "neptun-conformance: test_broken.py cannot be loaded: "
        "ModuleNotFoundError: No module named 'no_such_module'\n"
    )


def test_without_a_check_there_is_no_result(neptun: Neptun, checks: Path) -> None:
    (checks / "test_none.py").write_text("", "utf-8")
    ran = neptun()
    assert (ran.status, ran.err) == (3, f"neptun-conformance: there is no check in {checks}\n")


def test_a_check_that_names_no_clause_of_the_contract_is_named(
    neptun: Neptun, checks: Path
) -> None:
    (checks / "test_unknown.py").write_text(
        f"{DECORATORS}@clause('no.such')\ndef test_it(answers): pass\n",
        "utf-8",
    )
    ran = neptun()
    assert ran.status == 3
    assert "names the unknown clause no.such" in ran.err


def test_a_check_that_fails_by_itself_is_no_verdict(neptun: Neptun, checks: Path) -> None:
    (checks / "test_failing.py").write_text(
        f"{DECORATORS}@clause('success.status')\n"
        "def test_it(everything): raise KeyError('s3cret')\n",
        "utf-8",
    )
    ran = neptun("--color", "never")
    assert ran.status == 3
    assert "the suite itself failed" in ran.out


def test_a_session_command_that_fails_is_no_fault_of_the_suite(
    neptun: Neptun, reference: str, target_file: Write
) -> None:
    owner = target_for(reference)["owner"] | {
        "session": {"command": "echo 'no such account' >&2; exit 3"}
    }
    ran = neptun("--target", target_file(reference, owner=owner), "--effort", "quick")
    assert ran.status == 4
    line = "owner.session: the session's command ended with status 3: no such account"
    assert ran.out.endswith(f"\n{line}\n")
    assert "the suite itself failed" not in ran.out + ran.err


APPS = """
app = 5
def wsgi(environ, start_response): return []
class Asgi:
    async def __call__(self, scope, receive, send): pass
"""


@pytest.mark.parametrize(("name", "kind"), [("app", "int"), ("wsgi", "function"), ("Asgi", "type")])
def test_what_is_no_asgi_application_is_refused(neptun: Neptun, name: str, kind: str) -> None:
    Path("no_asgi.py").write_text(APPS, "utf-8")
    ran = neptun("--app", f"no_asgi:{name}")
    assert ran.status == 4
    assert f"--app no_asgi:{name}: is of type {kind}, not an ASGI application" in ran.err
