"""Interrupts are raised where a run can stop, and none is lost."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from neptun_conformance.engine import interrupts


@contextmanager
def collecting(callback: Callable[..., None]) -> Iterator[None]:
    """Have a callback of the garbage collector, as Hypothesis has one."""
    gc.callbacks.append(callback)
    try:
        yield
    finally:
        gc.callbacks.remove(callback)


def interrupt(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_an_interrupt_ends_the_block() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.held(), interrupts.let_in():
        interrupt()


def test_an_interrupt_waits_until_it_is_let_in() -> None:
    with interrupts.held():
        interrupt()
        with pytest.raises(KeyboardInterrupt), interrupts.let_in():
            pytest.fail("nothing was raised")


def test_an_interrupt_that_a_callback_would_swallow_is_raised_later() -> None:
    with interrupts.held():
        with interrupts.let_in():
            with collecting(interrupt):
                gc.collect()
            with pytest.raises(KeyboardInterrupt):
                interrupts.raise_what_was_lost()
        interrupts.raise_what_was_lost()


def test_without_an_interrupt_nothing_is_raised() -> None:
    with interrupts.held(), interrupts.let_in():
        interrupts.raise_what_was_lost()


def test_in_another_thread_interrupts_are_none_of_ours() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def hold() -> None:
        with interrupts.held():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=hold)
    thread.start()
    thread.join()
    assert seen == [before]
