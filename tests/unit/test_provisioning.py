"""People and chats made for one run: real commands, and a clean-up that always runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.targets.load import load_target
from neptun_conformance.targets.provisioning import ProvisionError, provisioned

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = {"owner": {"user_id": "made", "session": "secret-${X}", "empty_chat": {"id": 5}}}
PRINTING = f"echo '{json.dumps(PROFILE)}'"


def cleaned(folder: Path) -> str | None:
    """Return what the clean-up of `noting(folder)` was given, None where it did not run."""
    note = folder / "cleaned"
    return note.read_text(errors="replace") if note.exists() else None


def noting(folder: Path) -> str:
    return f"cat > {folder}/cleaned"


def test_the_profile_is_printed_and_given_back(tmp_path: Path) -> None:
    with provisioned(PRINTING, cleanup=noting(tmp_path)) as profile:
        assert profile == PROFILE
        assert cleaned(tmp_path) is None
    assert json.loads(cleaned(tmp_path) or "") == PROFILE


def test_a_profile_becomes_a_target() -> None:
    with provisioned(PRINTING) as profile:
        loaded = load_target(flags={"base_url": "http://h"}, environ={}, provisioned=profile)
    assert loaded.target.owner
    assert loaded.target.owner.session == "secret-${X}"
    assert loaded.origins["owner.session"] == "provision"


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_cleaning_up_happens_whatever_happens(error: type[BaseException], tmp_path: Path) -> None:
    with pytest.raises(error), provisioned(PRINTING, cleanup=noting(tmp_path)):
        raise error
    assert json.loads(cleaned(tmp_path) or "") == PROFILE


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("echo secret; exit 3", "--provision: the command ended with status 3"),
        ("no-such-command-anywhere", "ended with status 127"),
        ("true", "is no JSON (line 1)"),
        ("echo secret", "is no JSON (line 1)"),
        ("echo '[\"secret\"]'", "is not a JSON object"),
        ("echo '{\"owner\": NaN}'", "is no JSON"),
        ('echo \'{"owner": 1, "owner": 2}\'', "gives a key twice"),
        (f"printf '{'9' * 5_000}'", "is no JSON"),
        ("printf '{\"\\377\": 1}'", "is no JSON"),
        (f"printf '{'[' * 50_000}'", "is no JSON"),
        ("yes secret", "printed more than"),
    ],
)
def test_a_failed_provision_gets_one_line_and_is_cleaned_up(
    command: str, expected: str, tmp_path: Path
) -> None:
    with (
        pytest.raises(ProvisionError) as caught,
        provisioned(command, cleanup=noting(tmp_path)),
    ):
        raise AssertionError
    assert expected in str(caught.value)
    assert "secret" not in str(caught.value)
    assert cleaned(tmp_path) is not None


def test_a_provision_that_does_not_end_is_ended() -> None:
    with (
        pytest.raises(ProvisionError, match=r"did not end within 0\.2 s"),
        provisioned("sleep 60", seconds=0.2),
    ):
        raise AssertionError


def test_a_failed_cleanup_is_told() -> None:
    with (
        pytest.raises(ProvisionError, match="--cleanup: the command ended with status 4"),
        provisioned(PRINTING, cleanup="exit 4"),
    ):
        pass


def test_a_failed_cleanup_does_not_hide_what_came_before() -> None:
    with pytest.raises(RuntimeError) as caught, provisioned(PRINTING, cleanup="exit 4"):
        raise RuntimeError
    assert caught.value.__notes__ == ["--cleanup: the command ended with status 4"]
