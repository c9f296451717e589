"""A Slurm cluster of one node on loopback, in a folder of its own."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

SECONDS_TO_START = 60
_CONFIGURATION = """\
ClusterName=neptun
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SlurmdParameters=config_overrides
ReturnToService=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""


@contextmanager
def cluster(folder: Path) -> Iterator[dict[str, str]]:
    """Run a cluster, and yield the environment in which its commands find it.

    Raises:
        TimeoutError: its node was not idle in time.
    """
    for name in ("state", "spool"):
        (folder / name).mkdir()
    key = folder / "munge.key"
    key.write_bytes(secrets.token_bytes(1024))
    key.chmod(0o400)
    configuration = folder / "slurm.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, ports=_free_ports(2)))
    # No control group is used, and the plugin for version 2 wants systemd, which no container has.
    (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}{os.pathsep}/usr/sbin"
    environment = {**os.environ, "SLURM_CONF": str(configuration), "PATH": path}
    named = [f"--{each}-file={folder}/munge.{each}" for each in ("key", "pid", "log", "seed")]
    with ExitStack() as stack:
        for pid, words in (
            ("munge.pid", ["munged", "--force", f"--socket={folder}/munge.socket", *named]),
            ("slurmctld.pid", ["slurmctld"]),
            ("slurmd.pid", ["slurmd", "-N", "localhost"]),
        ):
            subprocess.run(words, env=environment, check=True, timeout=SECONDS_TO_START)  # noqa: S603
            stack.callback(_end, folder / pid)
        _wait_for_the_node(environment)
        yield environment


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def _wait_for_the_node(environment: dict[str, str]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        words = ["sinfo", "--noheader", "--format=%T"]
        seen = subprocess.run(  # noqa: S603 - words of our own
            words, env=environment, capture_output=True, text=True, check=False
        )
        if seen.stdout.strip() == "idle":
            return
        time.sleep(0.2)
    raise TimeoutError("the node was not idle in time")


def _end(file: Path) -> None:
    with suppress(OSError, ValueError):
        pid = int(file.read_text())
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            os.kill(pid, 0)
            time.sleep(0.1)
