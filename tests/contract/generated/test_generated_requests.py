"""Generated requests of every kind: an answer always comes, and nothing odd opens a chat."""

from neptun_conformance.judge.comparison import be_as_without_the_query
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.disclosure import disclose_nothing
from neptun_conformance.judge.status import not_be_a_server_error
from neptun_conformance.questions.checks import clause, explores, hostile


@hostile
@clause("input.no-server-error")
@explores("anything", examples=2, deep=True)
def test_no_request_causes_a_server_error(answers: Answers) -> None:
    """Any caller, any user, any chat, any spelling of the route: a status below 500."""
    answers.must(not_be_a_server_error)


@clause("input.no-server-error")
@explores(None)
def test_no_case_of_the_schema_causes_a_server_error(answers: Answers) -> None:
    """What schemathesis derives from the schema, with real ids mixed in: a status below 500."""
    answers.must(not_be_a_server_error)


@hostile
@clause("input.no-disclosure")
@explores("trespasses", deep=True)
def test_no_odd_path_discloses_a_chat(answers: Answers) -> None:
    """The owner's chat along odd paths, by nobody and by the stranger: no file in the answer."""
    answers.must(disclose_nothing)


@clause("query.ignored")
@explores("noise", deep=True)
def test_any_unknown_query_parameter_changes_nothing(answers: Answers) -> None:
    """Parameters that nobody knows: the same files as without them."""
    answers.must(be_as_without_the_query)
