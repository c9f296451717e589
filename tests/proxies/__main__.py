"""Judges proxies and tells what came of it; ``python -m tests.proxies [--record] [NAME]...``.

A name is that of a proxy or of a set-up, such as ``nginx`` or ``nginx-error-pages``. ``--record``
keeps what was said for docs/compatibility.md. ``--debian`` only prints the names of Debian's
packages that are needed.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests import compatibility
from tests.proxies.cases import Case, right, wrong
from tests.proxies.description import Misconfiguration, proxies
from tests.proxies.installed import NotInstalledError, versions
from tests.proxies.running import Judged, judge


def main() -> int:
    """Return 0 where every set-up was judged and came out as expected, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.proxies")
    parser.add_argument("names", nargs="*", metavar="NAME", help="by default all of them")
    parser.add_argument("--record", action="store_true", help="keep the results for the docs")
    parser.add_argument("--debian", action="store_true", help="print the packages needed, no more")
    chosen = parser.parse_args()
    if chosen.debian:
        print(*sorted({package for proxy in proxies().values() for package in proxy.debian}))
        return 0
    return max([_told(case, keep=chosen.record) for case in _cases(chosen.names)], default=1)


def _cases(names: list[str]) -> list[Case]:
    cases = [*right(), *wrong()]
    if not names:
        return cases
    return [
        x for x in cases if any(x.name == name or x.name.startswith(f"{name}-") for name in names)
    ]


def _told(case: Case, *, keep: bool) -> int:
    began = time.monotonic()
    try:
        judged = judge(case.proxy, case.setup, case.server)
    except (NotInstalledError, RuntimeError, ValueError) as problem:
        print(f"{case.name}: NOT JUDGED: {problem}", flush=True)
        return 1
    seconds = time.monotonic() - began
    verdict, requests = judged.report["verdict"].upper(), judged.report["requests"]
    print(f"{case.name}: {verdict}, {requests} requests, {seconds:.0f} s", flush=True)
    print("  failed:", *sorted(judged.failed), flush=True)
    shortfalls = case.shortfalls(judged)
    for shortfall in shortfalls:
        print(f"  {shortfall}", flush=True)
    if keep:
        _record(case, judged, seconds)
    return int(not case.as_expected(shortfalls))


def _record(case: Case, judged: Judged, seconds: float) -> None:
    setup = case.setup
    title = f"{case.proxy.title}, {setup.about or 'rightly set up'}, before {case.server}"
    kind, report, reasons = "proxies", judged.report, case.proxy.should
    if isinstance(setup, Misconfiguration):
        # What the mistake breaks is not what the proxy does where it is rightly set up.
        kind, reasons = "misconfigurations", {}
        title = f"{case.proxy.title}: {setup.about}"
        title += f" Harmless: {setup.harmless}" if setup.harmless else ""
        title += f" Missed: {', '.join(setup.missed)}. {setup.why}" if setup.missed else ""
        about = [clause for clause in report["clauses"] if clause["id"] in case.expected]
        report = {**report, "clauses": about}
    compatibility.record(
        kind, case.name, report, title=title, versions=versions(case.proxy), seconds=seconds,
        reasons=reasons,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
