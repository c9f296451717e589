"""Every setting of a run, declared once for the command line and for pytest.

On the command line an option is ``--name``; in pytest it is ``--neptun-name``, so that it clashes
with nobody's. This module imports nothing heavy: ``--help`` must come at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EFFORTS = ("quick", "default", "deep")


@dataclass(frozen=True, slots=True)
class Option:
    """One setting.

    Arguments:
        name: its name, words joined by hyphens.
        group: the heading under which help shows it.
        help: what it does, one sentence.
        type: ``str``, ``int``, ``float`` or ``bool``.
        default: what holds without it.
        metavar: what stands for its value in help.
        choices: the values that it may have.
        least: the smallest number that makes sense.
        many: it may be given several times.
    """

    name: str
    group: str
    help: str
    type: type = str
    default: Any = None
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    least: float | None = None
    many: bool = False

    @property
    def key(self) -> str:
        """The name as a Python identifier."""
        return self.name.replace("-", "_")


class SettingError(ValueError):
    """A setting that cannot be used; one line names it."""


WHERE = "Target"
WHAT = "What is asked"
HOW = "How hard"
REACH = "How to get there"
REPORTS = "Reports"

OPTIONS: tuple[Option, ...] = (
    Option("base-url", WHERE, "Base URL of the target, with any path prefix.", metavar="URL"),
    Option("target", WHERE, "Target file (see `init`).", metavar="FILE"),
    Option("app", WHERE, "ASGI application to test in process.", metavar="MODULE:ATTRIBUTE"),
    Option("start", WHERE, "Command that starts the target; its whole group is stopped afterwards.", metavar="COMMAND"),
    Option("wait", WHERE, "Seconds to wait for the port after --start.", float, 30.0, "SECONDS", least=0),
    Option("provision", WHERE, "Command that prints a target profile as JSON.", metavar="COMMAND"),
    Option("cleanup", WHERE, "Command that gets that profile on its input at the end.", metavar="COMMAND"),
    Option("only", WHAT, "Check only this clause id or glob; may be repeated.", metavar="CLAUSE", many=True),
    Option("effort", WHAT, "How many requests: quick at most 150, default 300 to 500, deep more.", default="default", choices=EFFORTS),
    Option("seed", WHAT, "Seed of the generated requests; the same seed asks the same.", int, 0, "N", least=0),
    Option("strict", WHAT, "A SHOULD that fails makes the exit status 1, too.", bool, False),
    Option("allow-incomplete", WHAT, "Exit with 0 although a MUST was not tested.", bool, False),
    Option("allow-unsafe-methods", WHAT, "Send POST, PUT, PATCH and DELETE, too.", bool, False),
    Option("no-hostile", WHAT, "Leave out what a firewall might ban a client for.", bool, False),
    Option("fetch-urls", WHAT, "Follow the links of the files, without the session.", bool, False),
    Option("contract-version", WHAT, "Refuse to run against another version of the contract.", metavar="VERSION"),
    Option("plan", WHAT, "Print what would be sent, and send nothing.", bool, False),
    Option("example-database", WHAT, "Folder in which failing generated inputs are kept for the next run.", metavar="DIR"),
    Option("concurrency", HOW, "Requests under way at once, 64 at most.", int, 16, "N", least=1),
    Option("rate", HOW, "Requests a second that are never exceeded, such as 25/s.", metavar="N/s"),
    Option("max-requests", HOW, "Requests to send at most.", int, None, "N", least=1),
    Option("deadline", HOW, "Seconds that a request may take.", float, 10.0, "SECONDS", least=0.05),
    Option("run-deadline", HOW, "Seconds that the whole run may take.", float, 900.0, "SECONDS", least=0.1),
    Option("max-throttle", HOW, "Seconds to wait in all on one request's 429 or 503.", float, 60.0, "SECONDS", least=0),
    Option("max-body", HOW, "Octets of a body to read at most.", int, 32 * 1024 * 1024, "OCTETS", least=1024),
    Option("ca-bundle", REACH, "PEM file with the authorities to trust.", metavar="FILE"),
    Option("insecure", REACH, "Do not check the target's certificate. Says so loudly.", bool, False),
    Option("client-cert", REACH, "PEM file with the certificate to show.", metavar="FILE"),
    Option("client-key", REACH, "PEM file with its key.", metavar="FILE"),
    Option("uds", REACH, "Unix socket to connect to.", metavar="PATH"),
    Option("baseline", REPORTS, "File of known deviations.", metavar="FILE"),
    Option("write-baseline", REPORTS, "Write the failures of this run as a baseline to fill in.", metavar="FILE"),
    Option("report-json", REPORTS, "Write the result, from which all other reports are made.", metavar="FILE"),
    Option("report-html", REPORTS, "Write a page for people.", metavar="FILE"),
    Option("report-markdown", REPORTS, "Write a summary in Markdown.", metavar="FILE"),
    Option("report-junit", REPORTS, "Write JUnit XML.", metavar="FILE"),
    Option("report-sarif", REPORTS, "Write SARIF 2.1.0.", metavar="FILE"),
    Option("report-badge", REPORTS, "Write a badge endpoint in JSON.", metavar="FILE"),
    Option("report-har", REPORTS, "Write all exchanges as HAR.", metavar="FILE"),
    Option("no-bodies", REPORTS, "Leave bodies out of every report.", bool, False),
    Option("color", REPORTS, "Colours in the terminal.", default="auto", choices=("auto", "always", "never")),
)  # fmt: skip


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings by key, defaults filled in.

    Raises:
        SettingError: a value is out of its bounds, or two settings exclude each other.
    """
    found = {option.key: _checked(option, values.get(option.key)) for option in OPTIONS}
    found["rate"] = _rate(found["rate"])
    if found["concurrency"] > 64:
        raise SettingError("--concurrency: 64 at most")
    given = [f"--{name}" for name in ("app", "uds") if found[name]]
    if len(given) > 1:
        raise SettingError(f"{' and '.join(given)} exclude each other")
    if found["app"] and (found["start"] or found["base_url"]):
        raise SettingError("--app tests in process: without --base-url and --start")
    if found["cleanup"] and not found["provision"]:
        raise SettingError("--cleanup: only together with --provision")
    return found


def _checked(option: Option, value: Any) -> Any:
    if value is None or value == ():
        return option.default
    if option.choices and value not in option.choices:
        raise SettingError(f"--{option.name}: one of {', '.join(option.choices)}, not {value!r}")
    if option.least is not None and not option.least <= value <= 10**12:
        raise SettingError(f"--{option.name}: at least {option.least:g}, not {value:g}")
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        raise SettingError(f"--{option.name}: must not be empty")
    return value


def _rate(text: str | None) -> float | None:
    if text is None:
        return None
    number = text.strip().removesuffix("/s")
    try:
        rate = float(number)
    except ValueError:
        raise SettingError(
            f"--rate: a number of requests a second such as 25/s, not {text!r}"
        ) from None
    if not 0.01 <= rate <= 100_000:
        raise SettingError(f"--rate: between 0.01/s and 100000/s, not {text!r}")
    return rate
