"""Demands on the content of an answer: one for each clause about a 200 or an error body.

The bodies were judged when they came; a demand picks what its clause has to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance.bodies import error
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Judge, Subject, judges
from neptun_conformance.judge.deviation import is_conditional, is_from_elsewhere
from neptun_conformance.resolve.expectation import REFUSED, REFUSED_OR_RIGHT, Expected


def _of_a_200(clause: str, otherwise: str, *, of_links: bool = False) -> Judge:
    """Return the judge of a clause about 200s."""

    def judge(answer: Answer) -> list[Problem]:
        if answer.reading is None or (of_links and answer.resolved.links_free):
            return []
        return answer.reading.problems.of(clause)

    def shows(answer: Answer) -> bool:
        return answer.reading is not None and clause in answer.reading.seen

    return judges(about=Subject(shows, otherwise))(judge)


def _of_an_error(clause: str, *, unless: frozenset[str], otherwise: str) -> Judge:
    """Return the judge of a clause about errors, which sees nothing where others have failed."""

    def judge(answer: Answer) -> list[Problem]:
        return answer.errors.of(clause) if answer.errors else []

    def shows(answer: Answer) -> bool:
        return answer.errors is not None and not answer.errors.clauses() & unless

    return judges(about=Subject(shows, otherwise))(judge)


_NO_200, _NO_JSON, _NO_FILE = "no 200 was returned", "no 200 was JSON", "no file was returned"
be_json_by_type = _of_a_200("success.media-type", _NO_200)
be_valid_json = _of_a_200("success.json", _NO_200)
have_no_byte_order_mark = _of_a_200("success.byte-order-mark", _NO_200)
repeat_no_member = _of_a_200("success.repeated-members", _NO_JSON)
stay_within_limits = _of_a_200("success.limits", _NO_200)
hold_a_list_of_files = _of_a_200("success.envelope", _NO_JSON)
hold_objects = _of_a_200("file.object", _NO_FILE)
have_ids = _of_a_200("file.id", _NO_FILE)
have_chat_numbers = _of_a_200("file.chat-conversation-id", _NO_FILE)
belong_to_the_chat = _of_a_200("file.of-this-chat", "no file had a chat_conversation_id")
have_names = _of_a_200("file.name", _NO_FILE)
have_sizes = _of_a_200("file.size", _NO_FILE)
have_no_negative_size = _of_a_200("file.size-not-negative", "no file had a size")
have_types = _of_a_200("file.type", _NO_FILE)
have_media_types = _of_a_200("file.type-is-media-type", "no file had a type")
have_moments = _of_a_200("file.created-at", _NO_FILE)
have_exact_moments = _of_a_200("file.created-at-form", "no file had a date and time")
have_urls = _of_a_200("file.url", _NO_FILE, of_links=True)
have_unique_ids = _of_a_200("files.unique-ids", "no file had an id")

_ANY: frozenset[str] = frozenset()
_NO_OBJECT = frozenset({"error.json"})
_NO_ERROR, _NO_ERROR_OBJECT = "no 401 and no 404 was returned", "no error body was a JSON object"
be_json_errors_by_type = _of_an_error("error.media-type", unless=_ANY, otherwise=_NO_ERROR)
be_json_object_errors = _of_an_error("error.json", unless=_ANY, otherwise=_NO_ERROR)
repeat_the_status = _of_an_error("error.status-code", unless=_NO_OBJECT, otherwise=_NO_ERROR_OBJECT)
have_a_status_message = _of_an_error(
    "error.status-message", unless=_NO_OBJECT, otherwise=_NO_ERROR_OBJECT
)
have_data = _of_an_error("error.data", unless=_NO_OBJECT, otherwise=_NO_ERROR_OBJECT)
have_a_message = _of_an_error(
    "error.message", unless=_NO_OBJECT | {"error.data"}, otherwise="no error body had data"
)


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
    """Tell whether this is a 200 to be judged.

    What proxies answer to odd paths may be a page, and what comes for a query may have another form
    as long as it does not say that it is JSON.
    """
    if answer.reading is None or not answer.has_its_form:
        return False
    if answer.resolved.expected is Expected.FILES_AT_BEST:
        return answer.accepted or not answer.reading.problems.of("success.media-type")
    free = answer.resolved.expected in {Expected.NO_DATA, Expected.FILES_OR_ANYTHING}
    return answer.accepted or not free


def is_a_private_200(answer: Answer) -> bool:
    """Tell whether this is a 200 to somebody who may read the chat, in whatever form."""
    expected = answer.resolved.expected
    due = expected in {Expected.FILES, Expected.FILES_AT_BEST} or answer.accepted
    return answer.reading is not None and answer.resolved.readable and due


def is_the_expected_200(answer: Answer) -> bool:
    """Tell whether this is the 200 that was due, with a list of files.

    Under a condition, for a range or from another origin it is the whole, too, where it is a 200.
    """
    due = answer.resolved.expected is Expected.FILES
    return (due or is_conditional(answer) or is_from_elsewhere(answer)) and answer.accepted


def is_of_an_empty_chat(answer: Answer) -> bool:
    """Tell whether this is the answer to a reader's plain question for an empty chat."""
    chat, expected = answer.resolved.chat, answer.resolved.expected
    plain = expected is Expected.FILES and answer.resolved.request.method == "GET"
    return plain and chat is not None and chat.empty and answer.has_its_form


_THE_ONE_ERROR = {
    Expected.UNAUTHORIZED: 401,
    Expected.NOT_FOUND: 404,
    Expected.NOT_FOUND_OR_FILES: 404,
}


def is_a_documented_error(answer: Answer) -> bool:
    """Tell whether this is a 401 or 404 that is the one due status, in the form that is due."""
    due = _THE_ONE_ERROR.get(answer.resolved.expected)
    return answer.errors is not None and answer.status == due and answer.has_its_form


def is_a_500(answer: Answer) -> bool:
    """Tell whether this is a 500 of the target, with a body to judge."""
    return answer.errors is not None and answer.status == 500 and not answer.elsewhere


_ANY_4XX = REFUSED | REFUSED_OR_RIGHT


def is_an_error(answer: Answer) -> bool:
    """Tell whether this is an error of the endpoint itself, not a proxy's page for an odd path.

    Where any 4xx is right, it may be that of a framework which cannot read the number of a chat.
    """
    if answer.resolved.expected is Expected.NO_DATA or answer.elsewhere:
        return False
    is_right = answer.refused and answer.resolved.expected in _ANY_4XX
    return answer.errors is not None or (is_right and answer.resolved.request.method == "GET")
