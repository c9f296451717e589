"""What a stack's ``stack.yaml`` says: what it needs, how it is built and started, what is known."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

STACKS = Path(__file__).parent


class Manifest(BaseModel):
    """A stack, as its ``stack.yaml`` describes it.

    Commands are run by the shell in a built copy of the stack's folder.

    Arguments:
        title: the stack in a few words.
        language: the programming language.
        base: other folders, of stacks or shared by them, whose files lie beneath this one's.
        debian: Debian's packages that it runs on.
        pypi: packages of its ``requirements.txt`` whose versions are worth telling; they are
            installed into ``.venv``.
        npm: likewise, of its ``package-lock.json``; they are installed into ``node_modules``.
        build: commands that make the server, run once.
        database: database and driver that the ids reach, where `tests.stacks.databases` is to tell.
        start: command that serves on port ``$PORT`` of the loopback address what ``$DATA`` holds.
        http: the version of HTTP in which it is asked, as a target file names it.
        session: command that prints the session of a user, where the stack seals its own. It is
            given the user's id and the second at which the session ends.
        expires: whether a session can be had that has ended.
        must: why the MUSTs fail that fail, by clause, where the stack is that of a server which is
            known not to conform.
        should: why the SHOULDs fail that fail, likewise. No other clause may fail.
        untested: why the clauses cannot be tested that are not, which is so only where MUSTs fail.
    """

    model_config = ConfigDict(extra="forbid")

    title: str
    language: str
    base: tuple[str, ...] = ()
    debian: tuple[str, ...] = ()
    pypi: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    database: str = ""
    start: str
    http: str = "1.1"
    session: str | None = None
    expires: bool = True
    must: dict[str, str] = {}
    should: dict[str, str] = {}
    untested: dict[str, str] = {}

    @property
    def known(self) -> dict[str, str]:
        """Why each clause fails that fails."""
        return {**self.must, **self.should}


def names() -> list[str]:
    """Return the names of all stacks: each is a folder beside this module."""
    return sorted(path.parent.name for path in STACKS.glob("*/stack.yaml"))


def manifest(name: str) -> Manifest:
    """Read what the stack `name` says of itself; ValueError where it says it wrongly."""
    return Manifest.model_validate(
        yaml.safe_load((STACKS / name / "stack.yaml").read_text("utf-8"))
    )


def folders(name: str) -> list[Path]:
    """Return the folders whose files make the stack `name`; later ones win."""
    folder = STACKS / name
    bases = manifest(name).base if (folder / "stack.yaml").exists() else ()
    return [*(one for base in bases for one in folders(base)), folder]
