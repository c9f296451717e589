"""Recognises what a text gives away about a server's inside: stack traces, positions, paths.

Every pattern begins with fixed characters, or with a demand on what is before them, and every run
of characters is bounded, so that a text costs as much as it is long.
"""

from __future__ import annotations

import re

from neptun_conformance.bodies.problem import shown

_NO_DOMAIN = (
    "adb astro bal cbl cfc cfm cjs clj cljc cljs cob cpp cs cshtml cts cxx dart dpr eex ejs elm erb"
    " erl es6 ex exs f03 f90 f95 fs fsx ftl gleam go gradle groovy gsp haml hbs heex hpp hrl hs hx"
    " hxx java jl js jsp jspx jsx kt kts leex lhs lua mjs mts nim odin pas php phtml ps1 psm1 purs"
    " pug rake razor rb rkt scala scm slim sql svelte swift tcl ts tsx twig vala vb vue zig"
)
"""Endings of sources that no domain has, so that what is behind a colon is no port."""
_DOMAINS = "ads c cc cl coffee cr d h m ml mli mm pl pm py R rs sh v"
"""Endings of sources that domains or abbreviations have, too."""


_LEAD = re.compile(
    r"(\\b|\(\?<[=!](?:\[(?:[^\]\\]|\\.)+\]|[^()\[\\]|\\.)+\))"
    r"(\[[^\]]+\]|(?:[A-Za-z /:'~]|\\[.(\\])+(?![?*+{]))"
)
"""What a pattern demands before its first character, and its first characters."""


