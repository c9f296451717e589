"""The clauses listed, and each of them explained."""

from __future__ import annotations

import pytest

from neptun_conformance import contract
from tests.unit.cli.conftest import Neptun


def test_every_clause_is_listed_with_level_and_sentence(neptun: Neptun) -> None:
    ran = neptun("clauses")
    lines = [line.split(maxsplit=2) for line in ran.out.splitlines() if line]
    known = contract.clauses().values()
    assert (ran.status, lines) == (0, [[c.id, str(c.level), c.sentence] for c in known])


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("authentication.no-cookie", "  - somebody without a cookie asks for the owner's "),
        ("isolation.own-answer", " requests at once, "),
        ("error.message", "  Asks nothing of its own: it judges every 401 and 404 of the run."),
        ("input.no-server-error", "  Asks generated questions, "),
        ("methods.refused", "  Only with --allow-unsafe-methods."),
        ("file.link", "  Only with --fetch-urls."),
    ],
)
def test_a_clause_is_explained(neptun: Neptun, clause: str, words: str) -> None:
    ran = neptun("clauses", clause)
    known = contract.clauses()[clause]
    head = f"{clause}  {known.level}\n  {known.sentence}\n  Source: {known.source}\n\nCheck "
    assert ran.status == 0
    assert ran.out.startswith(head)
    assert words in ran.out


def test_every_clause_has_a_check_to_show(neptun: Neptun) -> None:
    bare = [name for name in contract.clauses() if "\nCheck " not in neptun("clauses", name).out]
    assert bare == []


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("authentication.nocookie", "near it: authentication.no-cookie"),
        ("", "`clauses` lists them"),
    ],
)
def test_an_unknown_clause_is_refused_with_a_hint(neptun: Neptun, wrong: str, hint: str) -> None:
    ran = neptun("clauses", wrong)
    assert (ran.status, ran.out) == (4, "")
    assert hint in ran.err


def test_a_group_lists_its_clauses(neptun: Neptun) -> None:
    ran = neptun("clauses", "authentication")
    named = [each for each in contract.clauses() if each.startswith("authentication.")]
    assert (ran.status, [line.split()[0] for line in ran.out.splitlines()]) == (0, named)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("query.override", "with the query 'user_id=alice'"),
        ("authentication.route-spelling", "along the route spelled /api/users/alice/"),
        ("conditional.not-modified", "If-None-Match: '$ETAG'"),
    ],
)
def test_a_clause_is_explained_with_the_ids_of_the_reference_server(
    neptun: Neptun, clause: str, words: str
) -> None:
    ran = neptun("clauses", clause)
    assert words in ran.out
    assert "{owner" not in ran.out
