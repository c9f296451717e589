"""Every 200 of the run is right in every way, whichever check asked for it."""

from neptun_conformance.judge import content
from neptun_conformance.judge.comparison import (
    be_empty_lists,
    hold_the_same_files,
    keep_their_members,
)
from neptun_conformance.judge.completeness import be_complete_lists
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.status import be_given
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.checks import asks, clause

CODINGS_OF_BROWSERS = ("Accept-Encoding", "gzip, deflate, br, zstd")


@clause("success.status")
@asks(
    owner.asks(owner.full),
    stranger.asks(stranger.full),
    *(owner.asks(owner.full).again(turn) for turn in range(1, 4)),
    more=(
        *(owner.asks(owner.full).again(turn) for turn in range(4, 6)),
        owner.asks(owner.full).with_headers(CODINGS_OF_BROWSERS),
    ),
)
def test_the_owner_is_served(answer: Answers) -> None:
    """A person's own session, user id and chat: 200."""
    answer.must(be_given)


@clause("files.empty")
def test_an_empty_chat_is_an_empty_list(empty_readings: Answers) -> None:
    """A chat that holds no files: 200 with an empty array, not a refusal, null or nothing."""
    empty_readings.must(be_empty_lists)


@clause("success.media-type")
def test_a_200_is_json_by_its_type(successes: Answers) -> None:
    """The Content-Type says application/json."""
    successes.must(content.be_json_by_type)


@clause("success.json")
def test_a_200_is_valid_json(successes: Answers) -> None:
    """The content is one JSON text in UTF-8, read strictly."""
    successes.must(content.be_valid_json)


@clause("success.byte-order-mark")
def test_a_200_has_no_byte_order_mark(successes: Answers) -> None:
    """The JSON text begins with its first character."""
    successes.must(content.have_no_byte_order_mark)


@clause("success.repeated-members")
def test_a_200_repeats_no_member(successes: Answers) -> None:
    """No object has two members of one name, which parsers would read differently."""
    successes.must(content.repeat_no_member)


@clause("success.limits")
def test_a_200_is_what_common_parsers_take(successes: Answers) -> None:
    """Nesting, numbers and size stay within what clients can read."""
    successes.must(content.stay_within_limits)


@clause("success.envelope")
def test_a_200_holds_the_array_of_files(successes: Answers) -> None:
    """The content is an object whose chatFiles is an array."""
    successes.must(content.hold_a_list_of_files)


@clause("file.object")
def test_every_entry_is_an_object(successes: Answers) -> None:
    """No entry of the list is null, a text or anything else."""
    successes.must(content.hold_objects)


@clause("file.id")
def test_every_file_has_an_id(successes: Answers) -> None:
    """The id is there, and a whole number."""
    successes.must(content.have_ids)


@clause("file.chat-conversation-id")
def test_every_file_names_a_chat(successes: Answers) -> None:
    """The chat_conversation_id is there, and a whole number."""
    successes.must(content.have_chat_numbers)


@clause("file.of-this-chat")
def test_every_file_is_of_the_chat_asked_for(readings: Answers) -> None:
    """The chat_conversation_id of each file is the number in the path."""
    readings.must(content.belong_to_the_chat)


@clause("file.name")
def test_every_file_has_a_name(successes: Answers) -> None:
    """The name is there, and a text."""
    successes.must(content.have_names)


@clause("file.size")
def test_every_file_has_a_size(successes: Answers) -> None:
    """The size is there, and a whole number."""
    successes.must(content.have_sizes)


@clause("file.size-not-negative")
def test_no_size_is_negative(successes: Answers) -> None:
    """The size counts octets."""
    successes.must(content.have_no_negative_size)


@clause("file.type")
def test_every_file_has_a_type(successes: Answers) -> None:
    """The type is there, and a text."""
    successes.must(content.have_types)


@clause("file.type-is-media-type")
def test_every_type_is_a_media_type(successes: Answers) -> None:
    """The type looks like type/subtype."""
    successes.must(content.have_media_types)


@clause("file.created-at")
def test_every_file_has_a_moment(successes: Answers) -> None:
    """The created_at is there, and a text with a real date and time."""
    successes.must(content.have_moments)


@clause("file.created-at-form")
def test_every_moment_is_rfc_3339(successes: Answers) -> None:
    """The created_at has seconds and an offset, written as RFC 3339 has them."""
    successes.must(content.have_exact_moments)


@clause("file.url")
def test_every_file_has_a_url(successes: Answers) -> None:
    """The url is there, absolute, http or https, with a host."""
    successes.must(content.have_urls)


@clause("files.unique-ids")
def test_no_two_files_share_an_id(successes: Answers) -> None:
    """An id names one file of the list."""
    successes.must(content.have_unique_ids)


@clause("files.complete")
def test_all_files_are_listed_once(listed_readings: Answers) -> None:
    """The chats whose files the target lists hold exactly those."""
    listed_readings.must(be_complete_lists)


@clause("reading.same-files")
def test_no_file_vanishes_or_appears(readings: Answers) -> None:
    """Reading again yields the files of the first reading, in whatever order."""
    readings.must(hold_the_same_files)


@clause("reading.same-members")
def test_every_file_stays_as_it_is(readings: Answers) -> None:
    """Reading again yields the same members; only the url may be signed anew."""
    readings.must(keep_their_members)
