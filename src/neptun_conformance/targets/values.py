"""Reads what a target file holds into classes whose fields say what each value may be.

All that is wrong is gathered, so that the messages can begin with what explains the most. Nothing
here is a library's: every run reads a target first, and importing one that does this takes longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Self, TypeVar

from neptun_conformance.targets.errors import KeyProblemError

Path = tuple[str, ...]


class UnfitError(ValueError):
    """A value is not what is expected; messages may show it behind the words."""


class NotTextError(UnfitError):
    """A value is no text."""


class AbsentError(ValueError):
    """A key that must be there is not."""


class UnknownKeyError(ValueError):
    """A key that nobody knows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place, and the value that stands there."""

    path: Path
    error: ValueError
    value: object = None


Problems = list[Problem]
Read = Callable[[object, Path, Problems], Any]
"""Returns the value as it is kept; where that cannot be, notes why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be.

    Arguments:
        name: ``text``, ``number``, ``mapping`` or ``list``, as the reference calls it.
        read: reads such a value.
        schema: what a JSON Schema says of it.
        part: what it, or each of its items, may be a mapping of.
    """

    name: str
    read: Read
    schema: Mapping[str, Any]
    part: type[Part] | None = None


def key(kind: Kind, description: str, **options: Any) -> Any:
    """Return a field of a ``Part``.

    Arguments:
        kind: what its value may be; None, too, where that is the default.
        description: what it is for, one sentence.
        options: those of ``dataclasses.field``.
    """
    return field(metadata={"kind": kind, "description": description}, **options)


def simple(
    name: str,
    read: Callable[[Any], Any],
    schema: Mapping[str, Any],
    *,
    taken_as: Callable[[object], object] = lambda value: value,
) -> Kind:
    """Return the kind of a single value, whose reader raises ValueError where it is wrong.

    Arguments:
        name: as in ``Kind``.
        read: reads such a value.
        schema: as in ``Kind``.
        taken_as: gives what the value is taken for, also in messages.
    """

    def noted(value: object, path: Path, problems: Problems) -> Any:
        value = taken_as(value)
        try:
            return read(value)
        except ValueError as error:
            problems.append(Problem(path, error, value))
            return None

    return Kind(name, noted, schema)


_Part = TypeVar("_Part", bound="Part")


def mapping(part: type[_Part], check: Callable[[_Part], None] = lambda _: None) -> Kind:
    """Return the kind of a mapping.

    Arguments:
        part: what it holds.
        check: raises ValueError where the whole is wrong.
    """

    def noted(value: object, path: Path, problems: Problems) -> _Part | None:
        found = part.read(value, path, problems)
        try:
            if found is not None:
                check(found)
        except ValueError as error:
            problems.append(Problem(path, error, value))
        return found

    return Kind("mapping", noted, {"$ref": f"#/$defs/{part.__name__}"}, part)


def listing(part: type[_Part], check: Callable[[list[_Part]], None]) -> Kind:
    """Return the kind of a list of mappings, of which ``check`` is like that of ``mapping``."""

    def noted(value: object, path: Path, problems: Problems) -> tuple[_Part, ...] | None:
        if not isinstance(value, list | tuple):
            problems.append(Problem(path, UnfitError("must be a list"), value))
            return None
        known = len(problems)
        found = [part.read(one, (*path, str(n)), problems) for n, one in enumerate(value)]
        items = [one for one in found if one is not None]
        try:
            if len(problems) == known:
                check(items)
        except ValueError as error:
            problems.append(Problem(path, error, value))
        return tuple(items)

    schema = {"items": {"$ref": f"#/$defs/{part.__name__}"}, "type": "array"}
    return Kind("list", noted, schema, part)


class Part:
    """What all parts of a target have in common; a base of frozen dataclasses."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def of(cls, value: object) -> Self:
        """Return what a value holds.

        Raises:
            ValueError: something is wrong with it; the first thing is named.
        """
        problems: Problems = []
        found = cls.read(value, (), problems)
        if found is None or problems:
            first = problems[0]
            raise ValueError(f"{'.'.join(first.path)}: {first.error}")
        return found

    @classmethod
    def read(cls, value: object, path: Path, problems: Problems) -> Self | None:
        """Return what a value holds, None where something is wrong, which is noted.

        Arguments:
            value: a mapping, or what was made of one before.
            path: where it stands.
            problems: what is wrong so far; added to.
        """
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            problems.append(Problem(path, UnfitError("must be a mapping"), value))
            return None
        known = len(problems)
        found = {
            one.name: _read(one, value, (*path, one.name), problems)
            for one in fields(cls)
            if one.name in value or is_required(one)
        }
        names = {one.name for one in fields(cls)}
        unknown = [name for name in value if name not in names]
        problems += [Problem((*path, name), UnknownKeyError("unknown key")) for name in unknown]
        if len(problems) > known:
            return None
        made = cls(**found)
        try:
            made.check()
        except KeyProblemError as error:
            problems.append(Problem(path, error, value))
        return made

    def check(self) -> None:
        """Look at values beside each other, once each is right by itself.

        Raises:
            KeyProblemError: one is wrong beside another.
        """


def _read(one: Any, values: Mapping[str, object], path: Path, problems: Problems) -> Any:
    if one.name not in values:
        problems.append(Problem(path, AbsentError("is missing")))
        return None
    value = values[one.name]
    if value is None and one.default is None:
        return None
    return one.metadata["kind"].read(value, path, problems)


def is_required(one: Any) -> bool:
    """Tell whether a field of a part must be given."""
    return one.default is MISSING and one.default_factory is MISSING
