"""What is written down about proxies holds together; seen without starting one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from neptun_conformance.contract import clauses
from tests import compatibility
from tests.proxies.cases import Case, Wrong, right, wrong
from tests.proxies.description import Change, Misconfiguration, Proxy, proxies
from tests.proxies.installed import NotInstalledError, program, versions
from tests.proxies.rendering import changed
from tests.proxies.running import Judged
from tests.proxies.servers import OWNERS, SERVERS

WRONG = [pytest.param(case, id=case.name) for case in wrong()]
CASES = [*right(), *wrong()]
NOWHERE = Proxy(title="N", debian=["no-such-package"], start=[["no-such-program"]], templates={})


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_every_change_fits_its_template(case: Case) -> None:
    templates = case.proxy.templates
    for name, changes in case.setup.changes.items():
        assert changed(templates[name], changes) != templates[name]


@pytest.mark.parametrize("case", WRONG)
def test_a_misconfiguration_says_what_is_wrong_and_which_clauses_tell(case: Wrong) -> None:
    setup = case.setup
    assert setup.about.endswith(".")
    assert set(case.expected) <= set(clauses())
    assert setup.server in SERVERS
    assert setup.owner in OWNERS
    by_version = setup.http != "1.1"  # what is right over HTTP/1.1 may be wrong over HTTP/2
    assert setup.changes or setup.base_url or setup.server != "reference" or by_version


def test_few_misconfigurations_are_harmless() -> None:
    assert len([case for case in wrong() if case.setup.harmless]) <= 5


def test_a_passage_that_is_not_there_once_is_refused() -> None:
    with pytest.raises(ValueError, match="2 times"):
        changed("a a", [Change(find="a", put="b")])


def test_a_misconfiguration_has_one_outcome() -> None:
    with pytest.raises(ValidationError, match="exactly one"):
        Misconfiguration(about="A.", caught=["success.status"], harmless="Nothing happens.")


def test_a_miss_has_a_reason() -> None:
    with pytest.raises(ValidationError, match="go with missed"):
        Misconfiguration(about="A.", missed=["success.status"])


def test_what_is_not_installed_is_named_with_what_brings_it() -> None:
    with pytest.raises(NotInstalledError, match=r"no-such-program.*no-such-package"):
        program("no-such-program", NOWHERE)
    with pytest.raises(NotInstalledError, match="no-such-package"):
        versions(NOWHERE)


def test_every_set_up_is_recorded_and_no_record_is_of_one_that_is_gone() -> None:
    folders = [compatibility.RECORDS / kind for kind in ("proxies", "misconfigurations")]
    recorded = sorted(path.stem for folder in folders for path in folder.glob("*.json"))
    assert recorded == sorted(case.name for case in CASES)


def test_every_proxy_is_set_up_wrongly_somehow() -> None:
    assert {case.name.split("-")[0] for case in wrong()} == set(proxies())


def test_of_a_right_set_up_that_fails_the_request_is_told() -> None:
    found = {"situation": "s", "expected": "404", "actual": "400", "curl": "curl x"}
    clause = {"id": "user.unknown", "outcome": "fail", "findings": [found]}
    report = {"verdict": "nonconformant", "clauses": [clause]}
    case = next(right())
    told = case.shortfalls(Judged(report, printed="", log=""))
    assert told == ["verdict: nonconformant", "user.unknown: s: expected 404, got 400\n    curl x"]
    assert not case.as_expected(told)
