"""Every 401 and 404 of the run carries the documented body, for each way to get there."""

from neptun_conformance.judge import content
from neptun_conformance.judge.demands import Answers
from neptun_conformance.questions.checks import clause


@clause("error.media-type")
def test_an_error_is_json_by_its_type(documented_errors: Answers) -> None:
    """The Content-Type of a 401 or 404 says application/json."""
    documented_errors.must(content.be_json_errors_by_type)


@clause("error.json")
def test_an_error_is_a_json_object(documented_errors: Answers) -> None:
    """The content of a 401 or 404 is one valid JSON object."""
    documented_errors.must(content.be_json_object_errors)


@clause("error.status-code")
def test_an_error_repeats_its_status(documented_errors: Answers) -> None:
    """The statusCode is the number of the HTTP status."""
    documented_errors.must(content.repeat_the_status)


@clause("error.status-message")
def test_an_error_has_a_status_message(documented_errors: Answers) -> None:
    """The statusMessage is a text, in whatever words."""
    documented_errors.must(content.have_a_status_message)


@clause("error.data")
def test_an_error_has_data(documented_errors: Answers) -> None:
    """The data member is an object."""
    documented_errors.must(content.have_data)


@clause("error.message")
def test_an_error_has_a_message(documented_errors: Answers) -> None:
    """The data holds a message, a text in whatever words."""
    documented_errors.must(content.have_a_message)


@clause("error.server-error")
def test_a_500_is_documented_too(server_errors: Answers) -> None:
    """Should a 500 appear, its body has the same members."""
    server_errors.must(content.be_documented_errors)


@clause("error.no-internals")
def test_an_error_gives_nothing_away(errors: Answers) -> None:
    """No stack trace and no path of a file on the server stands in an error body."""
    errors.must(content.give_nothing_away)
