"""SARIF: what its readers rely on; the whole schema is tried by `make test-browser`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from neptun_conformance.reports import sarif
from neptun_conformance.results.result import Outcome, Result, Verdict
from tests.unit.reports import samples


def run_of(result: Result) -> dict[str, Any]:
    log = json.loads(sarif.render(result))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def found(run: dict[str, Any], clause: str) -> dict[str, Any]:
    (result,) = [each for each in run["results"] if each["ruleId"] == clause]
    assert isinstance(result, dict)
    return result


def test_every_clause_is_a_rule_and_every_finding_points_to_its_own() -> None:
    run = run_of(samples.result())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [clause.id for clause in samples.every_outcome()]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_levels_follow_what_fails_the_run() -> None:
    assert found(run_of(samples.result()), "item.size")["level"] == "error"
    assert found(run_of(samples.result()), "hygiene.shared-cache")["level"] == "warning"
    assert found(run_of(samples.result(strict=True)), "hygiene.shared-cache")["level"] == "error"


def test_a_known_failure_is_suppressed_with_its_reason() -> None:
    run = run_of(samples.result())
    assert found(run, "item.created-at")["suppressions"] == [
        {"kind": "external", "justification": "migrated in release 7"}
    ]
    assert found(run, "item.size")["suppressions"] == []


def test_the_exchange_is_there() -> None:
    size = found(run_of(samples.result()), "item.size")
    assert size["webRequest"]["headers"]["cookie"] == "neptun-session=$OWNER_SESSION"
    assert size["webResponse"]["statusCode"] == 200
    assert size["webResponse"]["headers"]["set-cookie"] == "a=1, b=2"
    assert size["occurrenceCount"] == 12
    silent = found(run_of(samples.result()), "hygiene.shared-cache")
    assert silent["webResponse"] == {"noResponseReceived": True}


def test_what_was_not_tested_is_no_alert_but_a_notification() -> None:
    run = run_of(samples.result())
    notified = run["invocations"][0]["toolExecutionNotifications"]
    assert [(each["associatedRule"]["id"], each["level"]) for each in notified] == [
        ("authentication.expired", "note"),
        ("input.in-time", "error"),
    ]


def test_a_truncated_run_was_not_successful() -> None:
    for changes in ({"truncated": True}, {"verdict": Verdict.UNREACHABLE}):
        assert not run_of(samples.result(**changes))["invocations"][0]["executionSuccessful"]
    assert run_of(samples.result())["invocations"][0]["executionSuccessful"]


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_leaves_addresses_valid(text: str) -> None:
    (result,) = run_of(samples.hostile(text))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert uri.isprintable()
    assert " " not in uri
    assert urlsplit(uri)[:2] == ("", "")
    assert not {"?", "#"} & set(uri)


def test_locations_are_relative_to_the_target() -> None:
    run = run_of(samples.result())
    place = found(run, "item.size")["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "api/users/alice/chats/123/files", "uriBaseId": "TARGET"}
    described = {"text": "the target, https://staging.example.com"}
    assert run["originalUriBaseIds"] == {"TARGET": {"description": described}}


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("http://[::1]:80/pre/api?x=/y", "pre/api"),
        ("http://h//a:b/c", "a%3Ab/c"),
        ("http://h/a/../%2e/./b", "a/%2E%2E/%2e/%2E/b"),
        ("http://h", "%2E"),
        ("http://h/a[1]#b", "a%5B1%5D%23b"),
    ],
)
def test_any_address_becomes_a_relative_reference(url: str, uri: str) -> None:
    exchange = samples.exchange()
    asked = replace(exchange, request=replace(exchange.request, url=url))
    finding = samples.finding("item.size", "one", exchange=asked)
    result = samples.result([samples.clause("item.size", Outcome.FAIL, findings=[finding])])
    place = found(run_of(result), "item.size")["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
