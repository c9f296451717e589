"""What a fault is: a server that differs from the reference in one thing, and what that breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.types import ASGIApp

from neptun_conformance.server.data import Target, target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving

if TYPE_CHECKING:
    from neptun_conformance.causes.kinds import Mistake

Build = Callable[[], ASGIApp]
Serve = Callable[[ASGIApp], AbstractContextManager[str]]
Server = TypeVar("Server", bound=type[Reference])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A server derived from the reference, and the clauses that it must make fail.

    The same record serves for servers that are odd and legal: their ``clauses`` are the SHOULD
    findings that they do deserve, mostly none.

    Arguments:
        name: how it is asked for.
        wrong: one line that says in what it differs.
        clauses: ids of exactly the clauses that fail.
        build: makes the ASGI application, with fresh state each time.
        by_chance: ids of clauses that may fail too, as the timing of concurrent requests has it.
        needs_socket: it shows on a real connection only.
        hangs: some requests get no answer; a run needs a short deadline.
        options: what the command needs, so that the clauses are tested at all.
        scheme: how clients reach it.
        serve: puts it on a loopback port and yields its base URL.
        target: gives the target that goes with it for a base URL.
    """

    name: str
    wrong: str
    clauses: frozenset[str]
    build: Build
    by_chance: frozenset[str] = frozenset()
    needs_socket: bool = False
    hangs: bool = False
    options: tuple[str, ...] = ()
    scheme: str = "http"
    serve: Serve = serving
    target: Callable[[str], Target] = target_for


class Theme:
    """The faults of one theme."""

    def __init__(self, usual: Mistake | None = None) -> None:
        """Begin without any fault.

        Arguments:
            usual: the mistake of a fault whose name fits no pattern of ``mistakes``.
        """
        self.usual = usual
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        """Give the faults in the order in which they were added."""
        return iter(self._faults)

    def add(self, name: str, wrong: str, *clauses: str, build: Build, **flags: Any) -> None:
        """Add a fault; two of the same name are found when the catalogue is put together."""
        by_chance = frozenset(flags.pop("by_chance", ()))
        self._faults.append(
            Fault(
                name=name,
                wrong=wrong,
                clauses=frozenset(clauses),
                build=build,
                by_chance=by_chance,
                **flags,
            )
        )

    def __call__(self, *clauses: str, **flags: Any) -> Callable[[Server], Server]:
        """Make a fault of a class: its name in kebab case, its docstring as what is wrong."""

        def register(server: Server) -> Server:
            name = re.sub(r"(?<=.)(?=[A-Z])", "-", server.__name__).lower()
            wrong = (server.__doc__ or "").strip().rstrip(".")
            self.add(name, wrong, *clauses, build=server, **flags)
            return server

        return register


def themes(package: str, attribute: str) -> list[Theme]:
    """Return the themes that the modules of a package hold under a name, by the modules' names."""
    paths = import_module(package).__path__
    modules = [import_module(f"{package}.{one.name}") for one in iter_modules(paths)]
    return [getattr(module, attribute) for module in modules if hasattr(module, attribute)]


def catalogue(*themes: Theme) -> dict[str, Fault]:
    """Return the faults of several themes by name.

    Raises:
        ValueError: if two have the same name.
    """
    whole: dict[str, Fault] = {}
    for fault in chain.from_iterable(themes):
        if fault.name in whole:
            msg = f"there are two faults named {fault.name}"
            raise ValueError(msg)
        whole[fault.name] = fault
    return whole
