"""Runs a command and prints what it and all that it started cost; on Linux.

``python -m benchmarks.whole COMMAND …``. A fleet's children are those of a server that nobody waits
for, so that the system's accounts of the command alone would leave them out.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36


def main(words: list[str]) -> None:
    """Run a command, wait for everybody, and print seconds, processor time, memory and status."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.perf_counter()
    status = subprocess.call(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the benchmark's own
    seconds = time.perf_counter() - began
    while _is_another_one_over():
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime}
    json.dump({**cost, "memory": used.ru_maxrss * 1024, "status": status}, sys.stdout)


def _is_another_one_over() -> bool:
    """Wait for a process that the command left behind; tell whether there was one."""
    try:
        os.wait()
    except ChildProcessError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
