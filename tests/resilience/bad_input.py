"""Everything that people and their tools get wrong before a run, as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from neptun_conformance.server.data import target_for

GOOD = "{good}"
"""In an argument: a good target file. Likewise ``{url}``, ``{folder}`` and ``{port}``."""


@dataclass(frozen=True)
class Case:
    """One thing that is wrong.

    Arguments:
        name: what it is.
        arguments: the command line.
        says: what the one line must name.
        environ: variables beside those of a clean environment.
        files: name and content of files in the folder.
    """

    name: str
    arguments: tuple[str, ...]
    says: str
    environ: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def flag(name: str, *values: str) -> list[Case]:
    """Give a flag values that it does not take."""
    given = ("--target", GOOD, f"--{name}")
    return [Case(f"--{name} {value!r}", (*given, value), name) for value in values]


NOT_NUMBERS = ("x", "", "0x10", "1,5", "\u0661x", "--")
FLAGS = [
    *flag("effort", "fast", "", "QUICK"),
    *flag("color", "pink"),
    *flag("seed", "-1", "1.5", "1e3", *NOT_NUMBERS),
    *flag("concurrency", "0", "-1", "65", "1.5", "9" * 30, *NOT_NUMBERS[:2]),
    *flag("rate", "0", "-1", "nan", "inf", "5/m", "1e9", "/s", *NOT_NUMBERS[:3]),
    *flag("max-requests", "0", "-5", "many", "1e3"),
    *flag("deadline", "0", "-1", "nan", "inf", "-inf", "1e99", *NOT_NUMBERS[:2]),
    *flag("run-deadline", "0", "nan", "inf", "soon"),
    *flag("max-throttle", "-1", "nan", "x"),
    *flag("max-body", "0", "1023", "-1", "1e6", "32MB", "9" * 30),
    *flag("wait", "-1", "nan", "x"),
    *flag("only", "nope", "", "[", "success.*.x"),
    *flag("contract-version", "0", "latest", ""),
    *flag("base-url", "", " ", "h", "/x", "ftp://h", "http://", "http:///x", "http://h:99999"),
    *flag("base-url", "http://h:x", "http://h?q=1", "http://h#f", "http://u:p@h", "http://[::1"),
    *flag("base-url", "http://a b", "http://h/\n", "http://h\\x", "\x7f", "http://\ud800"),
    *flag("app", "no_such_module", "os:nope", ":", "a b:c", "..x:y"),
    Case("--app fails", ("--app", "bad"), "--app bad", files={"bad.py": b"1 / 0"}),
    Case("--app ends", ("--app", "worse"), "--app worse", files={"worse.py": b"raise SystemExit"}),
    *flag("start", "", " "),
    *flag("provision", "", "false", "echo", "echo []", "echo '{'", "exit 3"),
    *flag("cleanup", "true"),
    *flag("owner-session", "s3cr3t"),
    *flag("session", "s3cr3t"),
    *flag("cookie", "s3cr3t"),
    *flag("efort", "quick"),
    Case("unknown flag", ("--nope",), "--nope"),
    Case("stray word", ("--target", GOOD, "word"), "word"),
    Case("no value", ("--target",), "--target"),
    Case("value for a switch", ("--strict=yes", "--target", GOOD), "--strict"),
    Case("--app and --base-url", ("--app", "a:b", "--base-url", "{url}"), "--app"),
    Case("--app and --uds", ("--app", "a:b", "--uds", "{folder}/s"), "exclude"),
    Case("--app and --start", ("--app", "a:b", "--start", "true"), "--app"),
]


def reaching(name: str, content: bytes | None) -> list[Case]:
    """Give a certificate option a file of this content, or none."""
    files = {} if content is None else {"file.pem": content}
    given = ("--target", "{tls}", "--base-url", "https://127.0.0.1:{port}")
    path = "{folder}/file.pem"
    return [
        Case(f"--{flag} {name}", (*given, f"--{flag}", path), "file.pem", files=files)
        for flag in ("ca-bundle", "client-cert")
    ]


CERTIFICATES = [
    *reaching("missing", None),
    *reaching("empty", b""),
    *reaching("garbage", b"\x00\xff" * 99),
    *reaching("cut", b"-----BEGIN CERTIFICATE-----\nMIIB\n"),
]


def variable(name: str, *values: str) -> list[Case]:
    """Give an environment variable values that it does not take."""
    return [Case(f"{name}={value!r}", ("--target", GOOD), name, {name: value}) for value in values]


ENVIRONMENT = [
    *variable("NEPTUN_BASE_URL", "h", "ftp://h", "http://h:99999"),
    *variable("NEPTUN_OWNER__SESSION", "", "a;b", "a b\n"),
    *variable("NEPTUN_OWNER__USER_ID", ""),
    *variable("NEPTUN_OWNER__EMPTY_CHAT__ID", "0", "-1", "1.5", "x", str(2**53), "9" * 5000),
    *variable("NEPTUN_OWNER__CHAT_WITH_FILES__ID", "", "4711.0", " 4711"),
    *variable("NEPTUN_OWNR__SESSION", "x"),
    *variable("NEPTUN_OWNER__NOPE", "x"),
    *variable("NEPTUN_OWNER", "x"),
]


def target(name: str, content: bytes | str, says: str = "") -> Case:
    """Give a target file of this content."""
    octets = content if isinstance(content, bytes) else content.encode()
    path = "{folder}/target.yaml"
    return Case(
        f"target: {name}", ("--target", path), says or "target.yaml", {}, {"target.yaml": octets}
    )


URL = "base_url: http://127.0.0.1:9\n"
GOOD_JSON = json.dumps(target_for("http://127.0.0.1:9"), ensure_ascii=False)
BOMB = "\n".join(
    [
        "a: &a [x]",
        *(
            f"{b}: &{b} [{','.join(['*' + a] * 9)}]"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ]
)
TARGETS = [
    target("empty", ""),
    target("a list", "- a\n"),
    target("a word", "hello\n"),
    target("no YAML", "a: b: c\n"),
    target("open bracket", "owner: {user_id: [\n"),
    target("bomb", BOMB, "anchors"),
    target("anchor", URL + "owner: &o {}\n", "anchors"),
    target("alias", URL + "owner: *o\n", "aliases"),
    target("tag", "base_url: !!python/object/apply:os.system [ls]\n", "tags"),
    target("key twice", URL + URL, "given twice"),
    target("deep", "owner: " + "[" * 100_000, "nested too deeply"),
    target("huge", "#" * 2_000_000, "larger"),
    target("UTF-16", URL.encode("utf-16")),
    target("Latin-1", (URL + "owner: {user_id: Jürgen}\n").encode("latin-1")),
    target("NUL", URL + "\0"),
    target("binary", bytes(range(256)) * 9),
    target("gzip", b"\x1f\x8b\x08" + bytes(99)),
    target("unknown key", URL + "ownr: {}\n", "ownr"),
    target("no URL", "owner: {user_id: a, session: aaaaaaaa}\n", "base_url"),
    target("URL is a number", "base_url: 5\n", "base_url"),
    target("session is a list", URL + "owner: {user_id: a, session: [a]}\n", "session"),
    target("variable that is not set", URL + "expired_session: ${NO_SUCH_ONE}\n", "NO_SUCH_ONE"),
    target("cut JSON", GOOD_JSON[: len(GOOD_JSON) // 2]),
    target("same user twice", GOOD_JSON.replace('"bob"', '"alice"'), "stranger"),
    Case("target: missing", ("--target", "{folder}/nowhere.yaml"), "nowhere.yaml"),
    Case("target: a folder", ("--target", "{folder}"), "{folder}"),
    Case("target: endless", ("--target", "/dev/zero"), "/dev/zero"),
    Case("target: name too long", ("--target", "x" * 5000), "xxx"),
    Case("target: NUL in its name", ("--target", "a\0b"), "--target"),
]


def baseline(name: str, content: bytes | str | None, says: str = "baseline") -> Case:
    """Give a baseline of this content, or none."""
    octets = content.encode() if isinstance(content, str) else content
    files = {} if octets is None else {"base.yaml": octets}
    given = ("--target", GOOD, "--baseline", "{folder}/base.yaml")
    return Case(f"baseline: {name}", given, says, files=files)


BASELINES = [
    baseline("missing", None, "base.yaml"),
    baseline("a mapping", "a: b\n"),
    baseline("a word", "hello"),
    baseline("bomb", BOMB),
    baseline("broken", "- {clause: "),
    baseline("unknown clause", "- {clause: nope, reason: x}\n", "nope"),
    baseline("no reason", "- {clause: success.status}\n", "reason"),
    baseline("bad date", "- {clause: success.status, reason: x, expires: soon}\n", "expires"),
    baseline("twice", "- {clause: success.status, reason: x}\n" * 2),
    baseline("UTF-16", "- {clause: success.status, reason: x}".encode("utf-16")),
    baseline("binary", bytes(range(256))),
    baseline("huge", "#" * 2_000_000),
    Case("baseline: a folder", ("--target", GOOD, "--baseline", "{folder}"), "{folder}"),
]

FORMS = ("json", "html", "markdown", "junit", "sarif", "badge", "har")
OUTPUTS = [
    case
    for option in (*(f"report-{form}" for form in FORMS), "write-baseline")
    for case in (
        Case(f"--{option} a folder", ("--target", GOOD, f"--{option}", "{folder}"), "{folder}"),
        Case(
            f"--{option} in no folder",
            ("--target", GOOD, f"--{option}", "{folder}/no/such/folder"),
            "no/such/folder",
        ),
        Case(
            f"--{option} below a file",
            ("--target", GOOD, f"--{option}", "{folder}/victim/x"),
            "victim/x",
        ),
    )
] + [
    Case("--report-json too long", ("--target", GOOD, "--report-json", "x" * 300), "xxx"),
    Case("--report-json NUL", ("--target", GOOD, "--report-json", "a\0b"), "--report-json"),
    Case("--report-json loop", ("--target", GOOD, "--report-json", "{folder}/loop"), "loop"),
]


def kept(name: str, content: bytes | str | None) -> list[Case]:
    """Give the verbs that read reports one of this content, or none."""
    octets = content.encode() if isinstance(content, str) else content
    files = {} if octets is None else {"kept.json": octets}
    path = "{folder}/kept.json"
    return [
        Case(f"report: {name}", ("report", path), "kept.json", files=files),
        Case(f"diff: {name}", ("diff", path, path), "kept.json", files=files),
    ]


REPORTS = [
    *kept("missing", None),
    *kept("empty", ""),
    *kept("no JSON", "{"),
    *kept("a list", "[]"),
    *kept("another document", GOOD_JSON),
    *kept("of the future", '{"schema_version": 99}'),
    *kept("deep", "[" * 100_000),
    *kept("UTF-16", "{}".encode("utf-16")),
    *kept("binary", bytes(range(256))),
    Case("report: a folder", ("report", "{folder}"), "{folder}"),
    Case("matrix: missing", ("matrix", "{folder}/nowhere"), "nowhere"),
    Case("replay: unknown finding", ("replay", "nope", "--report", "{folder}/no.json"), "no.json"),
    Case("clauses: unknown", ("clauses", "nope"), "nope"),
    Case("serve: unknown fault", ("serve", "--fault", "nope"), "nope"),
]

CASES = [
    *FLAGS,
    *CERTIFICATES,
    *ENVIRONMENT,
    *TARGETS,
    *BASELINES,
    *OUTPUTS,
    *REPORTS,
]
