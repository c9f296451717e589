"""Finds out which chats of a user have files and which have none, by asking for candidates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import click

from neptun_conformance.bodies import success
from neptun_conformance.cli.advice import described, log_in_again, next_step
from neptun_conformance.engine.run import Run
from neptun_conformance.exchange import Exchange, Failure
from neptun_conformance.questions.callers import Person, owner, stranger
from neptun_conformance.questions.situations import Written
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.settings import SettingError, Settings
from neptun_conformance.targets.document import read_document
from neptun_conformance.targets.drafting import Chats, draft
from neptun_conformance.targets.errors import TargetError
from neptun_conformance.targets.model import LARGEST_CHAT_ID, Identity

MOST = 10_000
"""Candidates that may be tried."""
AT_ONCE = 16
_RANGE = re.compile(r"([0-9]{1,16})(?:-([0-9]{1,16}))?")


def candidates(text: str) -> list[int]:
    """Read numbers and ranges of numbers, such as ``1-200,4711``.

    Raises:
        ValueError: it is something else, or names none, too large or too many of them.
    """
    numbers: dict[int, None] = {}
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if not match:
            raise ValueError("is not numbers and ranges such as 1-200,4711")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= LARGEST_CHAT_ID:
            raise ValueError(f"{part.strip()!r}: chat numbers go from 1 to 2^53-1")
        if last - first + len(numbers) >= MOST:
            raise ValueError(f"names more than {MOST:,} chats")
        numbers |= dict.fromkeys(range(first, last + 1))
    return list(numbers)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of asking for chats of one user.

    Arguments:
        role: ``owner`` or ``stranger``.
        chats: those that were found.
        problem: why some were not, with the one next step; None where nothing is missing.
    """

    role: str
    chats: Chats
    problem: str | None = None

    def __str__(self) -> str:
        full, empty = self.chats.full, self.chats.empty
        files = len(self.chats.files)
        has = f"chat {full} has {files} file{'' if files == 1 else 's'}"
        parts = [has] if full is not None else []
        parts += [f"chat {empty} is empty"] if empty is not None else []
        return f"{self.role}: {'; '.join([*parts, *([self.problem] if self.problem else [])])}"


def drafted(settings: Settings, numbers: Sequence[int]) -> tuple[str, list[Found]]:
    """Return the text of a target file, and what was found for each user.

    Arguments:
        settings: say where the target is, and what is known of it.
        numbers: chats to ask for.

    Raises:
        click.ClickException: the target cannot be used, or names nobody to ask as.
    """
    try:
        with Run(settings) as run:
            run.open()
            if run.embedded or not run.loaded.target.identities():
                raise click.ClickException(_NOBODY)
            found = list(Discovery(run, numbers).found())
            written = read_document(Path(settings.target)) if settings.target else {}
            text = draft(written, run.loaded, {one.role: one.chats for one in found})
            return text, found
    except (TargetError, SettingError) as problem:
        raise click.ClickException(str(problem)) from None


_NOBODY = (
    "--chats: the target names no user to ask as: give base_url, and of the owner and the stranger "
    "user_id and session, in a file (--target) or in the environment (NEPTUN_OWNER__SESSION, …)"
)


class Discovery:
    """Asks for candidates in the name of each user of a target.

    Arguments:
        run: an open run.
        numbers: the candidates.
    """

    def __init__(self, run: Run, numbers: Sequence[int]) -> None:
        """Make ready to ask; nothing is sent yet."""
        self._run = run
        self._numbers = numbers
        self._client = run.connect()

    def found(self) -> Iterator[Found]:
        """Yield what is found for each user whom the target names.

        Raises:
            TargetError: a command gives no session.
        """
        identities = self._run.loaded.target.identities()
        taken = set[int | None]()
        for person, role in ((owner, "owner"), (stranger, "stranger")):
            if role in identities:
                found = self._of(person, role, identities[role], taken)
                taken |= {found.chats.full, found.chats.empty}
                yield found

    def _of(
        self, person: Person, role: str, identity: Identity, taken: Container[int | None]
    ) -> Found:
        """Ask until a chat with files and an empty one are known; what is named stays.

        A chat that was given to somebody else before, of which no target file names two owners, is
        passed over.
        """
        known = Chats(
            full=identity.chat_with_files.id if identity.chat_with_files else None,
            empty=identity.empty_chat.id if identity.empty_chat else None,
        )
        wanted = [n for n in (known.full, *self._numbers) if n is not None]
        came, first, shared, unread = Counter[str](), None, list[int](), list[int]()
        for number, exchange in self._asked(person, wanted):
            outcome = exchange.outcome
            first = first or exchange
            came[outcome.message if isinstance(outcome, Failure) else described(outcome)] += 1
            files = _files(exchange)
            if number in taken:
                shared += [number] if files else []
                continue
            unread += [number] if _is_given(exchange) and files is None else []
            known = _with(known, number, files)
            if known.files and known.empty is not None:
                break
        problems = [_given_to_both(shared)] if shared else []
        problems += self._problems(role, known, came, first, unread)
        return Found(role, known, "; ".join(problems) or None)

    def _asked(self, person: Person, numbers: Sequence[int]) -> Iterator[tuple[int, Exchange]]:
        participants = self._run.participants
        questions = [person.asks(Written(str(number)), under=person) for number in numbers]
        requests = [resolve(question, participants).request for question in questions]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in range(0, len(requests), AT_ONCE):
                some = requests[start : start + AT_ONCE]
                yield from zip(numbers[start:], pool.map(self._client.exchange, some), strict=False)

    def _problems(
        self,
        role: str,
        known: Chats,
        came: Counter[str],
        first: Exchange | None,
        unread: Sequence[int],
    ) -> Iterator[str]:
        """Say what was not found, and the one next step."""
        kinds = ["with files"] if not known.files else []
        kinds += ["empty"] if known.empty is None else []
        if first is None or not kinds:
            return
        often, _ = came.most_common(1)[0]
        missing = f"no chat {' and none '.join(kinds)} among {sum(came.values())} (mostly {often})"
        step = _unreadable(unread) if unread else self._step(role, came, first)
        yield f"{missing}: {step}"

    def _step(self, role: str, came: Counter[str], first: Exchange) -> str:
        if first.failure:
            return "see whether the server runs"
        if all(words.startswith("status 401") for words in came):
            return log_in_again(role)
        if any(words.startswith(("status 200", "status 404")) for words in came):
            return "name others with --chats, or make such a chat"
        return next_step(first, self._run.loaded.target.base_url)


def _given_to_both(shared: Sequence[int]) -> str:
    """Say that two users are given one chat, so that no answer tells whose a chat is."""
    return (
        f"chat {shared[0]} is given to the owner and to the stranger, so the server does not check "
        "whose a chat is: see in the file whether each chat is its user's"
    )


def _unreadable(numbers: Sequence[int]) -> str:
    return (
        f"chat {numbers[0]} gets a 200 in which no right chatFiles is: "
        "write such chats into the file, or fix that first"
    )


def _is_given(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status == 200


def _files(exchange: Exchange) -> tuple[int, ...] | None:
    """Return the ids of the files that an answer holds, None where it holds no right list."""
    if exchange.response is None or exchange.response.status != 200:
        return None
    files = success.read(exchange.response, asked_id=None).files
    return None if files is None or not files.sound else tuple(files.ids)


def _with(known: Chats, number: int, files: tuple[int, ...] | None) -> Chats:
    if files and known.full in {None, number}:
        return replace(known, full=number, files=files)
    if files == () and known.empty is None and number != known.full:
        return replace(known, empty=number)
    return known
