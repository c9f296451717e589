"""What belongs to somebody else is a 404, and looks like what does not exist."""

from neptun_conformance.answer import Answer
from neptun_conformance.checks import asks, clause
from neptun_conformance.credentials import Person, anonymous, owner, stranger
from neptun_conformance.judge.comparison import be_like_a_missing_one, not_obey_the_query
from neptun_conformance.judge.hygiene import reveal_nothing_by_head
from neptun_conformance.judge.status import be_not_found
from neptun_conformance.situations import (
    Chat,
    Question,
    Sequence,
    UnknownChat,
    UnknownUser,
    UserOf,
)


def in_turns(caller: Person, foreign: Chat, under: UserOf) -> Sequence:
    """Ask for a missing (M) and a foreign (F) chat as M F F M F M, so that what varies shows."""
    missing = caller.asks(UnknownChat(), under=under)
    other = caller.asks(foreign, under=under)
    return Sequence((missing, other, other, missing, other, missing))


def by_head(foreign: Question, missing: Question) -> Sequence:
    """Ask with HEAD for a missing chat and then for a foreign one."""
    return missing.by("HEAD").then(foreign.by("HEAD"))


@clause("ownership.foreign-chat")
@asks(
    owner.asks(stranger.full, under=owner),
    owner.asks(stranger.empty, under=owner),
    stranger.asks(owner.full, under=stranger),
    stranger.asks(owner.empty, under=stranger),
)
def test_a_foreign_chat_under_the_own_id_is_not_found(answer: Answer) -> None:
    """The session fits the user id, but the chat is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.foreign-user")
@asks(
    owner.asks(owner.full, under=stranger),
    owner.asks(owner.empty, under=stranger),
    stranger.asks(stranger.full, under=owner),
    stranger.asks(stranger.empty, under=owner),
)
def test_the_own_chat_under_a_foreign_id_is_not_found(answer: Answer) -> None:
    """The session fits the chat, but the user id is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.foreign-pair")
@asks(
    owner.asks(stranger.full),
    owner.asks(stranger.empty),
    stranger.asks(owner.full),
    stranger.asks(owner.empty),
)
def test_a_foreign_chat_under_its_owners_id_is_not_found(answer: Answer) -> None:
    """User id and chat fit each other, but the session is somebody else's: 404."""
    answer.must(be_not_found)


@clause("ownership.conditional")
@asks(
    owner.asks(owner.full).then(
        stranger.asks(owner.full).with_headers(("If-None-Match", "{etag}"))
    ),
    stranger.asks(owner.full).with_headers(("If-None-Match", "*")),
    more=(
        owner.asks(owner.full).then(
            stranger.asks(owner.full).with_headers(("If-Modified-Since", "{last_modified}"))
        ),
    ),
)
def test_a_conditional_request_for_a_foreign_chat_is_not_found(answer: Answer) -> None:
    """Even with the validator that the owner was given: 404, not 304."""
    answer.must(be_not_found)


@clause("ownership.indistinguishable")
@asks(
    in_turns(owner, stranger.full, owner.user),
    more=(in_turns(stranger, owner.empty, stranger.user),),
)
def test_a_foreign_chat_looks_like_a_missing_one(answer: Answer) -> None:
    """Under the own user id, body and headers of both refusals are alike."""
    answer.must(be_like_a_missing_one)


@clause("ownership.head")
@asks(
    by_head(stranger.asks(owner.full), stranger.asks(UnknownChat(), under=owner)),
    more=(by_head(anonymous.asks(owner.full), anonymous.asks(UnknownChat(), under=owner)),),
)
def test_head_reveals_no_foreign_chat(answer: Answer) -> None:
    """HEAD of a foreign chat is as HEAD of a chat that does not exist."""
    answer.must(reveal_nothing_by_head)


@clause("query.override")
@asks(
    owner.asks(owner.full).with_query("user_id={stranger}&chat_id={stranger_chat}"),
    stranger.asks(owner.full).with_query("user_id={stranger}"),
    stranger.asks(owner.full, under=stranger).with_query("user_id={owner}"),
    stranger.asks(UnknownChat(), under=stranger).with_query("chat_id={stranger_chat}"),
    more=(
        owner.asks(owner.full).with_query("userId={stranger}&chatId={stranger_chat}"),
        stranger.asks(owner.full).with_query("user_id={stranger}&chat_id={stranger_chat}"),
        owner.asks(owner.empty).with_query("chat_id={owner_chat}"),
        owner.asks(owner.full).with_query("chat_conversation_id={stranger_chat}"),
        stranger.asks(owner.full).with_query("userId={stranger}&chatId={stranger_chat}"),
        stranger.asks(stranger.full, under=UnknownUser()).with_query("user_id={stranger}"),
        stranger.asks(stranger.full).with_query("user_id={owner}&chat_id={owner_chat}"),
        anonymous.asks(owner.full).with_query("user_id={owner}&chat_id={owner_chat}"),
    ),
)
def test_the_query_does_not_take_the_place_of_the_path(answer: Answer) -> None:
    """Ids in the query beside other ids in the path: the path alone decides."""
    answer.must(not_obey_the_query)
