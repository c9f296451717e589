"""Reads a YAML document that people write, and refuses what would surprise them.

The types are those of YAML 1.2's core schema without its odd spellings: `no` is a word, a date is
a text, `0123` is no number. Aliases and tags are refused, so a document is never larger than its
file. Messages name the place but quote nothing, because what stands there may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from neptun_conformance.targets.errors import TargetError

LARGEST_FILE = 1_000_000  # bytes
PLAIN_TYPES = {  # tag: (pattern, first characters), YAML 1.2 section 10.3.2
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "tag:yaml.org,2002:int": (r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    "tag:yaml.org,2002:float": (
        r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?",
        "-0123456789",
    ),
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
}


def read_document(path: Path) -> dict[str, Any]:
    """Return the mapping that the file at `path` holds.

    Raises TargetError where the file cannot be read, is larger than `LARGEST_FILE`, is not UTF-8
    or does not hold exactly one YAML mapping with text keys.
    """
    try:
        return _parse(read_text(path))
    except OSError as error:
        raise TargetError(f"file {path}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise TargetError(f"file {path}: {error}") from None


def parse_value(text: str) -> Any:
    """Return what `text` holds as YAML or JSON; raises ValueError saying what is wrong."""
    try:
        values = list(yaml.load_all(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise ValueError(_explain(error)) from None
    except yaml.reader.ReaderError as error:
        raise ValueError(f"contains the character U+{error.character:04X}: escape it") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except (
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ):  # PyYAML's own, as on "\\U99999999"
        raise ValueError("is not YAML") from None
    if len(values) > 1:
        raise ValueError("contains several documents; only one is read")
    return values[0] if values else None


def read_text(path: Path) -> str:
    """Return what the file at `path` holds, without a byte order mark.

    Raises:
        OSError: it cannot be read.
        ValueError: it is larger than `LARGEST_FILE`, or not UTF-8.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError(f"is larger than {LARGEST_FILE:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start + 1})") from None


def _parse(text: str) -> dict[str, Any]:
    value = parse_value(text)
    if value is None:
        raise ValueError("is empty")
    if not isinstance(value, dict):
        raise ValueError("must contain keys and values (base_url: https://…)")  # noqa: TRY004
    return value


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, with fewer types and no aliases, tags or repeated keys."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as in the base class

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _problem("aliases (*name) are not supported: write or quote the value", event)
        if getattr(event, "anchor", None):
            raise _problem("anchors (&name) are not supported: quote the value", event)
        if getattr(event, "tag", None):
            raise _problem("tags (!name) are not supported: quote the value", event)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        keys: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag != "tag:yaml.org,2002:str":
                raise _problem("a key must be text: put quotes around it", key_node)
            if not key_node.value.isprintable():
                raise _problem("a key must be printable", key_node)
            if key_node.value in keys:
                raise _problem(f"the key {key_node.value!r} is given twice", key_node)
            keys.add(key_node.value)
        return super().construct_mapping(node, deep=deep)

    def construct_text(self, node: yaml.ScalarNode) -> str:
        """Join the pairs of surrogates in which JSON writes what lies beyond 16 bits (RFC 8259)."""
        text: str = self.construct_scalar(node)
        joined = text.encode("utf-16-le", "surrogatepass")
        return joined.decode("utf-16-le", "surrogatepass")

    def construct_number(self, node: yaml.ScalarNode) -> int:
        try:
            return int(node.value)
        except ValueError:  # Python reads no more than 4,300 digits
            raise _problem("the number is too long", node) from None


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_text)
for _tag, (_pattern, _first) in PLAIN_TYPES.items():
    _Loader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), list(_first))


def _problem(text: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=text, problem_mark=at.start_mark)


def _explain(error: yaml.MarkedYAMLError) -> str:
    mark: Any = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "is not YAML"
    if "'\\t'" in problem:
        problem = "a tab cannot indent or begin a value: use blanks"
    elif "tag handle" in problem:  # would quote what may be a secret
        problem = "tags (!name) are not supported: quote the value"
    return f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else problem
