"""The last line that a failed command wrote to standard error, without what may be a secret."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.targets.errors import one_line
from neptun_conformance.targets.processes import Finished

MASK = "***"
SHOWN = 200  # characters
_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
_WORD = re.compile(r"[^\s'\"`;|&()<>=$]{6,}")
# What a session, key or token looks like, wherever it came from: long, with letters and digits.
_TOKEN = re.compile(r"(?=[\w+=.%~*-]*\d)(?=[\w+=.%~*-]*[A-Za-z])[\w+=.%~*-]{20,}")
_USER_INFO = re.compile(r"(?<=://)[^\s/@]+(?=@)")
_QUERY = re.compile(r"\?[^\s'\"]+")


def last_line(
    command: str,
    finished: Finished,
    *,
    secrets: Iterable[tuple[str, str]] = (),
    environ: Mapping[str, str] = os.environ,
) -> str:
    """Return the last line of a command's standard error, masked and cut; perhaps empty.

    Masked are the secrets of the run, the values of the variables that the command names, words of
    the command itself that look like a password, what the command printed, and long tokens.

    Arguments:
        command: as a shell got it.
        finished: what came of it.
        secrets: pairs of placeholder and value.
        environ: the environment in which it ran.
    """
    text = finished.error.decode("utf-8", "replace").strip()
    line = text.splitlines()[-1].strip() if text else ""
    hidden = [*secrets, *_hidden(command, finished, environ)]
    line = Redactor(hidden).redact(line)
    for pattern in (_USER_INFO, _QUERY, _TOKEN):
        line = pattern.sub(MASK, line)
    return one_line(line, longest=SHOWN)


def ended(command: str, finished: Finished, *, secrets: Iterable[tuple[str, str]] = ()) -> str:
    """Say with which status a command ended, and what it wrote last to standard error."""
    line = last_line(command, finished, secrets=secrets)
    words = f"ended with status {finished.status}"
    return f"{words}: {line}" if line else words


def _hidden(
    command: str, finished: Finished, environ: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name in _VARIABLE.findall(command):
        yield f"${name}", environ.get(name, "")
    for word in _WORD.findall(command):
        if "/" not in word and re.search(r"\d", word) and re.search(r"[A-Za-z]", word):
            yield MASK, word
    for line in finished.output.decode("utf-8", "replace").splitlines()[:20]:
        yield MASK, line.strip()[:4000]
