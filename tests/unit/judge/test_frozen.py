"""Nobody who judges an answer can change it, nor anything that it holds."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from dataclasses import fields, is_dataclass
from enum import Enum
from types import FunctionType, MappingProxyType

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import UnknownChat
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

URL = "http://reference.invalid"
ATOMS = (str, bytes, int, float, bool, type(None), Enum, FunctionType, type)


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    target = Target.of(target_for(URL))
    with Client(Settings(base_url=URL, run_id="r"), app=Reference()) as client:
        scheduler = Scheduler(client, Participants.of(target, SessionKeeper(target)))
        scheduler.reach()
        unknown = owner.asks(UnknownChat()).with_headers(("If-None-Match", "*"))
        scheduler.ask([unknown.then(owner.asks(owner.full)), stranger.asks(owner.full)])
        return scheduler.answers


def changeable(thing: object, path: str, known: set[int]) -> Iterator[str]:
    """Yield the place of everything within a thing that can be changed."""
    if id(thing) in known or isinstance(thing, ATOMS):
        return
    known.add(id(thing))
    if is_dataclass(thing):
        for field in fields(thing):
            yield from changeable(getattr(thing, field.name), f"{path}.{field.name}", known)
        if not vars(type(thing))["__dataclass_params__"].frozen:
            yield f"{path} is a {type(thing).__name__} that is not frozen"
    elif isinstance(thing, tuple | frozenset | KeysView):
        for number, one in enumerate(thing):
            yield from changeable(one, f"{path}[{number}]", known)
    elif isinstance(thing, MappingProxyType):
        for key, value in thing.items():
            yield from changeable(key, f"{path} key", known)
            yield from changeable(value, f"{path}[{key}]", known)
    elif not getattr(thing, "model_config", {}).get("frozen"):
        yield f"{path} is a {type(thing).__name__}"


def test_an_answer_is_frozen_through_and_through(answers: list[Answer]) -> None:
    assert len(answers) > 6
    known: set[int] = set()
    assert [place for one in answers for place in changeable(one, "answer", known)] == []
