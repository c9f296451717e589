"""Fuzzes every reader with coverage as its guide, and keeps what it found (``make fuzz``).

``python -m tests.fuzz [SECONDS] [READER …]``: by default 10 seconds for each of all readers. What
runs through code that nothing in the corpus reached goes into the corpus, and so does what breaks
or hangs a reader; the exit status is then 1, and tests/unit/test_readers.py fails.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
FUZZER = Path(__file__).parents[2] / ".fuzz"
"""Where ``make fuzz`` puts atheris, which only it needs."""
LONGEST = 8_192
"""Octets of an input; enough for a number over the limit of digits."""
SLOW = 5
"""Seconds that no input of that length may take."""


def main(arguments: list[str]) -> int:
    """Fuzz readers one after another, each in a process of its own."""
    from tests.fuzz.readers import READERS

    seconds, *names = arguments or ["10"]
    broken = [name for name in names or READERS if not fuzzed(name, int(seconds))]
    for name in broken:
        print(f"{name}: an input breaks it, see {CORPUS / name}", file=sys.stderr)  # noqa: T201
    return bool(broken)


def fuzzed(name: str, seconds: int) -> bool:
    """Fuzz one reader; say whether it withstood."""
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        program, found = Path(folder, "program"), Path(folder, "found")
        write_program(name, program)
        write_seeds(name, found)
        bounds = [f"-max_len={LONGEST}", f"-timeout={SLOW}", "-rss_limit_mb=2048", "-verbosity=0"]
        run = [str(program), *bounds, f"-artifact_prefix={kept}/"]
        search = [*run, f"-max_total_time={seconds}", str(found), str(kept)]
        ended = subprocess.run(search, check=False)  # noqa: S603 - written just above
        subprocess.run([*run, "-merge=1", str(kept), str(found)], check=False)  # noqa: S603
    print(f"{name}: {len(list(kept.iterdir()))} inputs")  # noqa: T201
    return ended.returncode == 0


def write_program(name: str, path: Path) -> None:
    """Write the program that fuzzes one reader: libFuzzer starts itself anew by its path."""
    command = [sys.executable, "-m", "tests.fuzz.one", str(path), name]
    path.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(FUZZER))} {shlex.join(command)} "$@"\n'
    )
    path.chmod(0o700)


def write_seeds(name: str, folder: Path) -> None:
    """Write the true octets of a reader, from which fuzzing starts."""
    from tests.fuzz.seeds import SEEDS

    folder.mkdir()
    for number, seed in enumerate(SEEDS[name]):
        (folder / f"seed-{number}").write_bytes(seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
