"""Bad target files: each gets one line that names the file, the place and the trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neptun_conformance.targets.document import LARGEST_FILE
from neptun_conformance.targets.load import Loaded, TargetError, load_target

if TYPE_CHECKING:
    from pathlib import Path

URL = "base_url: http://h\n"
OWNER = URL + "owner: {user_id: alice, session: %s}\n"
CHAT = URL + "owner: {user_id: alice, session: aaa, chat_with_files: %s}\n"
EMPTY = URL + "owner: {user_id: alice, session: aaa, empty_chat: %s}\n"
TWO = URL + "owner: {user_id: alice, session: aaa%s}\nstranger: {user_id: bob, session: bbb%s}\n"

BAD = {
    # no document, or no mapping
    "empty": ("", "is empty"),
    "comment only": ("# nothing\n", "is empty"),
    "bare document": ("---\n...\n", "is empty"),
    "a list": ("- base_url: http://h\n", "must contain keys and values"),
    "a text": ("http://h\n", "must contain keys and values"),
    "several documents": (f"{URL}---\n{URL}", "several documents"),
    # no YAML, or more of it than is read
    "tab": ("owner:\n\tuser_id: a\n", "line 2, column 1: a tab"),
    "tab first": ("\tbase_url: x\n", "line 1, column 1: a tab"),
    "open quote": ("base_url: 'http://h\n", "line 2, column 1"),
    "open brace": ("owner: {user_id: a\n", "line 2"),
    "percent": ("base_url: %x\n", "line 1, column 11"),
    "colon in value": ("base_url: a: b\n", "line 1, column 12"),
    "key twice": (f"{URL}{URL}", "line 2, column 1: the key 'base_url' is given twice"),
    "inner key twice": (URL + "missing: {chat_id: 1, chat_id: 2}", "'chat_id' is given twice"),
    "number as key": (URL + "1: x\n", "a key must be text"),
    "list as key": (URL + "? [a]\n: x\n", "a key must be text"),
    "empty key": (URL + "? \n: x\n", "a key must be text"),
    "alias": (URL + "owner: *o\n", "aliases (*name) are not supported"),
    "anchor": (URL + "owner: &o {}\n", "anchors (&name) are not supported"),
    "bomb": ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "anchors (&name)"),
    "tag": (URL + "owner: !user alice\n", "tags (!name) are not supported"),
    "python tag": ("base_url: !!python/object/apply:os.system [ls]\n", "tags (!name)"),
    "tag handle": (URL + "expired_session: !a!secret\n", "tags (!name)"),
    "standard tag": (URL + "missing: {user_id: !!str 5}\n", "tags (!name)"),
    "merge key": (URL + "<<: {a: b}\n", "<<: unknown key"),
    "yaml 2": ("%YAML 2.0\n---\n" + URL, "line 1"),
    "deep list": (URL + "owner: " + "[" * 5_000, "nested too deeply"),
    "deep mapping": (URL + "owner: " + "{a: " * 5_000, "nested too deeply"),
    "NUL": ("base_url: \0\n", "U+0000"),
    "escape character": ("base_url: \x1b[0m\n", "U+001B"),
    "broken escape": ('base_url: "\\x4', "line 1"),
    "huge escape": ('base_url: "\\Uffffffff"', "is not YAML"),
    "line end in key": (URL + '"a\\nb": 1\n', "line 2, column 1: a key must be printable"),
    "endless number": (URL + f"missing: {{chat_id: {'9' * 5_000}}}", "the number is too long"),
    # keys
    "unknown key": (URL + "colour: red\n", "colour: unknown key: known are base_url, http"),
    "near key": (URL + "headrs: {}\n", "headrs: unknown key: did you mean headers?"),
    "near inner key": (OWNER % "aaa, usr_id: b", "owner.usr_id: unknown key: did you mean user"),
    "near file key": (CHAT % "{id: 1, files: [{id: 1, nme: a}]}", "files.0.nme: unknown key"),
    "near command key": (OWNER % "{comand: ls}", "owner.session.comand: unknown key"),
    "upper-case key": ("BASE_URL: http://h\n", "BASE_URL: unknown key"),
    "dotted key": (URL + "owner.session: x\n", "owner.session: unknown key"),
    "surrogate key": (URL + '"\\ud800": 1\n', "a key must be printable"),
    "no base_url": ("missing: {chat_id: 1}\n", "base_url: is missing: give --base-url"),
    "no user": (URL + "owner: {session: a}\n", "owner.user_id: is missing"),
    "no session": (URL + "owner: {user_id: a}\n", "owner.session: is missing"),
    "no chat number": (CHAT % "{files: [{id: 1}]}", "owner.chat_with_files.id: is missing"),
    "no file number": (CHAT % "{id: 1, files: [{name: a}]}", "files.0.id: is missing"),
    "no command": (OWNER % "{}", "owner.session.command: is missing"),
    # wrong types
    "number as user": (URL + "owner: {user_id: 123, session: a}", "put quotes around 123"),
    "true as user": (URL + "owner: {user_id: true, session: a}", "put quotes around true"),
    "fraction as user": (URL + "owner: {user_id: 1.5, session: a}", "put quotes around 1.5"),
    "list as user": (URL + "owner: {user_id: [a], session: a}", "put quotes around a list"),
    "nothing as user": (URL + "owner: {user_id: , session: a}", "owner.user_id: has no value"),
    "empty user": (URL + "owner: {user_id: '', session: a}", "owner.user_id: is empty"),
    "text as owner": (URL + "owner: alice\n", "must be a mapping, not the string 'alice'"),
    "list as owner": (URL + "owner: [a]\n", "owner: must be a mapping, not a list"),
    "text as chat": (CHAT % "'123'", "chat_with_files: must be a mapping"),
    "number as chat": (CHAT % "123", "chat_with_files: must be a mapping, not 123"),
    "text as chat number": (CHAT % "{id: '123'}", "must be a whole number, not the string '123'"),
    "octal chat number": (CHAT % "{id: 0123}", "must be a whole number, not the string '0123'"),
    "grouped chat number": (CHAT % "{id: 1_000}", "not the string '1_000'"),
    "hex chat number": (CHAT % "{id: 0x1F}", "not the string '0x1F'"),
    "time as chat number": (CHAT % "{id: 1:30}", "not the string '1:30'"),
    "whole float": (CHAT % "{id: 1.0}", "must be a whole number, not 1.0"),
    "exponent": (CHAT % "{id: 1e3}", "must be a whole number, not 1000.0"),
    "true as number": (CHAT % "{id: true}", "must be a whole number, not true"),
    "zero": (CHAT % "{id: 0}", "must be 1 or more, not 0"),
    "negative": (CHAT % "{id: -5}", "must be 1 or more, not -5"),
    "past 2^53": (CHAT % f"{{id: {2**53}}}", f"must be {2**53 - 1} or less"),
    "huge": (CHAT % f"{{id: {'9' * 4_000}}}", "or less, not 9999"),
    "mapping as files": (CHAT % "{id: 1, files: {id: 1}}", "files: must be a list, not a mapping"),
    "number as file": (CHAT % "{id: 1, files: [1]}", "files.0: must be a mapping, not 1"),
    "size in words": (CHAT % "{id: 1, files: [{id: 1, size: 1 KB}]}", "size: must be a whole"),
    "number as name": (CHAT % "{id: 1, files: [{id: 1, name: 7}]}", "name: must be text"),
    "list as headers": (URL + "headers: [a]\n", "headers: must be a mapping of names to texts"),
    "no headers": (URL + "headers:\n", "headers: has no value"),
    "nothing missing": (URL + "missing:\n", "missing: has no value"),
    "surrogate": ('base_url: "http://h/\\ud800"', "half of a surrogate pair"),
    "surrogate user": (URL + 'owner: {user_id: "\\udfff", session: a}', "half of a surrogate pair"),
    # URLs
    "no scheme": ("base_url: staging.example.com\n", "base_url: has no scheme: write http://"),
    "no scheme, port": ("base_url: localhost:3000\n", "has no scheme"),
    "slashes only": ("base_url: //h\n", "has no scheme"),
    "ftp": ("base_url: ftp://h\n", "has the scheme 'ftp'"),
    "no host": ("base_url: 'http:///a'\n", "has no host"),
    "blank": ("base_url: 'http://h/a b'\n", "contains a space"),
    "backslash": ("base_url: http://h\\a\n", "backslash"),
    "query": ("base_url: http://h/?a=b\n", "contains a query"),
    "fragment": ("base_url: 'http://h/#a'\n", "contains a query or fragment"),
    "user info": ("base_url: http://u:secret@h\n", "contains a user or password"),
    "word as port": ("base_url: http://h:http\n", "is not a URL"),
    "port too large": ("base_url: http://h:65536\n", "is not a URL"),
    "port zero": ("base_url: http://h:0\n", "has port 0"),
    "open bracket": ("base_url: 'http://[::1'\n", "is not a URL"),
    "number as URL": ("base_url: 80\n", "put quotes around 80"),
    "empty URL": ("base_url: ''\n", "has no scheme"),
    # sessions
    "number as session": (OWNER % "123456789", "owner.session: must be text: put quotes around it"),
    "empty session": (OWNER % "''", "owner.session: is empty"),
    "line end": (OWNER % '"secret\\r\\nX: y"', "character 7 is a line end"),
    "semicolon": (OWNER % "'secret;a=b'", "character 7 is a semicolon"),
    "blank in session": (OWNER % "'a secret'", "character 2 is a space"),
    "control character": (OWNER % '"secret\\a"', "character 7 is U+0007"),
    "not Latin-1": (OWNER % "secret…", "character 7 is U+2026"),
    "blank command": (OWNER % "{command: ' '}", "owner.session.command: is blank"),
    "number as command": (OWNER % "{command: 1}", "owner.session.command: must be text"),
    "expired line end": (URL + 'expired_session: "a\\n"', "expired_session: cannot stand"),
    # headers
    "cookie": (URL + "headers: {Cookie: secret}", "headers.cookie: is a header that"),
    "host": (URL + "headers: {HOST: a b}", "headers.host: is not a host, with or without a port"),
    "length": (URL + "headers: {Content-Length: '0'}", "headers.content-length: is a header"),
    "name with blank": (URL + "headers: {a b: secret}", "headers.a b: is not a header name"),
    "name with dots": (URL + "headers: {'a.b:': secret}", "headers.a.b:: is not a header name"),
    "empty name": (URL + "headers: {'': secret}", "headers.: is not a header name"),
    "header twice": (URL + "headers: {X-a: secret, x-A: b}", "names a header twice"),
    "empty header": (URL + "headers: {x: ''}", "headers.x: is empty"),
    "number as header": (URL + "headers: {x: 1}", "headers.x: must be text: put quotes around it"),
    "header injection": (URL + 'headers: {x: "secret\\r\\nA: b"}', "headers.x: cannot stand"),
    "header with snowman": (URL + "headers: {x: secret☃}", "character 7 is U+2603"),
    "padded header": (URL + "headers: {x: ' secret'}", "begins or ends with a space"),
    # variables
    "no such variable": (
        OWNER % '"${NOWHERE}"',
        "owner.session: the environment has no variable NOWHERE; write $${NOWHERE} for the text",
    ),
    "nameless variable": (OWNER % '"${}"', "owner.session: contains a ${…} without the name"),
    "open variable": (OWNER % '"${NAME"', "without the name of a variable"),
    "default in variable": (OWNER % '"${NAME:-x}"', "without the name of a variable"),
    "blank variable": (OWNER % '"${ NAME }"', "without the name of a variable"),
    "text for a number": (CHAT % '{id: "${NAME}"}', "chat_with_files.id: must be a whole number"),
    # what contradicts itself
    "same session": (URL + "owner: {user_id: a, session: secret}\n"
                     "stranger: {user_id: b, session: secret}",
                     "stranger.session: is the same session as owner.session"),
    "same command": (URL + "owner: {user_id: a, session: {command: ls}}\n"
                     "stranger: {user_id: b, session: {command: ls}}", "is the same session"),
    "session expired": (OWNER % "secret" + "expired_session: secret",
                        "expired_session: is the same session as owner.session"),
    "same user": (URL + "owner: {user_id: a, session: x}\nstranger: {user_id: a, session: y}",
                  "stranger.user_id: is the same user as owner.user_id"),
    "missing user": (OWNER % "a" + "missing: {user_id: alice}", "missing.user_id: is the same"),
    "same chat": (TWO % (", chat_with_files: {id: 5}", ", chat_with_files: {id: 5}"),
                  "stranger.chat_with_files.id: is the same chat as owner.chat_with_files.id"),
    "full and empty": (CHAT % "{id: 5}, empty_chat: {id: 5}", "owner.empty_chat.id: is the same"),
    "missing chat": (CHAT % "{id: 5}" + "missing: {chat_id: 5}", "missing.chat_id: is the same"),
    "file twice": (CHAT % "{id: 5, files: [{id: 1}, {id: 1}]}", "files: lists the id 1 twice"),
    "no files": (CHAT % "{id: 5, files: []}", "owner.chat_with_files: lists no files"),
    "full empty chat": (EMPTY % "{id: 5, files: [{id: 1}]}", "owner.empty_chat: lists files"),
}  # fmt: skip


def load(path: Path, content: bytes) -> Loaded:
    path.write_bytes(content)
    return load_target(path, environ={"NAME": "value"})


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_one_line_naming_file_and_trouble(
    text: str, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(TargetError) as caught:
        load(tmp_path / "bad.yaml", text.encode())
    message = str(caught.value)
    assert expected in message
    assert f"file {tmp_path / 'bad.yaml'}: " in message
    assert message.isprintable()
    assert "secret" not in message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (URL.encode("utf-16"), "is not UTF-8 (byte 1)"),
        (b"base_url: http://h/\xe4\n", "is not UTF-8 (byte 20)"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 (byte 1)"),
        (b"\x7fELF\x01", "U+007F"),
        (b"#" * (LARGEST_FILE + 1), "is larger than 1,000,000 bytes"),
    ],
    ids=["UTF-16", "Latin-1", "image", "program", "huge"],
)
def test_a_file_that_is_no_text_gets_one_line(
    content: bytes, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(TargetError, match=r"file .*bad\.yaml") as caught:
        load(tmp_path / "bad.yaml", content)
    assert expected in str(caught.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="cannot be read: Is a directory"):
        load_target(tmp_path, environ={})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"nowhere.yaml: cannot be read: No such file"):
        load_target(tmp_path / "nowhere.yaml", environ={})


def test_a_name_with_a_line_end_stays_on_the_line(tmp_path: Path) -> None:
    with pytest.raises(TargetError) as caught:
        load_target(tmp_path / "a\nb.yaml", environ={})
    assert str(caught.value).isprintable()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["base_url", "owner", "id", "user_id", "session", "files", "command"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
QUICKLY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUICKLY
@given(value=VALUES)
def test_any_document_loads_or_gets_one_line(tmp_path: Path, value: object) -> None:
    assert_loads_or_complains(tmp_path, yaml.safe_dump(value).encode())


@QUICKLY
@given(
    content=st.binary(max_size=60) | st.text(alphabet="ab:{}[]-&*!|>'\"%#\t\n ,?").map(str.encode)
)
def test_any_bytes_load_or_get_one_line(tmp_path: Path, content: bytes) -> None:
    assert_loads_or_complains(tmp_path, content)


@QUICKLY
@given(value=VALUES, key=st.sampled_from(["owner", "stranger", "headers", "missing", "base_url"]))
def test_any_value_of_a_key_loads_or_gets_one_line(tmp_path: Path, key: str, value: object) -> None:
    document = {"base_url": "http://h", key: value}
    assert_loads_or_complains(tmp_path, yaml.safe_dump(document).encode())


def assert_loads_or_complains(folder: Path, content: bytes) -> None:
    try:
        loaded = load(folder / "any.yaml", content)
    except TargetError as error:
        assert str(error).isprintable()  # noqa: PT017 - both ways are right
    else:
        assert loaded.target.base_url.startswith("http")