def each_of(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns that skip what does not begin as they do.

    The search is fast only for patterns that begin with their first character, not with a demand
    on what is before it. And it is fast for one pattern at a time, not for alternatives.
    """
    return tuple(re.compile(_LEAD.sub(_first_characters_first, one, count=1)) for one in patterns)


def _first_characters_first(match: re.Match[str]) -> str:
    if match.start() > 0:
        return match.group()
    demand, first = match.groups()
    behind = rf"(?<=\b{first})" if demand == r"\b" else f"{demand[:-1]}{first})"
    return first + behind


def _one_of(endings: str) -> str:
    return f"(?:{'|'.join(sorted(endings.split(), reverse=True))})"


_OWN, _ANY = _one_of(_NO_DOMAIN), _one_of(f"{_NO_DOMAIN} {_DOMAINS}")
_NAME = r"[\w.\[\]()@~/\\-]{1,200}"
_LINE = r"(?:[\"')]{0,2}(?:,? |: ?)(?:(?:on|at|in) )?|:)lines? ?\d"
_SOURCE = each_of(
    # A name, and the line behind it: chat.vue:41, Chat.hs:(41,9), chat.nim(41), "chat.tcl" line 41.
    rf"(?<=[\w\])])\.{_OWN}(?:\?[\w=&.-]{{0,100}})?(?::\(?\d|\(\d{{1,9}}[,:] ?\d|{_LINE})",
    r"(?<=\w)\.(?:cpp|cxx|hpp|cs|vb|fs|nim|php|phtml|pas|dpr|f90|ps1)\(\d{1,9}\)",
    r"(?<=\w)\.R#\d",
    # Behind a domain a port may follow, but no column.
    rf"/[\w.-]{{1,100}}\.{_ANY}(?::\d{{1,9}}:\d|\(\d{{1,9}}(?:[,:] ?\d{{1,9}})?\)|{_LINE})",
    r"(?<![/:])/\w{1,100}\.(?:py|pm):\d{1,9}\b",
    r"@\w{1,100}\.d\(\d{1,9}\): ",
    r"(?<=\w\w)\.[cdhmvR]:\d{1,9}:(?:\d{1,9}:)? [A-Za-z]",
    r"(?<=\w)\.(?:ru|rb|cr):\d{1,9}(?::\d{1,9})?(?::in |: in | in ')",
    r"(?<=\w)\.(?:sh|bash): line \d",
    # The line before the name, or each in a member of its own.
    rf"\b(?i:line) \d{{1,9}},? (?:of|in|at|file)(?: file)? [\"'`(]?{_NAME}(?<=\w)\.{_ANY}\b",
    rf"\b[Ff]ile:? ~?c?[\"'`]?{_NAME}(?<=\w)\.{_ANY}[\"'`]?,? (?:on |at )?line:? \d",
    rf"\"file(?:[Nn]ame)?\" ?: ?\"[^\"]{{1,300}}(?<=[\w\]])\.{_ANY}\" ?, ?"
    r"\"line\w{0,6}\" ?: ?\"?\d",
    r"\{line, ?\d",
)
_TRACE = each_of(
    # Python, OCaml
    r"Traceback \(most recent call last\)",
    r"\b[Ff]ile \"[^\"]{1,500}\"(?: \(inlined\))?, lines? \d{1,9}",
    r"\bin <module>",
    r"<(?:anonymous|string|stdin|frozen [\w.]{1,100})>:\d",
    # JavaScript
    r"\bat (?:async )?[\w.$<>\[\] ]{0,100}\(?(?:file://|node:|/|[A-Za-z]:\\)[^()\s]{0,500}:\d{1,9}:\d{1,9}\)?",
    r"\bat (?:async |new )?[\w.$<>\[\]]{1,200} \(<anonymous>\)",
    r"\bnode:internal/[\w/]{1,200}:\d",
    r"wasm-function\[\d",
    # Java and its kin, .NET
    r"(?<=[\w>$])\((?:Native Method|Unknown Source)\)",
    r"\bat [\w.`<>]{1,200}\([^)]{0,500}\) in [^\s]{1,500}:line \d",
    r"(?:^|[\n\"])[ \t]{1,8}at (?=[\w$<>`+]{1,100}\.)[\w.+`<>\[\]$|,]{3,300}\([^()\n\"]{0,300}\)",
    # Go, Rust, C, Haskell
    r"\bgoroutine \d+ \[",
    r"\bthread '[^']{1,100}' (?:\(\d{1,20}\) )?panicked at ",
    r"#\d{1,4} {1,4}0x[0-9a-f]{4,16} in ",
    r"\(\w{0,200}\+0x[0-9a-f]{1,16}\) ?\[0x[0-9a-f]{1,16}\]",
    r"CallStack \(from HasCallStack\)",
    # PHP, Perl, Lua, Tcl
    r"\bin /[\w./-]{1,500}\.php(?: on line |:)\d",
    r"#\d{1,4} \{main\}",
    r"\bat [\w./-]{1,200}\.(?:pl|pm|psgi|cgi) line \d",
    r"\bat \(eval \d{1,9}\) line \d",
    r"\[string \"[^\"\n]{1,100}\"\]:\d",
    r"\[C\]: in ",
    r"\((?:file|procedure) \"[^\"\n]{1,200}\" line \d",
    # Templates, the shell of Windows, languages inside databases
    r"\btemplate:? \"[^\"\n]{1,200}\" (?:-|at) line \d",
    r"\bAt line:\d{1,9} char:\d",
    r"\bORA-\d{5}: at \"[^\"\n]{1,100}\", line \d",
    r"\bPL/pgSQL function [^\n\"]{1,200} line \d{1,9} at ",
    r"\bMsg \d{1,6}, Level \d{1,3}, State \d",
)
_PATH = each_of(
    r"/(?:home|usr|var|opt|app|srv|root|etc|tmp|mnt|data|code|workspaces?|Users|private"
    r"|Library|Volumes|vercel|rustc|nix/store|go/(?:pkg|src)|run/secrets)"
    r"(?:/[\w.@+-]{1,255}){0,30}/[\w@+-]{1,255}\.[A-Za-z]{1,8}\b",
    r"(?<![\w/])~/(?:[\w.@+-]{1,255}/){0,30}[\w@+-]{1,255}\.[A-Za-z]\w{0,7}\b",
    r"\b[A-Za-z]:(?:\\\\?(?:[\w .-]{1,255}\\\\?){1,30}[\w.-]{1,255}"
    r"|/(?:[\w.@+-]{1,255}/){1,30}[\w@+-]{1,255}\.[A-Za-z]\w{0,7}\b)",
    # \\server\share\name.json, also where a text was escaped twice
    r"(?<![\w\\])\\\\(?:\\\\)?\w[\w.-]{1,63}(?:\\\\?[\w$ .-]{1,255}){1,30}(?<=\w)"
    r"\\\\?[\w@+-]{1,100}\.\w{1,8}\b",
    r"\bnode_modules/[\w@.-]{1,100}",
    r"\bsite-packages/[\w.-]{1,100}",
)
_LINK = re.compile(
    r"h(?<=\bh)ttps?://[\w\[][^\s\"'<>]{0,2000}"
    r"|//[\w.-]{1,255}\.[\w-]{1,63}(?::\d{1,5})?/[^\s\"'<>]{0,2000}"
)
"""A link, absolute or without its scheme; what is behind its host is nobody's file."""
_PAGE = re.compile(
    r"/(?<![\w.:/-]/)(?:(?:home|app|data|code|workspaces?|Users|Library)(?:/[\w@+-]{1,255}){0,9}"
    r"|usr|var|opt|srv|root|etc|tmp|mnt|private)"
    r"/[\w@+-]{1,255}\.(?:x?html?|css|svg|png|jpe?g|gif|ico|webp|avif|mp[34]|webm"
    r"|pdf|csv|xlsx?|docx?|zip)\b(?!\.\w|:\d)"
)
"""What a site may well call a page or a document, though a directory may be called so, too."""
_OF_FILES = re.compile(
    r"\b(?:ENOENT|EACCES|EISDIR|ENOTDIR|EPERM)\b|\[Errno \d|\bFile(?:System)?NotFound|\bNoSuchFile"
    r"|(?i:\b(?:no such file|permission denied|director(?:y|ies)\b|template"
    r"|(?:failed|cannot|can't|could not|couldn't|unable|error)(?: to)?"
    r" (?:open|opening|read|reading|load|loading|render|rendering|find|stat|access)\b))"
)
"""Words of a file system, beside which nothing is a page of the site."""
_KINDS = (("a stack trace", _TRACE), ("a stack trace", _SOURCE), ("a file path", _PATH))
_NAME_BEFORE = re.compile(r"[\w.\[\]()@~/\\$-]{1,80}\Z")


def given_away(text: str) -> tuple[str, str] | None:
    """Return what a text gives away and its words, None for nothing."""
    text = _LINK.sub("", text)
    if not _OF_FILES.search(text):
        text = _PAGE.sub("", text)
    for name, patterns in _KINDS:
        matches = [match for pattern in patterns if (match := pattern.search(text))]
        if matches:
            first = min(matches, key=re.Match.start)
            return name, shown(_name_before(text, first) + first.group())
    return None


def _name_before(text: str, match: re.Match[str]) -> str:
    """Return the name before an ending, which a pattern only looks behind itself for."""
    if match.group()[0] not in ".(":
        return ""
    start = match.start()
    name = _NAME_BEFORE.search(text[max(0, start - 80) : start])
    return name.group() if name else ""
