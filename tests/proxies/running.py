"""Starts a proxy in front of a server, has the suite judge it as a command, and ends everything."""

from __future__ import annotations

import contextlib
import http.client
import json
import shlex
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import trustme
import yaml

from neptun_conformance.server.data import target_for
from neptun_conformance.targets.processes import group
from tests.proxies.installed import program
from tests.proxies.rendering import Rendering, changed
from tests.proxies.servers import OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.proxies.description import Proxy, Setup

AUTHORITY = trustme.CA()
PATIENCE = 30.0  # seconds for a proxy to answer anything
LIMIT = 300  # seconds for a run of the suite


@dataclass(frozen=True)
class Judged:
    """What the suite made of a set-up.

    Arguments:
        report: its JSON report.
        printed: what it printed.
        log: what the proxy wrote.
    """

    report: dict[str, Any]
    printed: str
    log: str

    @property
    def failed(self) -> set[str]:
        """The clauses that failed."""
        return self._with("fail")

    def findings(self) -> list[str]:
        """Return the first finding of each clause that failed, with the request."""
        failed = (x for x in self.report["clauses"] if x["outcome"] == "fail")
        return [
            f"{x['id']}: {found['situation']}: expected {found['expected']},"
            f" got {found['actual']}\n    {found['curl']}"
            for x in failed
            for found in x["findings"][:1]
        ]

    @property
    def not_tested(self) -> set[str]:
        """The clauses that nothing was learnt about."""
        return self._with("not_tested", "error")

    def _with(self, *outcomes: str) -> set[str]:
        return {x["id"] for x in self.report["clauses"] if x["outcome"] in outcomes}


def judge(proxy: Proxy, setup: Setup, server: str) -> Judged:
    """Return what the suite makes of a set-up in front of a server.

    Raises NotInstalledError where a program is not installed, RuntimeError where the proxy does not
    serve or the suite does not end with a report.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        render = Rendering(folder, server, stack)
        base_url = _write(proxy, setup, render)
        programs = stack.enter_context(_proxy(proxy, render))
        _await_answer(base_url, programs, folder)
        return _suite(base_url, setup, folder)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that a proxy can still use once it has given up root's rights."""
    with tempfile.TemporaryDirectory(prefix="proxy-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        certificate = AUTHORITY.issue_cert("localhost", "127.0.0.1")
        chain = b"".join(blob.bytes() for blob in certificate.cert_chain_pems)
        key = certificate.private_key_pem.bytes()
        (folder / "certificate.pem").write_bytes(chain)
        (folder / "key.pem").write_bytes(key)
        (folder / "both.pem").write_bytes(key + chain)
        AUTHORITY.cert_pem.write_to_path(str(folder / "authority.pem"))
        yield folder


def _write(proxy: Proxy, setup: Setup, render: Rendering) -> str:
    unknown = set(setup.changes) - set(proxy.templates)
    if unknown:
        raise ValueError(f"no such template: {', '.join(sorted(unknown))}")
    for name, template in proxy.templates.items():
        text = render(changed(template, setup.changes.get(name, ())))
        (render.folder / name).write_text(text, "utf-8")
    return render(setup.base_url or proxy.base_url)


@contextlib.contextmanager
def _proxy(proxy: Proxy, render: Rendering) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the programs of a proxy, each in a process group that is ended afterwards."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(group(_command(proxy, words, render, f"{number}.log")))
            for number, words in enumerate(proxy.start)
        ]


def _command(proxy: Proxy, words: list[str], render: Rendering, log: str) -> str:
    name, *arguments = words
    line = shlex.join([program(name, proxy), *map(render, arguments)])
    return f"cd {shlex.quote(str(render.folder))} && exec {line} >{log} 2>&1"


def _await_answer(base_url: str, programs: list[subprocess.Popen[bytes]], folder: Path) -> None:
    """Wait for the proxy to answer anything at all."""
    give_up = time.monotonic() + PATIENCE
    while not _answers(base_url):
        ended = any(program.poll() is not None for program in programs)
        if ended or time.monotonic() > give_up:
            reason = "a program ended" if ended else f"no answer from {base_url}"
            raise RuntimeError(f"{reason}\n{_log(folder)}")
        time.sleep(0.1)


def _answers(base_url: str) -> bool:
    url = urlsplit(base_url)
    connection: http.client.HTTPConnection
    if url.scheme == "https":
        context = ssl.create_default_context()
        AUTHORITY.configure_trust(context)
        connection = http.client.HTTPSConnection("localhost", url.port, timeout=5, context=context)
    else:
        connection = http.client.HTTPConnection("localhost", url.port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _suite(base_url: str, setup: Setup, folder: Path) -> Judged:
    further = {"headers": setup.headers, "http": setup.http}
    target = target_for(base_url, owner=OWNERS[setup.owner]) | further
    (folder / "target.yaml").write_text(yaml.safe_dump(target, allow_unicode=True), "utf-8")
    report = folder / "report.json"
    ended = subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "-m", "neptun_conformance", "--target", "target.yaml",
         "--ca-bundle", "authority.pem", "--report-json", report.name, "--color", "never"],
        cwd=folder, capture_output=True, text=True, timeout=LIMIT, check=False,
    )  # fmt: skip
    if not report.exists():
        raise RuntimeError(f"exit status {ended.returncode}\n{ended.stderr}\n{_log(folder)}")
    return Judged(json.loads(report.read_text("utf-8")), ended.stdout, _log(folder))


def _log(folder: Path) -> str:
    return "".join(
        path.read_text("utf-8", "replace")[-4_000:] for path in sorted(folder.glob("*.log"))
    )
