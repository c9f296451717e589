"""What is wrong with files beside a result; apart from their readers, which take long to import."""

from __future__ import annotations


class BaselineError(Exception):
    """A baseline that cannot be used; one line that names its file and the entry."""
