"""Ctrl-C and SIGTERM, let in only where a run can stop and still leave a valid report.

While a run starts up, and while it writes its reports, an interrupt waits; in between it is raised,
once. Off the main thread nothing is changed: Python hands signals to the main thread only.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_noted = threading.Event()
_raised = threading.Event()


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let interrupts wait for the next ``let_in``; one that comes after the last is dropped."""
    with _handling(_note) as before:
        try:
            yield
        finally:
            if before is not _note:
                _noted.clear()


@contextlib.contextmanager
def let_in() -> Iterator[None]:
    """Let the first interrupt end the block; what comes after it waits in vain.

    Raises:
        KeyboardInterrupt: a signal came, or has been waiting.
    """
    with _handling(_interrupt):
        try:
            if _noted.is_set():
                _interrupt()
            yield
        finally:
            _raised.clear()


def raise_what_was_lost() -> None:
    """Raise an interrupt again that ended nothing.

    Python drops what is raised in callbacks of its garbage collector, and Hypothesis has one. So
    nothing is raised there.

    Raises:
        KeyboardInterrupt: a signal came in this ``let_in``, and the block still goes on.
    """
    if _raised.is_set():
        raise KeyboardInterrupt


def _note(*_: object) -> None:
    _noted.set()


def _interrupt(_number: int = 0, frame: FrameType | None = None) -> None:
    for number in _SIGNALS:
        signal.signal(number, _note)
    _raised.set()
    if not _is_lost_on(frame):
        raise KeyboardInterrupt


def _is_lost_on(frame: FrameType | None) -> bool:
    """Tell whether Python drops what is raised here, and complains about it."""
    callbacks = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame is not None:
        if frame.f_code in callbacks:
            return True
        frame = frame.f_back
    return False


@contextlib.contextmanager
def _handling(handler: Any) -> Iterator[Any]:
    if threading.current_thread() is not threading.main_thread():
        yield None
        return
    before = [signal.signal(number, handler) for number in _SIGNALS]
    try:
        yield before[0]
    finally:
        for number, one in zip(_SIGNALS, before, strict=True):
            signal.signal(number, one)
