"""Every setting of a run, declared once for the command line, for pytest and for the engine.

On the command line a setting is ``--name``; in pytest it is ``--neptun-name``, so that it clashes
with nobody's. This module imports nothing heavy: ``--help`` must come at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

EFFORTS = ("quick", "default", "deep")
MOST_CONCURRENT = 64
BOTH = "both"
"""The version of HTTP that stands for two runs, see ``engine.both_versions``."""


@dataclass(frozen=True, slots=True)
class Option:
    """How one setting is given.

    Arguments:
        key: its name as a Python identifier.
        group: the heading under which help shows it.
        help: what it does, one sentence.
        type: ``str``, ``int``, ``float`` or ``bool``.
        default: what holds without it.
        metavar: what stands for its value in help.
        choices: the values that it may have.
        least: the smallest number that makes sense.
        many: it may be given several times.
    """

    key: str
    group: str
    help: str
    type: type = str
    default: Any = None
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    least: float | None = None
    many: bool = False

    @property
    def name(self) -> str:
        """The name as it is given, words joined by hyphens."""
        return self.key.replace("_", "-")


class SettingError(ValueError):
    """A setting that cannot be used; one line names it."""


WHERE = "Target"
WHAT = "Requests"
HOW = "Load and limits"
REACH = "Connection"
REPORTS = "Reports"


def _text(group: str, words: str, metavar: str) -> Any:
    return field(default=None, metadata={"group": group, "help": words, "metavar": metavar})


def _flag(group: str, words: str) -> Any:
    return field(default=False, metadata={"group": group, "help": words, "type": bool})


def _count(group: str, words: str, metavar: str, default: int | None, *, least: int) -> Any:
    how = {"type": int, "metavar": metavar, "least": least}
    return field(default=default, metadata={"group": group, "help": words, **how})


def _seconds(group: str, words: str, default: float, *, least: float) -> Any:
    how = {"type": float, "metavar": "SECONDS", "least": least}
    return field(default=default, metadata={"group": group, "help": words, **how})


def _choice(group: str, words: str, default: str, choices: tuple[str, ...]) -> Any:
    how = {"group": group, "help": words, "choices": choices}
    return field(default=default, metadata=how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run; ``rate`` is a number once they are checked (see ``checked``)."""

    base_url: str | None = _text(WHERE, "Base URL of the target, including a path prefix.", "URL")
    target: str | None = _text(WHERE, "Target file (see `init`).", "FILE")
    app: str | None = _text(WHERE, "ASGI application to test in this process.", "MODULE:ATTRIBUTE")
    start: str | None = _text(
        WHERE,
        "Command that starts the target; it is stopped afterwards, with all its processes.",
        "COMMAND",
    )
    wait: float = _seconds(WHERE, "Seconds to wait for the port after --start.", 30.0, least=0)
    provision: str | None = _text(WHERE, "Command that prints a target file as JSON.", "COMMAND")
    cleanup: str | None = _text(
        WHERE, "Command that gets the same JSON on standard input at the end.", "COMMAND"
    )
    only: tuple[str, ...] = field(
        default=(),
        metadata={
            "group": WHAT,
            "help": "Check only this clause, group or pattern; may be repeated.",
            "metavar": "CLAUSE",
            "many": True,
        },
    )
    effort: str = _choice(
        WHAT,
        "Number of requests: quick about 150, default about 500, deep more.",
        "default",
        EFFORTS,
    )
    seed: int = _count(
        WHAT, "Seed of the generated requests; the same seed sends the same.", "N", 0, least=0
    )
    strict: bool = _flag(WHAT, "Exit with 1 also if a SHOULD fails.")
    allow_incomplete: bool = _flag(WHAT, "Exit with 0 even if a MUST was not tested.")
    allow_unsafe_methods: bool = _flag(WHAT, "Also send POST, PUT, PATCH and DELETE.")
    no_hostile: bool = _flag(WHAT, "Leave out requests for which a firewall might ban the client.")
    fetch_urls: bool = _flag(WHAT, "Fetch the links of the files, without the session.")
    contract_version: str | None = _text(
        WHAT, "Exit with an error if the contract has another version.", "VERSION"
    )
    plan: bool = _flag(WHAT, "Print what would be sent, and send nothing.")
    example_database: str | None = _text(
        WHAT, "Folder that keeps failing generated inputs for the next run.", "DIR"
    )
    concurrency: int = _count(
        HOW,
        "Most requests at the same time; 16 at first, more while responses stay fast.",
        "N",
        MOST_CONCURRENT,
        least=1,
    )
    rate: float | None = _text(HOW, "Most requests per second, such as 25/s.", "N/s")
    max_requests: int | None = _count(HOW, "Most requests to send.", "N", None, least=1)
    deadline: float = _seconds(HOW, "Seconds that a response may take.", 10.0, least=0.05)
    run_deadline: float = _seconds(HOW, "Seconds that the whole run may take.", 900.0, least=0.1)
    max_throttle: float = _seconds(
        HOW, "Seconds to wait in total for one request that gets 429 or 503.", 60.0, least=0
    )
    max_outage: float = _seconds(
        HOW, "Seconds to wait for a target that no longer responds.", 10.0, least=0
    )
    max_body: int = _count(
        HOW, "Most bytes of a body to read.", "BYTES", 32 * 1024 * 1024, least=1024
    )
    ca_bundle: str | None = _text(
        REACH, "PEM file with the certificate authorities to trust.", "FILE"
    )
    insecure: bool = _flag(REACH, "Do not check the target's certificate; a note says so.")
    client_cert: str | None = _text(REACH, "PEM file with the client certificate.", "FILE")
    client_key: str | None = _text(
        REACH, "PEM file with the key of the client certificate.", "FILE"
    )
    http: str | None = field(
        default=None,
        metadata={
            "group": REACH,
            "help": "Version of HTTP, by default 1.1; auto: as TLS agrees on it; both: one by one.",
            "choices": ("1.1", "2", "auto", BOTH),
        },
    )
    http2_prior_knowledge: bool = _flag(REACH, "Speak HTTP/2 over http://, too.")
    uds: str | None = _text(REACH, "Unix socket to connect to.", "PATH")
    server_log: str | None = _text(
        REPORTS, "The server's own log: what it says stands beside findings in the reports.", "FILE"
    )
    baseline: str | None = _text(REPORTS, "File of known deviations.", "FILE")
    write_baseline: str | None = _text(
        REPORTS, "Write the failures of this run as a baseline; add the reasons.", "FILE"
    )
    report_json: str | None = _text(
        REPORTS, "Write the result as JSON; all other reports can be made from it.", "FILE"
    )
    report_html: str | None = _text(REPORTS, "Write an HTML page for people.", "FILE")
    report_markdown: str | None = _text(REPORTS, "Write a summary in Markdown.", "FILE")
    report_junit: str | None = _text(REPORTS, "Write JUnit XML.", "FILE")
    report_sarif: str | None = _text(REPORTS, "Write SARIF 2.1.0.", "FILE")
    report_badge: str | None = _text(REPORTS, "Write JSON for a badge.", "FILE")
    report_har: str | None = _text(REPORTS, "Write all requests and responses as HAR.", "FILE")
    no_bodies: bool = _flag(REPORTS, "Leave bodies out of every report.")
    quiet: bool = _flag(REPORTS, "Print only failures and the verdict.")
    color: str = _choice(REPORTS, "Colours in the terminal.", "auto", ("auto", "always", "never"))

    @property
    def http_version(self) -> str | None:
        """The version of HTTP as a target file would name it, None where nothing was given."""
        return "2-prior-knowledge" if self.http2_prior_knowledge else self.http

    def report(self, form: str) -> str | None:
        """Return the path that was asked for a report of this form, such as ``json``."""
        path: str | None = getattr(self, f"report_{form}")
        return path


