"""Who takes part: this suite, a general tool as an expert sets it up, and the bare loop."""

from __future__ import annotations

import compileall
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from neptun_conformance.contract import contract_path

CONCURRENCY = 16
CHECKOUT = Path(__file__).parent.parent
_SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Contestant:
    """One who takes part.

    Arguments:
        name: what the table calls it.
        command: the whole command line.
        folder: where it runs.
    """

    name: str
    command: tuple[str, ...]
    folder: Path = CHECKOUT


def compiled(place: Path) -> None:
    """Compile a suite to bytecode, as pip does when it installs one.

    Else a process of a checkout may do so at each start, by ``PYTHONDONTWRITEBYTECODE``.

    Arguments:
        place: the checkout.
    """
    for part in (Path("src"), Path("tests", "contract")):
        compileall.compile_dir(place / part, quiet=2)


def suite(target: Path, *options: str) -> Contestant:
    """Return this suite against a target file."""
    words = (sys.executable, "-m", "neptun_conformance", "--target", str(target), *options)
    return Contestant(" ".join(("this suite", *options)), words)


def suite_at_first(target: Path) -> Contestant:
    """Return this suite as it runs where nothing was kept by an earlier run, and nothing can be."""
    nowhere = ("env", "XDG_CACHE_HOME=/dev/null")
    return Contestant("this suite, first run", (*nowhere, *suite(target).command))


def suite_script() -> str:
    """Return the command as people start it."""
    return str(_SCRIPTS / "neptun-conformance")


def loop(target: dict[str, Any], seen: list[dict[str, Any]], folder: Path) -> Contestant:
    """Return the bare loop over what a run sent.

    Arguments:
        target: what the target file says.
        seen: the requests of a run, as the target saw them.
        folder: where their list may be written.
    """
    listed = folder / "requests.json"
    listed.write_text(json.dumps(seen))
    words = (sys.executable, "-m", "benchmarks.loop", target["base_url"], str(listed))
    return Contestant("bare loop", (*words, str(CONCURRENCY)))


def general_tool(target: dict[str, Any], folder: Path) -> Contestant:
    """Return the schemathesis CLI with all that an expert would tell it about a target.

    Real ids as examples, the session by the document's own security scheme (which lets the tool
    leave it out where it means to), 100 examples, no methods that nobody asked for.

    Arguments:
        target: what the target file says.
        folder: where its document and its settings may be written.
    """
    owner = target["owner"]
    document = yaml.safe_load(contract_path().read_text())
    parameters = document["components"]["parameters"]
    parameters["user_id"]["examples"] = {"own": {"value": owner["user_id"]}}
    parameters["chat_id"]["examples"] = {"own": {"value": owner["chat_with_files"]["id"]}}
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    (folder / "schemathesis.toml").write_text(
        f'base-url = "{target["base_url"]}"\n'
        f'[auth.openapi.session]\napi_key = "{owner["session"]}"\n'
        '[generation]\nmax-examples = 100\ndatabase = "none"\n'
        "[phases.coverage]\nunexpected-methods = []\n"
    )
    words = (str(_SCRIPTS / "schemathesis"), "run", "openapi.yaml")
    return Contestant("schemathesis", words, folder)
