"""Finds the contract checks: the functions of the suite, each as one check or several."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from neptun_conformance import contract
from neptun_conformance.engine.checks.check import Check
from neptun_conformance.engine.checks.selection import selected
from neptun_conformance.questions.arguments import OF_QUESTIONS, ArgumentKind
from neptun_conformance.questions.checks import Declaration, declaration_of
from neptun_conformance.questions.names import names_of
from neptun_conformance.questions.situations import Asked, Question
from neptun_conformance.settings import Settings


class BrokenSuite(Exception):
    """A check names an unknown clause, or none; the message says which."""


@cache
def checks_of(function: Callable[..., None], *, effort: str = "default") -> tuple[Check, ...]:
    """Return the checks that a function of a contract module stands for, the same each time.

    Raises:
        BrokenSuite: it names an unknown clause, or not exactly one, or takes no known argument.
    """
    declaration = declaration_of(function) or Declaration()
    name = f"{_theme(function)}::{function.__name__}"
    clause = _clause(name, declaration)
    check = Check(name, clause, function, _wants(name, function), marks=declaration.marks)
    exploration = declaration.exploration
    if exploration is not None:
        return (replace(check, exploration=exploration),) if exploration.count(effort) else ()
    if declaration.questions is None:
        return (_about_all(check),)
    asked = declaration.questions.of(effort)
    if check.wants is ArgumentKind.ANSWERS:
        return (replace(check, asked=asked),)
    return tuple(
        replace(check, id=f"{name}[{words}]", place=n, asked=(_of_a_kind(one, name),))
        for n, (words, one) in enumerate(zip(names_of(asked), asked, strict=True), 1)
    )


def _theme(function: Callable[..., None]) -> str:
    """Return what a contract module is about: of ``test_theme__part`` the theme alone.

    Ids of checks begin with it, so that they stay where a module is divided.
    """
    module = function.__module__.rpartition(".")[2]
    return module.removeprefix("test_").partition("__")[0]


def _clause(name: str, declaration: Declaration) -> str:
    if len(declaration.clauses) != 1:
        raise BrokenSuite(f"{name} names {len(declaration.clauses)} clauses and not one")
    (clause,) = declaration.clauses
    if clause not in contract.clauses():
        raise BrokenSuite(f"{name} names the unknown clause {clause}")
    return clause


def _wants(name: str, function: Callable[..., None]) -> ArgumentKind:
    (wants, *_) = inspect.signature(function).parameters or ("nothing",)
    try:
        return ArgumentKind(wants)
    except ValueError:
        raise BrokenSuite(f"{name} is about nothing known: {wants}") from None


def _about_all(check: Check) -> Check:
    if check.wants in OF_QUESTIONS:
        raise BrokenSuite(f"{check.id} asks nothing and is about nothing known: {check.wants}")
    return check


def _of_a_kind(asked: Asked, kind: str) -> Asked:
    """Note which check a question is for: inputs that hang are waited for once a check."""
    return replace(asked, kind=kind) if isinstance(asked, Question) else asked


def modules() -> list[ModuleType]:
    """Load the contract modules of the package or the checkout, in the order of their names.

    They are loaded by their path: whatever is called ``tests`` in the working directory is not
    meant.

    Raises:
        BrokenSuite: one of them cannot be loaded; the message says which, and why.
    """
    return [_loaded(path) for path in sorted(contract.suite_path().rglob("test_*.py"))]


@cache
def _loaded(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"neptun_conformance.suite.{path.stem}", path)
    assert spec is not None  # noqa: S101 - Python has a loader for its own files
    assert spec.loader is not None  # noqa: S101 - likewise
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as broken:
        told = f"{type(broken).__name__}: {broken}"
        raise BrokenSuite(f"{path.name} cannot be loaded: {' '.join(told.split())}") from broken
    return module


def all_checks(*, effort: str = "default") -> list[Check]:
    """Return every check there is.

    Raises:
        BrokenSuite: there is none, or one is not well made.
    """
    found = [
        check
        for module in modules()
        for name, function in vars(module).items()
        if name.startswith("test_") and function.__module__ == module.__name__
        for check in checks_of(function, effort=effort)
    ]
    if not found:
        raise BrokenSuite(f"there is no check in {contract.suite_path()}")
    return found


def selected_checks(settings: Settings) -> list[Check]:
    """Return the checks of a run, by its effort and ``--only``; raises as ``all_checks`` does."""
    wanted = settings.only or ("*",)
    return [c for c in all_checks(effort=settings.effort) if selected(c.clause, wanted)]
