"""The pytest plugin: options, the questions asked ahead, and the verdict as exit status.

It does nothing in a test session that holds no contract checks, and imports what is heavy only when
there are some, because pytest loads it in every project it is installed beside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.plugin import guard
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.settings import BOTH, OPTIONS, Option, SettingError, Settings, checked

if TYPE_CHECKING:
    from collections.abc import Generator

    from neptun_conformance.plugin.session import ContractSession

SESSION: pytest.StashKey[ContractSession] = pytest.StashKey()
SETTINGS: pytest.StashKey[Settings] = pytest.StashKey()
LEFT_OUT = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options, each with the prefix that keeps it clear of other plugins."""
    group = parser.getgroup("neptun", "conformance of a chat files endpoint (neptun-conformance)")
    for option in OPTIONS:
        group.addoption(f"--neptun-{option.name}", **_argument(option))


def _argument(option: Option) -> dict[str, Any]:
    common: dict[str, Any] = {"dest": f"neptun_{option.key}", "help": option.help}
    if option.type is bool:
        return common | {"action": "store_true", "default": None}
    if option.many:
        common |= {"action": "append"}
    return common | {
        "type": option.type,
        "default": None,
        "metavar": option.metavar,
        "choices": option.choices,
    }


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that cannot be used, and offer what contract checks ask for."""
    values = {option.key: config.getoption(f"neptun_{option.key}") for option in OPTIONS}
    try:
        config.stash[SETTINGS] = checked(values)
    except SettingError as problem:
        raise pytest.UsageError(f"--neptun-{str(problem).removeprefix('--')}") from None
    if config.stash[SETTINGS].http == BOTH:
        raise pytest.UsageError("--neptun-http: both are two runs: name 1.1 first, and then 2")


def is_contract_check(function: object) -> bool:
    """Tell whether a test function is a contract check."""
    return hasattr(function, "neptun_declaration")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of a contract check for each of its questions."""
    if not is_contract_check(metafunc.function):
        return
    from neptun_conformance.engine.checks.collect import BrokenSuite, checks_of

    try:
        checks = checks_of(metafunc.function, effort=metafunc.config.stash[SETTINGS].effort)
    except BrokenSuite as broken:
        raise pytest.Collector.CollectError(str(broken)) from None
    ids = [check.id.partition("[")[2].rstrip("]") for check in checks]
    metafunc.parametrize(
        "neptun_check", checks, ids=ids if len(checks) > 1 else ["all"][: len(ids)]
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take up the contract checks of this session, those about the whole run last."""
    ours = [item for item in items if is_contract_check(getattr(item, "function", None))]
    if not ours or hasattr(config, "workerinput"):
        return
    from neptun_conformance.plugin.session import ContractSession, check_of

    drawn = [item for item in ours if _is_made(item)]
    session = ContractSession(
        config, config.stash[SETTINGS], drawn, deselected=config.stash.get(LEFT_OUT, False)
    )
    config.stash[SESSION] = session
    chosen, contract = set(session.chosen), set(ours)
    items[:] = [item for item in items if item in chosen or item not in contract]
    items.sort(key=lambda item: item in chosen and not check_of(item).asks)


def _is_made(item: pytest.Item) -> bool:
    """Tell whether there is a check: the effort may have no questions for a generated one."""
    return hasattr(item.callspec.params["neptun_check"], "clause")  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    """Refuse to split contract checks over the processes of pytest-xdist, before any of them runs.

    Raises:
        pytest.UsageError: a process has collected contract checks.
    """
    if any(_names_a_contract_check(name) for name in ids):
        raise pytest.UsageError(
            "the contract checks are concurrent themselves: run them without -n (pytest-xdist), "
            "and set --neptun-concurrency instead"
        )


def _names_a_contract_check(node_id: str) -> bool:
    """Tell from its id alone whether a test is a contract check, wherever its file lies.

    pytest shortens the ids of what lies outside its root, so paths cannot be compared.
    """
    file, _, test = node_id.partition("::")
    name = file.replace("\\", "/").rpartition("/")[2]
    return f"def {test.partition('[')[0]}(" in _contract_text(name)


@cache
def _contract_text(file_name: str) -> str:
    from neptun_conformance.contract import suite_path

    files = suite_path().rglob(file_name) if file_name else ()
    return "".join(path.read_text(encoding="utf-8") for path in files)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Note that contract checks were left out: the verdict is then at best partial."""
    left_out = [item for item in items if is_contract_check(getattr(item, "function", None))]
    if left_out:
        config = left_out[0].config
        config.stash[LEFT_OUT] = True
        if SESSION in config.stash:
            config.stash[SESSION].left_out()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Open the run and ask ahead of the first check; close it whatever happens."""
    contract = session.config.stash.get(SESSION, None)
    uncollected = session.testsfailed and not session.config.option.continue_on_collection_errors
    if contract is None or session.config.option.collectonly or uncollected:
        return (yield)
    return (yield from guard.made(contract, session))


def _fixture(name: str) -> Any:
    @pytest.fixture(name=name)
    def argument(neptun_check: Any, request: pytest.FixtureRequest) -> Any:
        """Give a contract check what it is about."""
        return request.config.stash[SESSION].argument_for(neptun_check)

    return argument


globals().update({f"argument_{kind}": _fixture(kind.value) for kind in ArgumentKind})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Translate what became of a contract check into pytest's words, and keep it."""
    contract = item.config.stash.get(SESSION, None)
    if contract is None or not is_contract_check(getattr(item, "function", None)):
        return (yield)
    # pytest would show all arguments of the traceback's functions, which are whole answers.
    raised, call.excinfo = call.excinfo, None
    report = yield
    contract.note(item, report, raised.value if raised else None)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Let the verdict be the exit status, unless other tests failed or nothing was to run."""
    contract = session.config.stash.get(SESSION, None)
    if contract is not None and not session.config.option.collectonly:
        session.exitstatus = contract.exit_status(exitstatus)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the verdict below pytest's own summary."""
    contract = config.stash.get(SESSION, None)
    if contract is not None and contract.result is not None:
        from neptun_conformance.reports import terminal

        terminalreporter.section("conformance of the chat files endpoint")
        terminalreporter.write_line(terminal.render(contract.result))
