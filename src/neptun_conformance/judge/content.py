"""Demands on the content of an answer: one for each clause about a 200 or an error body.

The bodies were judged when they came; a demand picks what its clause has to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from neptun_conformance.bodies import error
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer
from neptun_conformance.resolve.expectation import Expected


def _of_a_200(clause: str, answer: Answer) -> list[Problem]:
    return answer.reading.problems.of(clause) if answer.reading else []


def _of_an_error(clause: str, answer: Answer) -> list[Problem]:
    return answer.errors.of(clause) if answer.errors else []


be_json_by_type = partial(_of_a_200, "success.media-type")
be_valid_json = partial(_of_a_200, "success.json")
have_no_byte_order_mark = partial(_of_a_200, "success.byte-order-mark")
repeat_no_member = partial(_of_a_200, "success.repeated-members")
stay_within_limits = partial(_of_a_200, "success.limits")
hold_a_list_of_files = partial(_of_a_200, "success.envelope")
hold_objects = partial(_of_a_200, "file.object")
have_ids = partial(_of_a_200, "file.id")
have_chat_numbers = partial(_of_a_200, "file.chat-conversation-id")
belong_to_the_chat = partial(_of_a_200, "file.of-this-chat")
have_names = partial(_of_a_200, "file.name")
have_sizes = partial(_of_a_200, "file.size")
have_no_negative_size = partial(_of_a_200, "file.size-not-negative")
have_types = partial(_of_a_200, "file.type")
have_media_types = partial(_of_a_200, "file.type-is-media-type")
have_moments = partial(_of_a_200, "file.created-at")
have_exact_moments = partial(_of_a_200, "file.created-at-form")
have_urls = partial(_of_a_200, "file.url")
have_unique_ids = partial(_of_a_200, "files.unique-ids")

be_json_errors_by_type = partial(_of_an_error, "error.media-type")
be_json_object_errors = partial(_of_an_error, "error.json")
repeat_the_status = partial(_of_an_error, "error.status-code")
have_a_status_message = partial(_of_an_error, "error.status-message")
have_data = partial(_of_an_error, "error.data")
have_a_message = partial(_of_an_error, "error.message")


def be_documented_errors(answer: Answer) -> list[Problem]:
    """Demand every member of the error body at once (for a 500)."""
    problems = answer.errors
    return [p for c in sorted(problems.clauses()) for p in problems.of(c)] if problems else []


def give_nothing_away(answer: Answer) -> Iterator[Problem]:
    """Demand an error body without a stack trace or a path of a file on the server."""
    if answer.response is not None:
        problem = error.internals(answer.response, answer.resolved.request)
        if problem:
            yield problem


def is_a_200_with_files(answer: Answer) -> bool:
    """Tell whether this is a 200 to be judged: what proxies answer to odd paths may be a page."""
    free = answer.resolved.expected in {Expected.NO_DATA, Expected.FILES_OR_ANYTHING}
    return answer.reading is not None and (answer.accepted or not free)


def is_the_due_200(answer: Answer) -> bool:
    """Tell whether this is the 200 that was due, with a list of files."""
    return answer.resolved.expected is Expected.FILES and answer.accepted


def is_of_an_empty_chat(answer: Answer) -> bool:
    """Tell whether this is the answer to a reader's plain question for an empty chat."""
    chat, expected = answer.resolved.chat, answer.resolved.expected
    plain = expected is Expected.FILES and answer.resolved.request.method == "GET"
    return plain and chat is not None and chat.empty


def is_a_documented_error(answer: Answer) -> bool:
    """Tell whether this is a 401 or 404 where the contract demands the error body."""
    strict = {Expected.UNAUTHORIZED, Expected.NOT_FOUND, Expected.FILES}
    return (
        answer.errors is not None
        and answer.status in {401, 404}
        and answer.resolved.expected in strict
    )


def is_a_500(answer: Answer) -> bool:
    """Tell whether this is a 500 with a body to judge."""
    return answer.errors is not None and answer.status == 500


def is_an_error(answer: Answer) -> bool:
    """Tell whether this is an error of the endpoint itself, not a proxy's page for an odd path."""
    return answer.errors is not None and answer.resolved.expected is not Expected.NO_DATA