OPTIONS: tuple[Option, ...] = tuple(
    Option(key=one.name, default=one.default, **one.metadata) for one in fields(Settings)
)
"""How each setting is given, in the order of the settings."""


def checked(values: Mapping[str, Any]) -> Settings:
    """Return the settings, defaults filled in.

    Arguments:
        values: what was given, by key; None or an empty tuple where nothing was.

    Raises:
        SettingError: a value is out of its bounds, or two settings exclude each other.
    """
    given = {option.key: _checked(option, values.get(option.key)) for option in OPTIONS}
    settings = Settings(**given | {"rate": _rate(given["rate"])})
    if settings.concurrency > MOST_CONCURRENT:
        raise SettingError(f"--concurrency: {MOST_CONCURRENT} at most")
    if settings.app and settings.uds:
        raise SettingError("--app and --uds exclude each other")
    if settings.app and (settings.start or settings.base_url):
        raise SettingError("--app tests in process: without --base-url and --start")
    if settings.app and settings.http_version:
        raise SettingError("--app and --http exclude each other: no HTTP is spoken in process")
    if settings.http2_prior_knowledge and settings.http not in {None, "2", BOTH}:
        raise SettingError("--http2-prior-knowledge: only together with --http 2 or both")
    if settings.cleanup and not settings.provision:
        raise SettingError("--cleanup: only together with --provision")
    return settings


def _checked(option: Option, value: Any) -> Any:
    if value is None or value == ():
        return option.default
    if option.choices and value not in option.choices:
        raise SettingError(f"--{option.name}: one of {', '.join(option.choices)}, not {value!r}")
    if option.least is not None and not option.least <= value <= 10**12:
        raise SettingError(f"--{option.name}: at least {option.least:g}, not {value:g}")
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        raise SettingError(f"--{option.name}: must not be empty")
    return tuple(value) if option.many else value


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
