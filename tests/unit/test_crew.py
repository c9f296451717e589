"""As many threads are at work as there is room for, and nothing is lost or begun too late."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from neptun_conformance.engine.asking.crew import Crew

LONG = 5.0


def test_results_come_in_the_order_of_the_items() -> None:
    second = threading.Event()

    def work(item: int) -> int:
        if item:
            second.set()
        assert second.wait(LONG)
        return -item

    crew: Crew[int, int] = Crew(work, room=lambda: 2, most=2)
    assert crew.work_off([0, 1]) == [0, -1]


@pytest.mark.parametrize(("room", "most", "at_work"), [(3, 64, 3), (64, 2, 2), (1, 1, 1)])
def test_no_more_are_at_work_than_there_is_room_for(room: int, most: int, at_work: int) -> None:
    full = threading.Barrier(at_work)
    names: set[str] = set()

    def work(_: int) -> None:
        names.add(threading.current_thread().name)
        full.wait(LONG)

    crew: Crew[int, None] = Crew(work, room=lambda: room, most=most)
    crew.work_off(range(4 * at_work))
    assert len(names) == at_work


def test_more_join_when_there_is_more_room() -> None:
    room = [1]
    both = threading.Barrier(2)

    def work(item: int) -> None:
        if item:
            both.wait(LONG)
        else:
            room[0] = 2

    crew: Crew[int, None] = Crew(work, room=lambda: room[0], most=8)
    assert len(crew.work_off(range(5))) == 5


def test_work_begins_before_all_is_named() -> None:
    begun = threading.Event()

    def named() -> Iterator[int]:
        yield 1
        assert begun.wait(LONG)
        yield 2

    crew: Crew[int, None] = Crew(lambda _: begun.set(), room=lambda: 1, most=1)
    assert len(crew.work_off(named())) == 2


def test_nothing_is_begun_after_a_failure() -> None:
    done: list[int] = []
    broken_off: list[bool] = []

    def work(item: int) -> None:
        if item == 1:
            raise KeyError(item)
        done.append(item)

    crew: Crew[int, None] = Crew(
        work, room=lambda: 1, most=1, break_off=lambda: broken_off.append(True)
    )
    with pytest.raises(KeyError):
        crew.work_off(range(9))
    assert (done, broken_off) == ([0], [True])


def test_what_is_under_way_is_broken_off_where_naming_fails() -> None:
    over = threading.Event()
    under_way = threading.Event()

    def work(_: int) -> None:
        under_way.set()
        assert over.wait(LONG)

    def named() -> Iterator[int]:
        yield 1
        assert under_way.wait(LONG)
        raise KeyboardInterrupt

    crew: Crew[int, None] = Crew(work, room=lambda: 1, most=1, break_off=over.set)
    with pytest.raises(KeyboardInterrupt):
        crew.work_off(named())


def test_nothing_comes_of_nothing() -> None:
    crew: Crew[int, None] = Crew(lambda _: None, room=lambda: 1, most=1)
    assert crew.work_off([]) == []
