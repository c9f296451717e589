"""Judges stacks and tells each one's verdict; ``python -m tests.stacks [--record] [NAME]...``.

``--record`` keeps what was said for docs/compatibility.md. ``--debian`` only prints the names of
Debian's packages that the stacks run on.
"""

from __future__ import annotations

import argparse
import sys

from tests import compatibility
from tests.stacks.installing import NotInstalledError
from tests.stacks.judging import Judged, judge
from tests.stacks.manifest import manifest, names


def main() -> int:
    """Return 0 where each stack was judged and only known clauses failed, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.stacks")
    parser.add_argument("stacks", nargs="*", metavar="NAME", help="by default all of them")
    parser.add_argument("--record", action="store_true", help="keep the results for the docs")
    parser.add_argument("--debian", action="store_true", help="print the packages needed, no more")
    chosen = parser.parse_args()
    stacks = chosen.stacks or names()
    if chosen.debian:
        print(*sorted({package for name in stacks for package in manifest(name).debian}))
        return 0
    return max([_told(name, keep=chosen.record) for name in stacks], default=1)


def _told(name: str, *, keep: bool) -> int:
    try:
        judged = judge(name)
    except (NotInstalledError, RuntimeError) as problem:
        print(f"{name}: NOT JUDGED: {problem}", flush=True)
        return 1
    verdict, requests = judged.report["verdict"].upper(), judged.report["requests"]
    print(f"{name}: {verdict}, {requests} requests, {judged.seconds:.0f} s", flush=True)
    surprises = _surprises(name, judged)
    for surprise in surprises:
        print(f"  {surprise}", flush=True)
    if keep:
        stack = manifest(name)
        compatibility.record(
            "stacks", name, judged.report, title=stack.title, language=stack.language,
            versions=judged.versions, seconds=judged.seconds, reasons=stack.known,
        )  # fmt: skip
    return int(bool(surprises))


def _surprises(name: str, judged: Judged) -> list[str]:
    expected, untestable = set(manifest(name).known), manifest(name).untested
    failed = judged.failed("MUST") + judged.failed("SHOULD")
    unexpected = [clause for clause in failed if clause not in expected]
    untested = [f"{c}: {why}" for c, why in judged.untested().items() if c not in untestable]
    return [
        *untested[:5],
        *(found for clause in unexpected for found in judged.findings(clause)[:1]),
        *(f"{clause}: expected to fail, and did not" for clause in sorted(expected - {*failed})),
    ]


if __name__ == "__main__":
    sys.exit(main())
