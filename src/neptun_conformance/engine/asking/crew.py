"""Works things off side by side: in as many threads as there is room for, and no more that wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crew(Generic[Item, Result]):
    """Threads that take one thing after the other; more join them as soon as there is room.

    Threads that only waited for room would be woken for each request that ends, and find it taken
    again by the thread that sent it: that costs a run a tenth of its processor time.

    Arguments:
        work: what is done with each thing.
        room: tells how many may be at work at present.
        most: how many threads may join at most.
        break_off: ends what is under way, where nothing more is to be begun.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        *,
        room: Callable[[], int],
        most: int,
        break_off: Callable[[], None] = lambda: None,
    ) -> None:
        """Make ready; no thread is started yet."""
        self._work = work
        self._room = room
        self._most = most
        self._break_off = break_off
        self._waiting: deque[tuple[int, Item]] = deque()
        self._done: dict[int, Result] = {}
        self._joined: list[Future[None]] = []
        self._at_work = 0
        self._is_over = False
        self._lock = threading.Lock()

    def work_off(self, items: Iterable[Item]) -> list[Result]:
        """Return what comes of each of these, in their order; called once.

        Work begins with the first, while the others are still being named. Where work fails, or
        naming them does, or somebody interrupts, nothing more is begun, and that is raised.
        """
        with ThreadPoolExecutor(self._most, thread_name_prefix="ask") as pool:
            try:
                for one in enumerate(items):
                    self._waiting.append(one)
                    self._let_join(pool)
                for thread in self._joined:  # more may join meanwhile
                    thread.result()
            except BaseException:
                self._is_over = True
                self._break_off()
                raise
        return [self._done[number] for number in sorted(self._done)]

    def _let_join(self, pool: ThreadPoolExecutor) -> None:
        """Let threads join as long as there is room for them, and something to do."""
        if self._at_work >= min(self._most, self._room()):
            return  # as a rule; whoever leaves meanwhile has found nothing to do
        with self._lock:
            room = min(self._most, self._room()) - self._at_work
            for _ in range(min(room, len(self._waiting))):
                self._at_work += 1
                self._joined.append(pool.submit(self._go_on, pool))

    def _go_on(self, pool: ThreadPoolExecutor) -> None:
        while (one := self._next()) is not None:
            number, item = one
            try:
                self._done[number] = self._work(item)
            except BaseException:
                self._is_over = True
                raise
            self._let_join(pool)

    def _next(self) -> tuple[int, Item] | None:
        """Return what to do next; with None the thread leaves, in one step with finding nothing."""
        with self._lock:
            if self._waiting and not self._is_over:
                return self._waiting.popleft()
            self._at_work -= 1
            return None
