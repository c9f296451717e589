"""How the system's allocator treats what is large, where that can be told (glibc)."""

from __future__ import annotations

import sys
from functools import cache

_M_MMAP_THRESHOLD = -3
_LARGE = 1024 * 1024


@cache
def give_back_what_is_large() -> None:
    """Let memory of a megabyte or more go back to the system as soon as it is freed.

    Without a word, glibc raises that bound to the largest that was ever freed, and each thread's
    heap then keeps a share of every large body (mallopt(3)).
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
