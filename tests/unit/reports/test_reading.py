"""A kept report is read back whole, and anything else is one line that names it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.reports import as_json, reading
from neptun_conformance.reports.reading import ReportError, read_result
from tests.unit.reports import samples

if TYPE_CHECKING:
    from pathlib import Path

GOOD = as_json.render(samples.result())


def changed(**changes: object) -> str:
    return json.dumps(json.loads(GOOD) | changes)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(GOOD, "utf-8")
    assert read_result(tmp_path / "a.json") == samples.result()


CLAUSE = json.loads(GOOD)["clauses"][0]
BAD = {
    "empty": ("", "not JSON, or not whole"),
    "cut": (GOOD[: len(GOOD) // 2], "not JSON, or not whole"),
    "text": ("hello", "not JSON, or not whole"),
    "list": ("[]", "it has no schema_version"),
    "other-object": ('{"log": {}}', "it has no schema_version"),
    "deep": ("[" * 100_000, "not JSON, or not whole"),
    "later-version": (changed(schema_version=2), "schema_version 2 is not 1"),
    "text-version": (changed(schema_version="1"), "schema_version '1' is not 1"),
    "wrong-type": (changed(requests="many"), "requests: Input should be a valid integer"),
    "unknown-member": (changed(extra=1), "extra: Extra inputs are not permitted"),
    "unknown-verdict": (changed(verdict="fine"), "verdict: Input should be 'conformant'"),
    "no-clauses": (changed(clauses=None), "clauses: Input should be a valid list"),
    "several": (changed(clauses=1, notes=2), r"\(and 1 more\)"),
    "twice": (changed(clauses=[CLAUSE, CLAUSE]), "'authentication.no-cookie' is listed more than"),
    "truncated": (changed(truncated=True, verdict="conformant"), "never conformant"),
    "start": (changed(started="yesterday"), "started: Invalid isoformat string"),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD.keys())
def test_bad_content_is_one_line_that_names_the_file(
    content: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text(content, "utf-8")
    with pytest.raises(ReportError, match=reason) as raised:
        read_result(tmp_path / "bad.json")
    assert "bad.json" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_octets_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(b'{"schema_version": "\xff"}')
    with pytest.raises(ReportError, match="not JSON"):
        read_result(tmp_path / "bad.json")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="is a directory"):
        read_result(tmp_path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No such file"):
        read_result(tmp_path / "missing.json")


def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReportError, match="is not a file"):
        read_result(tmp_path / "pipe")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(reading.LIMIT + 1)
    with pytest.raises(ReportError, match="more than a report can have"):
        read_result(tmp_path / "huge.json")
