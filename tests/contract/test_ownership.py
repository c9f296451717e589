"""What belongs to somebody else is a 404, and looks like what does not exist."""

from neptun_conformance.judge.comparison import (
    not_obey_the_query,
)
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.hygiene import reveal_nothing_by_head, tell_no_length_by_head
from neptun_conformance.judge.likeness import MISSING_CHATS, be_like_missing_ones
from neptun_conformance.judge.status import be_not_found
from neptun_conformance.questions.callers import Caller, Person, anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause, hostile, varies
from neptun_conformance.questions.claims import (
    CHAT_NAMES,
    FORM_CLAIMS,
    JSON_CLAIMS,
    USER_NAMES,
    named,
)
from neptun_conformance.questions.conditions import (
    BY_ANYBODY,
    BY_OTHERS,
    IF_ANY,
    IF_CHANGED,
)
from neptun_conformance.questions.malformed import ENDS_AS_OWN
from neptun_conformance.questions.situations import (
    Chat,
    Question,
    UnknownChat,
    UnknownUser,
)

AS_OWNER, AS_STRANGER = named(USER_NAMES, "{owner}"), named(USER_NAMES, "{stranger}")
OWNERS_CHAT, STRANGERS_CHAT = (
    named(CHAT_NAMES, "{owner_chat}"),
    named(CHAT_NAMES, "{stranger_chat}"),
)


def alike(caller: Person, other: Person, under: Person) -> tuple[Question, ...]:
    """Ask for missing chats, and for those of somebody else, under one user id."""
    return caller.asks_each((*MISSING_CHATS, other.full, other.empty), under=under)


def by_head(caller: Caller, *foreign: Chat, under: Person) -> tuple[Question, ...]:
    """Ask with HEAD for a missing chat and for foreign ones, under one user id."""
    asked = caller.asks_each((UnknownChat(), *foreign), under=under)
    return tuple(question.by("HEAD") for question in asked)


@clause("ownership.foreign-chat")
@asks(
    owner.asks(stranger.full, under=owner),
    owner.asks(stranger.empty, under=owner),
    stranger.asks(owner.full, under=stranger),
    stranger.asks(owner.empty, under=stranger),
)
def test_a_foreign_chat_under_the_own_id_is_not_found(answer: Answers) -> None:
    """The session fits the user id, but the chat is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.foreign-user")
@asks(
    owner.asks(owner.full, under=stranger),
    owner.asks(owner.empty, under=stranger),
    stranger.asks(stranger.full, under=owner),
    stranger.asks(stranger.empty, under=owner),
)
def test_the_own_chat_under_a_foreign_id_is_not_found(answer: Answers) -> None:
    """The session fits the chat, but the user id is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.foreign-pair")
@asks(
    owner.asks(stranger.full),
    owner.asks(stranger.empty),
    stranger.asks(owner.full),
    stranger.asks(owner.empty),
)
def test_a_foreign_chat_under_its_owners_id_is_not_found(answer: Answers) -> None:
    """User id and chat fit each other, but the session is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.conditional")
@asks(
    stranger.asks(owner.full).with_headers(*BY_OTHERS[0]),
    stranger.asks(owner.full, under=stranger).with_headers(IF_CHANGED),
    stranger.asks(owner.empty).with_headers(*BY_OTHERS[2]),
    more=(stranger.asks(owner.full).with_headers(*BY_OTHERS[1]),),
    deep=(
        stranger.asks(owner.full).with_headers(*BY_ANYBODY[1]),
        stranger.asks(owner.full).with_headers(IF_CHANGED),
        stranger.asks(owner.empty).with_headers(IF_ANY),
        stranger.asks(owner.full, under=stranger).with_headers(IF_ANY),
    ),
)
def test_a_conditional_request_for_a_foreign_chat_is_not_found(answer: Answers) -> None:
    """Even with the validator that the owner was given: 404, not 304."""
    answer.must(be_not_found)


@clause("ownership.indistinguishable")
@varies
@asks(
    *alike(owner, stranger, under=owner),
    more=(
        *alike(stranger, owner, under=stranger),
        *alike(owner, stranger, under=stranger),
        *alike(stranger, owner, under=owner),
    ),
)
def test_a_foreign_chat_looks_like_a_missing_one(answers: Answers) -> None:
    """Under one user id, body and headers of both refusals are alike."""
    answers.must(be_like_missing_ones)


@clause("ownership.head")
@asks(
    *by_head(owner, stranger.full, under=owner),
    more=(
        # With what somebody else's HEAD of a missing chat has; `methods.head` looks at the status.
        stranger.asks(owner.full).by("HEAD"),
        anonymous.asks(owner.full).by("HEAD"),
    ),
    deep=(
        *by_head(stranger, owner.full, under=owner),
        *by_head(anonymous, owner.full, under=owner),
        *by_head(owner, stranger.full, owner.full, under=stranger),
        *by_head(stranger, owner.full, under=stranger),
    ),
)
def test_head_reveals_no_foreign_chat(answers: Answers) -> None:
    """HEAD of a foreign chat is as HEAD of a chat that does not exist."""
    answers.must(reveal_nothing_by_head)


@clause("ownership.head")
@varies
@asks(
    *by_head(owner, stranger.full, under=owner),
    deep=(
        *by_head(owner, stranger.full, owner.full, under=stranger),
        *by_head(stranger, owner.full, under=stranger),
    ),
)
def test_head_tells_no_length_of_a_foreign_chat(answers: Answers) -> None:
    """Where all refusals have one length, HEAD of a foreign chat tells no other."""
    answers.must(tell_no_length_by_head)


@clause("query.override")
@asks(
    owner.asks(owner.full).with_query("user_id={stranger}&chat_id={stranger_chat}"),
    stranger.asks(owner.full).with_query("user_id={stranger}"),
    stranger.asks(owner.full, under=stranger).with_query("user_id={owner}"),
    stranger.asks(UnknownChat(), under=stranger).with_query("chat_id={stranger_chat}"),
    more=(
        *(who.asks(owner.full).with_query(AS_OWNER) for who in (stranger, anonymous)),
        stranger.asks(owner.full).with_query(f"{AS_STRANGER}&{STRANGERS_CHAT}"),
        stranger.asks(stranger.full).with_query(f"{AS_OWNER}&{OWNERS_CHAT}"),
        owner.asks(owner.empty).with_query(f"{OWNERS_CHAT}&id={{owner_chat}}"),
        stranger.asks(stranger.full, under=UnknownUser()).with_query(AS_STRANGER),
    ),
)
def test_the_query_does_not_take_the_place_of_the_path(answer: Answers) -> None:
    """Ids in the query beside other ids in the path: the path alone decides."""
    answer.must(not_obey_the_query)


@clause("query.override")
@hostile
@asks(
    more=(
        owner.asks(owner.empty).with_body(JSON_CLAIMS, "application/json"),
        owner.asks(owner.empty)
        .with_body(FORM_CLAIMS, "application/x-www-form-urlencoded")
        # As a form of another site; a filter may refuse it, which obeys no content either.
        .with_headers(ENDS_AS_OWN),
    ),
    deep=(
        stranger.asks(stranger.full).with_body(JSON_CLAIMS, "application/json"),
        owner.asks(UnknownChat(), under=owner).with_body(JSON_CLAIMS, "application/json"),
    ),
)
def test_content_does_not_take_the_place_of_the_path(answer: Answers) -> None:
    """Ids in the content beside other ids in the path: the path alone decides."""
    answer.must(not_obey_the_query)
