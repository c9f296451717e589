"""Demands that need more than one answer: completeness, stability, the same in every spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from neptun_conformance.bodies.files import STABLE, same_member
from neptun_conformance.bodies.problem import Problem, listed, pointer, shown
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Needs, Subject, judges
from neptun_conformance.judge.further_chats import be_a_chat_of_its_own
from neptun_conformance.judge.status import be_given, be_refused
from neptun_conformance.resolve.expectation import (
    PERHAPS_SERVED,
    REFUSED_OR_RIGHT,
    STATUSES,
    Expected,
)


def _is_another_reading(answer: Answer) -> bool:
    pair = answer.sound_files, answer.plain_files
    return None not in pair and answer.plain_reading is not answer


def _holds_a_file_again(answer: Answer) -> bool:
    first, files = answer.plain_files, answer.sound_files
    if first is None or files is None or not _is_another_reading(answer):
        return False
    return not first.stable.keys().isdisjoint(files.stable)


def be_empty_lists(answer: Answer) -> Iterator[Problem]:
    """Demand a 200 with an empty list for a chat without files."""
    reading = answer.reading
    if answer.status is None or (reading is not None and not reading.complete):
        return
    if answer.accepted and not _count(answer):
        return
    actual = f"{_count(answer)} files" if answer.accepted else described(answer)
    yield Problem("the empty chat does not return an empty list", "status 200 with []", actual)


def _count(answer: Answer) -> int:
    files = answer.files
    return len(files.ids) + (0 if files.sound else 1) if files else 0


@judges(about=Subject(_is_another_reading, "no chat could be read twice"))
def hold_the_same_files(answer: Answer) -> Iterator[Problem]:
    """Demand the files of the first reading of this chat."""
    first, files = answer.plain_files, answer.sound_files
    if first is None or files is None or first is files:
        return
    before, after = Counter(first.ids), Counter(files.ids)
    for message, wrong in (
        ("files are missing in a later reading", before - after),
        ("files were added in a later reading", after - before),
    ):
        if wrong:
            expected = f"the {len(first.ids)} files of the first reading"
            yield Problem(message, expected, f"ids {listed(sorted(wrong))}", count=wrong.total())


@judges(about=Subject(_holds_a_file_again, "no file was returned twice"))
def keep_their_members(answer: Answer) -> Iterator[Problem]:
    """Demand that every file is as it was in the first reading of this chat."""
    first, files = answer.plain_files, answer.sound_files
    if first is None or files is None or first is files:
        return
    for index, value in enumerate(files.ids):
        before, after = first.stable.get(value), files.stable[value]
        if before is None or before == after:
            continue
        for name, was, became in zip(STABLE, before, after, strict=True):
            if was is not None and became is not None and not same_member(name, was, became):
                place = pointer("chatFiles", index, name)
                yield Problem(f"the {name} of a file changed", shown(was), shown(became), place)


@judges(Needs.PLAIN_ANSWER)
def be_right_or_refused(answer: Answer) -> Iterator[Problem]:
    """Demand a 4xx, or the same files as under the plain number of the chat."""
    if answer.refused or answer.status is None:
        return
    if answer.accepted:
        yield from _unlike_plain(answer)
    elif answer.resolved.expected not in {Expected.FILES_AT_BEST, Expected.FILES_OR_ANYTHING}:
        yield Problem(
            "neither a 4xx nor the right 200", "a 4xx or the right 200", described(answer)
        )


@judges(Needs.ACCEPTED_TWIN)
def be_no_chat_id(answer: Answer) -> Iterator[Problem]:
    """Demand a 4xx; where a reader may take a text for a number, the right 200 will do."""
    if answer.resolved.expected in REFUSED_OR_RIGHT:
        return chain(be_right_or_refused(answer), be_a_chat_of_its_own(answer))
    return iter(be_refused(answer))


def _unlike_plain(answer: Answer) -> Iterator[Problem]:
    plain, files = answer.plain_files, answer.files
    if plain is None or files is None or Counter(plain.ids) == Counter(files.ids):
        return
    expected = f"the {len(plain.ids)} files of the chat"
    actual = f"{len(files.ids)} files, ids {listed(files.ids)}"
    yield Problem("the files are not those of the chat in the path", expected, actual)


@judges(Needs.PLAIN_ANSWER)
def not_obey_the_query(answer: Answer) -> Iterator[Problem]:
    """Demand that the path decides, and no query or content: its chat's files, or a refusal."""
    if not answer.succeeds:
        return
    plain = answer.plain_form
    if answer.resolved.expected not in PERHAPS_SERVED:
        if plain is not None and not plain.refused:
            return
        expected = "a refusal, as for the path alone"
        yield Problem(_overriding(answer), expected, described(answer))
    elif answer.accepted:
        yield from _of_another_chat(answer)


