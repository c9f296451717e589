"""HAR: har-validator and haralyzer."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.readers.programs import HERE, output, python

if TYPE_CHECKING:
    from tests.readers.conftest import Reports

STATUSES = """\
import collections, json, haralyzer
with open("report.har", encoding="utf-8") as file:
    (page,) = haralyzer.HarParser(json.load(file)).pages
print(json.dumps(collections.Counter(str(entry.status) for entry in page.entries)))
"""


def test_the_validator_takes_it(reports: Reports) -> None:
    output(["node", HERE / "har.mjs", reports.folder / "report.har"], HERE)


def test_the_validator_refuses_an_entry_without_a_time(reports: Reports) -> None:
    log = json.loads((reports.folder / "report.har").read_text("utf-8"))
    del log["log"]["entries"][0]["time"]
    broken = reports.folder / "broken.har"
    broken.write_text(json.dumps(log), "utf-8")
    with pytest.raises(AssertionError, match="required"):
        output(["node", HERE / "har.mjs", broken], HERE)


def test_haralyzer_reads_every_exchange(reports: Reports) -> None:
    statuses = json.loads(python("-c", STATUSES, folder=reports.folder))
    answered = [one["response"] for one in reports.result["exchanges"] if one["response"]]
    assert statuses == Counter(str(response["status"]) for response in answered)
