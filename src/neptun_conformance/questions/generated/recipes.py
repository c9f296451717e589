"""Generated questions as data, so that what was drawn once can be kept in a file.

A recipe is the name of a maker below with its arguments, which are numbers, texts or recipes
themselves: ``("asks", "owner", ("written", "12x"), "owner")``. Nothing here needs Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from neptun_conformance.questions import ids
from neptun_conformance.questions.callers import (
    Caller,
    anonymous,
    owner,
    stranger,
    with_altered,
    with_session,
)
from neptun_conformance.questions.situations import (
    Account,
    Chat,
    ChatOf,
    Derived,
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    User,
    UserOf,
    Written,
    WrittenUser,
)
from neptun_conformance.questions.tampering import cut_by, ending_changed

Recipe = tuple[Any, ...]

_CALLERS = {"owner": owner, "stranger": stranger, "anonymous": anonymous}
_MAKERS: dict[str, Callable[..., Any]] = {}
_SHORTEST_CUT = 6
_SHORTEST_REST = 16


def question(recipe: Recipe | list[Any]) -> Question:
    """Return the question of a recipe.

    Raises:
        ValueError: it is none; the message names what nobody can make.
    """
    try:
        made = _made(recipe)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"no recipe: {error}") from None
    if not isinstance(made, Question):
        raise ValueError(f"the recipe of no question: {recipe!r}")  # noqa: TRY004 - see Raises
    return replace(made, recipe=_frozen(recipe))


def _frozen(recipe: Any) -> Any:
    return tuple(map(_frozen, recipe)) if isinstance(recipe, tuple | list) else recipe


def _made(value: Any) -> Any:
    if isinstance(value, tuple | list):
        name, *arguments = value
        return _MAKERS[name](*map(_made, arguments))
    return value


def _maker(function: Callable[..., Any]) -> Callable[..., Any]:
    _MAKERS[function.__name__.strip("_")] = function
    return function


def _caller(named: str | Caller) -> Caller:
    return named if isinstance(named, Caller) else _CALLERS[named]


@_maker
def _asks(caller: str | Caller, chat: Chat, under: str | User | None = None) -> Question:
    user = UserOf(Account(under)) if isinstance(under, str) else under
    return _caller(caller).asks(chat, under=user)


@_maker
def _along(asked: Question, route: str) -> Question:
    return asked.along(Route[route])


@_maker
def _by(asked: Question, method: str) -> Question:
    return asked.by(method)


@_maker
def _with_query(asked: Question, query: str) -> Question:
    return asked.with_query(query)


@_maker
def _with_header(asked: Question, name: str, value: str) -> Question:
    return asked.with_headers((name, value))


@_maker
def _session(text: str) -> Caller:
    return with_session(text)


@_maker
def _altered_end(person: str, count: int) -> Caller:
    one = _CALLERS[person]
    words = f"somebody with {one.words}'s session with the last {count} characters changed"
    return Caller(words, of=one.of, alter=ending_changed(count))


@_maker
def _cut(count: int) -> Caller:
    def alter(session: str) -> str:
        return cut_by(max(_SHORTEST_CUT, min(count, len(session) - _SHORTEST_REST)))(session)

    return with_altered(owner, f"cut by up to {count} characters", alter)


@_maker
def _user(text: str, encoded: bool = False) -> WrittenUser:  # noqa: FBT001, FBT002 - from JSON
    return WrittenUser(text, encoded=encoded)


@_maker
def _user_of(account: str, encoding: str = "plain") -> UserOf:
    return UserOf(Account(account), encoding)


@_maker
def _unknown_user() -> UnknownUser:
    return UnknownUser()


@_maker
def _chat(account: str, kind: str = "full") -> ChatOf:
    return ChatOf(Account(account), empty=kind == "empty")


@_maker
def _unknown_chat() -> UnknownChat:
    return UnknownChat()


@_maker
def _written(text: str, encoded: bool = False) -> Written:  # noqa: FBT001, FBT002 - from JSON
    return Written(text, encoded=encoded)


@_maker
def _patterned(pattern: str) -> Derived:
    name = f"written as {pattern}"
    return Derived(owner.full, name, lambda n: pattern.replace("{n}", str(n)))


@_maker
def _with_fraction(millionths: int) -> Derived:
    fraction = f"{millionths:06d}"
    return Derived(owner.full, f"plus 0.{fraction}", lambda n: f"{n}.{fraction}")


@_maker
def _plus_power(power: int) -> Derived:
    return Derived(owner.full, f"plus 2^{power}", lambda n: str(n + 2**power))


@_maker
def _neighbour(step: int) -> Derived:
    return Derived(owner.full, f"plus {step}", lambda n: str(n + step))


@_maker
def _followed(tail: str) -> Derived:
    return Derived(owner.full, f"followed by {tail}", lambda n: f"{n}{tail}", encoded=True)


@_maker
def _spelled(chat: ChatOf, before: str, zeros: int, mark: str, fraction: int) -> Derived:
    tail = f".{'0' * fraction}" if mark == "." else mark
    name = f"as {before!r}{'0' * zeros}id{tail}"
    return Derived(chat, name, lambda n: f"{before}{'0' * zeros}{n}{tail}")


@_maker
def _spelling(chat: ChatOf, name: str) -> Derived:
    return spellings(chat)[name]


@cache
def spellings(chat: ChatOf) -> dict[str, Derived]:
    """Return the hand-picked spellings of a chat's number by their names."""
    picked = (*ids.every_spelling_of(chat), *ids.further_spellings_of(chat))
    return {one.name: one for one in picked}