def _of_another_chat(answer: Answer) -> Iterator[Problem]:
    plain, files = answer.plain_files, answer.sound_files
    if plain is None or files is None or set(files.ids) <= set(plain.ids):
        return
    expected = f"files of {answer.resolved.chat}"
    yield Problem(_overriding(answer), expected, f"ids {listed(files.ids)}")


def _overriding(answer: Answer) -> str:
    what = "a query parameter" if answer.resolved.question.query else "content of a GET"
    return f"{what} overrides the path"


@judges(Needs.PLAIN_ANSWER)
def be_as_without_the_query(answer: Answer) -> Iterator[Problem]:
    """Demand the answer that the same question gets without its query, or without its content."""
    if answer.status is None:
        return
    unknown = "an unknown query parameter" if answer.resolved.question.query else "content of a GET"
    if answer.status == 200 and not answer.accepted:
        message = f"{unknown} changes the form of the body"
        yield Problem(message, "a chatFiles array, as without it", described(answer))
    elif answer.status != 200:
        message = f"{unknown} changes the status"
        yield Problem(message, "status 200, as without it", described(answer))
    else:
        yield from (
            Problem(f"{unknown} changes the files", p.expected, p.actual)
            for p in _unlike_plain(answer)
        )
        yield from _other_names(answer, unknown)
        yield from _other_order(answer, unknown)


@judges(Needs.PLAIN_ANSWER)
def be_given_in_full_again(answer: Answer) -> Iterator[Problem]:
    """Demand status 200, and the files that the plain question gets; other clauses see the form."""
    yield from be_given(answer)
    if answer.status == 200:
        yield from _unlike_plain(answer)


FEWEST_READINGS = 6
"""Plain readings in one order that show that it does not come by chance."""


def _other_order(answer: Answer, unknown: str) -> Iterator[Problem]:
    plain, files, chat = answer.plain_files, answer.files, answer.resolved.chat
    if chat is None or plain is None or files is None or plain.ids == files.ids:
        return
    seen = answer.facts.orders.get(chat, ())
    steady = len(seen) >= FEWEST_READINGS and set(seen) == {hash(plain.ids)}
    if steady and Counter(plain.ids) == Counter(files.ids):
        expected, actual = f"ids {listed(plain.ids)}", f"ids {listed(files.ids)}"
        yield Problem(f"{unknown} changes the order of the files", expected, actual)


def _other_names(answer: Answer, unknown: str) -> Iterator[Problem]:
    plain = answer.plain_reading
    if plain is None or plain.reading is None or answer.reading is None:
        return
    before, after = plain.reading.names, answer.reading.names
    if before == after:
        return  # as a rule, and there may be a million names
    volatile = _volatile_names(answer)
    lost, gained = before - after - volatile, after - before - volatile
    if lost or gained:
        message = f"{unknown} changes the members"
        yield Problem(message, listed(sorted(lost)), listed(sorted(gained)))


def _volatile_names(answer: Answer) -> frozenset[str]:
    """Return the members that some plain readings of a chat have and others of it have not.

    Whichever chat that is: they say nothing about a query. Few chats are read more than twice.
    """
    seen = answer.facts.names.values()
    varying = (frozenset.union(*one) - frozenset.intersection(*one) for one in seen)
    return frozenset().union(*varying)


@judges(Needs.ACCEPTED_PLAIN)
def get_their_own(answer: Answer) -> Iterator[Problem]:
    """Demand, under concurrency, what is due to this caller.

    Where it gets something else alone, too, it is not concurrency, and other clauses say so. Of a
    chat whose plain readings differ, only the very list of another one says something.
    """
    alone = answer.facts.alone.get(answer.resolved.question)
    if answer.status is None or (alone and not alone.mixed_up and _alike(alone, answer)):
        return
    if answer.resolved.chat in answer.facts.unsteady and not _is_anothers(answer):
        return
    wanted = STATUSES[answer.resolved.expected]
    if answer.status != wanted and answer.status < 500:
        expected = f"status {wanted} for {answer.resolved.question.caller.words}"
        yield Problem("the response is meant for another caller", expected, described(answer))
    elif answer.accepted and answer.resolved.expected is Expected.FILES:
        yield from _unlike_plain(answer)


def _is_anothers(answer: Answer) -> bool:
    """Tell whether an answer holds the files of another chat, and no others."""
    if answer.files is None or not answer.files.ids:
        return False
    others = (plain for chat, plain in answer.facts.plain.items() if chat != answer.resolved.chat)
    return any(plain.files and plain.files.ids == answer.files.ids for plain in others)


def _alike(one: Answer, other: Answer) -> bool:
    if one.status != other.status:
        return False
    mine, theirs = one.sound_files, other.sound_files
    return mine is None or theirs is None or Counter(mine.ids) == Counter(theirs.ids)
