"""A run over HTTP/2 behind nginx, on a target with latency, beside the general tool's.

``python -m benchmarks.behind_nginx`` prints the figure; without nginx it says so.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import trustme
import yaml

from benchmarks import contestants
from benchmarks.measuring import run, server
from benchmarks.table import LATE

BOUND = 0.12
"""Times of the general tool that a run may take."""

_CONFIGURATION = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    upstream app {{ server 127.0.0.1:{behind}; keepalive 128; }}
    server {{
        listen 127.0.0.1:{port} ssl http2;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/certificate.pem;
        location / {{
            proxy_pass http://app;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path, base_url: str) -> Iterator[str]:
    """Put nginx in front of a server, with TLS and HTTP/2, and yield the new base URL.

    Arguments:
        folder: where its files may be written.
        base_url: that of the server.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    certificate = trustme.CA().issue_cert("127.0.0.1", "localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "certificate.pem")
    text = _CONFIGURATION.format(folder=folder, behind=base_url.rpartition(":")[2], port=port)
    (folder / "nginx.conf").write_text(text)
    words = [shutil.which("nginx") or "nginx", "-e", "stderr", "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - nginx
        try:
            _wait_for(port)
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("nginx does not listen")


def ratio(folder: Path, rounds: int) -> tuple[float, float]:
    """Return the middle of our seconds, and of the general tool's, by turns.

    Arguments:
        folder: where files may be written.
        rounds: how many times.
    """
    with (
        server(folder, latency=LATE) as target,
        tempfile.TemporaryDirectory() as place,
        nginx(Path(place), target.target["base_url"]) as base_url,
    ):
        path = folder / "behind-nginx.yaml"
        path.write_text(yaml.safe_dump({**target.target, "base_url": base_url, "http": "2"}))
        suite = contestants.suite(path, "--insecure")
        tool = contestants.general_tool(target.target, folder)
        run(suite)  # so that nobody's first time, with cold files, counts
        costs = [(run(suite).seconds, run(tool).seconds) for _ in range(rounds)]
    return median(ours for ours, _ in costs), median(theirs for _, theirs in costs)


def line(rounds: int) -> str:
    """Return what was measured in one line."""
    if shutil.which("nginx") is None:
        return "over HTTP/2 behind nginx: not measured, as nginx is not installed"
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = ratio(Path(name), rounds)
    return (
        f"over HTTP/2 behind nginx, {1000 * LATE:g} ms: {ours:.2f} s, {ours / theirs:.3f} of "
        f"schemathesis' {theirs:.2f} s (at most {BOUND:g} wanted)"
    )


if __name__ == "__main__":
    print(line(3))  # noqa: T201 - that is what it is for
