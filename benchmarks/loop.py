"""The limit: sends a list of requests over httpx, as concurrently as a run, and judges nothing.

``python -m benchmarks.loop <base URL> <file of requests> <concurrency>``; the file is what the
watched target saw of a run (``server.SEEN``).
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx


def main(base_url: str, requests: list[dict[str, Any]], concurrency: int) -> None:
    """Send every request once.

    Arguments:
        base_url: where the target is.
        requests: method, request target, headers and content of each, as they go out.
        concurrency: how many are under way at once.
    """
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    with (
        httpx.Client(limits=limits, timeout=30, trust_env=False) as client,
        ThreadPoolExecutor(concurrency) as pool,
    ):

        def send(request: dict[str, Any]) -> int:
            octets = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in request["headers"]]
            sent = httpx.Request(
                request["method"],
                base_url,
                headers=octets,
                content=request["content"].encode("latin-1"),
                extensions={"target": request["target"].encode("latin-1")},
            )
            return client.send(sent).status_code

        list(pool.map(send, requests))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text()), int(sys.argv[3]))
