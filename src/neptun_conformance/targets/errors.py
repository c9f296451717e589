"""What may be wrong with a target, said in one line."""

from __future__ import annotations

LONGEST = 400


class TargetError(ValueError):
    """The target cannot be used; the text is one line naming the key and where it came from."""

    def __init__(self, problem: str) -> None:
        """Keep `problem`, with what would break or forge a line escaped and excess cut off."""
        super().__init__(one_line(problem))


class KeyProblemError(ValueError):
    """A value that is wrong beside another one: raised while validating, with its dotted key."""

    def __init__(self, key: str, problem: str) -> None:
        """Keep the dotted `key` to blame and the `problem` with it."""
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


def reason_of(problem: OSError | ValueError) -> str:
    """Say why a file could not be read or written, without its path, which stands beside it."""
    return getattr(problem, "strerror", None) or str(problem)


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """Escape whatever is not printable in `text` and cut it to `longest` characters."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return safe if len(safe) <= longest else safe[: longest - 1] + "…"
