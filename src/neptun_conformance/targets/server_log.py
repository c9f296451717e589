"""What the server under test writes while it is tested, with the time at which each line came.

Formats of logs differ, and many lines have no time of their own (a stack trace): the time at which
a line was read is what it is found by.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from neptun_conformance.targets.errors import TargetError, reason_of

MOST = 100_000  # lines that are kept
LONGEST_LINE = 2_000  # bytes; longer ones count as several
PAUSE = 0.02  # seconds between two looks at a file


class ServerLog:
    """Lines as they came, from any thread."""

    def __init__(self) -> None:
        """Begin without a line."""
        self._lines: deque[tuple[float, bytes]] = deque(maxlen=MOST)
        self._rest = b""
        self._lock = threading.Lock()
        self.catch_up: Callable[[], None] = lambda: None
        """Feeds what was written but not noted yet, where somebody else has to look for it."""

    def feed(self, chunk: bytes) -> None:
        """Note what was written just now; a line that is not whole yet waits for its end."""
        with self._lock:
            *whole, self._rest = (self._rest + chunk).split(b"\n")
            if len(self._rest) > LONGEST_LINE:
                whole.append(self._rest)
                self._rest = b""
            now = time.monotonic()
            self._lines.extend((now, line) for line in whole)

    def between(self, earliest: float, latest: float) -> list[str]:
        """Return the lines that came between two times of the monotonic clock."""
        self.catch_up()
        return [_text(line) for at, line in self._kept() if earliest <= at <= latest]

    def last(self, number: int) -> str:
        """Return the last lines of all, with one that has no end yet."""
        kept = [line for _, line in self._kept()]
        return _text(b"\n".join([*kept[-number:], self._rest]))

    def _kept(self) -> list[tuple[float, bytes]]:
        with self._lock:
            return list(self._lines)


@dataclass(frozen=True, slots=True)
class ServerLogs:
    """What a server printed, if the run started it, and what came to a file that the user named."""

    output: ServerLog = field(default_factory=ServerLog)
    named: ServerLog = field(default_factory=ServerLog)

    def between(self, earliest: float, latest: float) -> list[str]:
        """Return the lines that came between two times of the monotonic clock.

        The named file comes first: reports show the first lines only, and the user asked for it.
        """
        return [*self.named.between(earliest, latest), *self.output.between(earliest, latest)]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")


@contextlib.contextmanager
def followed(path: str, log: ServerLog) -> Iterator[None]:
    """Note what is written to a file for as long as the block lasts, also after it was rotated.

    Arguments:
        path: of the file; what it holds already is left out.
        log: where lines are noted.

    Raises:
        TargetError: there is no such file, or it cannot be read.
    """
    following = _Following(path, log)
    log.catch_up = following.look
    ended = threading.Event()
    reading = threading.Thread(target=following.look_again_until, args=(ended,), daemon=True)
    reading.start()
    try:
        yield
    finally:
        ended.set()
        reading.join()
        log.catch_up = lambda: None
        following.close()


class _Following:
    """Reads what is added to a file, from its end on, for a thread of its own and for others."""

    def __init__(self, path: str, log: ServerLog) -> None:
        self._path = Path(path)
        self._log = log
        self._lock = threading.Lock()
        self._file = _opened(path)
        self._file.seek(0, os.SEEK_END)

    def look(self) -> None:
        """Note what was written since the last look."""
        with self._lock, contextlib.suppress(OSError):
            if chunk := self._file.read():
                self._log.feed(chunk)
            if self._is_another():
                new = self._path.open("rb")
                self._file.close()
                self._file = new

    def look_again_until(self, ended: threading.Event) -> None:
        """Look again and again, so that each line is noted soon after it was written."""
        while not ended.wait(PAUSE):
            self.look()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _is_another(self) -> bool:
        """Tell whether the file was put aside for a new one, or emptied."""
        there, ours = self._path.stat(), os.fstat(self._file.fileno())
        if not stat.S_ISREG(there.st_mode):  # opening a pipe would wait for its other end
            return False
        return there.st_ino != ours.st_ino or there.st_size < self._file.tell()


def _opened(path: str) -> IO[bytes]:
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise TargetError(f"--server-log: {path!r} is not a file")
        return Path(path).open("rb")
    except (OSError, ValueError) as problem:
        reason = reason_of(problem).lower()
        raise TargetError(f"--server-log: cannot read {path!r}: {reason}") from None
