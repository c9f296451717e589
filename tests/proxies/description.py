"""What is written down about a proxy: how it starts, and what is right or wrong about its set-up.

Each proxy has a folder with ``proxy.yaml`` and the templates of its configuration. The templates as
they lie there are the right configuration. Every other one is a few changes to them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

HERE = Path(__file__).parent
DESCRIPTION = "proxy.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(_Model):
    """A passage of a template, which stands there once, and what takes its place."""

    find: str
    put: str


class Setup(_Model):
    """A configuration of a proxy, as it differs from the templates.

    Arguments:
        about: what is special about it, in one line.
        changes: by the name of the template.
        base_url: where clients find the endpoint; by default as the proxy says.
        headers: what the target file sets for every request.
        owner: the user whose chats are asked for, by the name of the demo data.
        http: the version of HTTP in which it is asked, as a target file names it.
    """

    about: str = ""
    changes: dict[str, list[Change]] = {}
    base_url: str | None = None
    headers: dict[str, str] = {}
    owner: str = "alice"
    http: str = "1.1"


class Misconfiguration(Setup):
    """A set-up that is wrong in one thing.

    Arguments:
        server: the server behind, by its name in `tests.proxies.servers`.
        caught: the clauses that must fail, at least.
        missed: the clauses that should fail and do not yet.
        harmless: why nothing needs to fail; what was asked by hand, and what was seen.
        why: the reason for a miss.
        sometimes: whether it is caught now and then, so that no single run can tell.
    """

    server: str = "reference"
    caught: list[str] = []
    missed: list[str] = []
    harmless: str = ""
    why: str = ""
    sometimes: bool = False

    @model_validator(mode="after")
    def _one_outcome(self) -> Self:
        if sum(map(bool, (self.caught, self.missed, self.harmless))) != 1:
            raise ValueError("exactly one of caught, missed and harmless is needed")
        if bool(self.missed) != bool(self.why) or self.sometimes > bool(self.missed):
            raise ValueError("why and sometimes go with missed")
        return self


class Proxy(_Model):
    """A proxy, or several programs that make one together.

    Arguments:
        title: its name for people.
        debian: Debian's packages that bring its programs.
        pypi: PyPI's packages that do, which are pinned in `requirements.txt`.
        start: the commands that serve in the foreground, in this order.
        base_url: where clients find the endpoint.
        templates: the templates of its configuration, by file name.
        right: further right set-ups beside the plain one, by name.
        should: why the SHOULDs fail that fail where it is rightly set up, by clause.
        wrong: misconfigurations, by name.
    """

    title: str
    debian: list[str] = []
    pypi: list[str] = []
    start: list[list[str]]
    base_url: str = "https://localhost:@port:front@"
    templates: dict[str, str]
    right: dict[str, Setup] = {}
    should: dict[str, str] = {}
    wrong: dict[str, Misconfiguration] = {}


@cache
def proxies() -> dict[str, Proxy]:
    """Return every proxy by the name of its folder."""
    return {path.parent.name: load(path.parent) for path in sorted(HERE.glob(f"*/{DESCRIPTION}"))}


def load(folder: Path) -> Proxy:
    """Read the folder of a proxy."""
    told = yaml.safe_load((folder / DESCRIPTION).read_text("utf-8"))
    templates = {
        path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name != DESCRIPTION
    }
    return Proxy(templates=templates, **told)
