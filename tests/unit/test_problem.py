"""What a finding quotes from a body can be quoted whatever the body holds."""

from neptun_conformance.judge.json_text import read
from neptun_conformance.judge.problem import excerpt


def test_a_number_past_the_largest_double_is_quoted() -> None:
    document = read(b'{"chatFiles": [{"id": 1, "size": 1e400}]}').value
    assert excerpt(document, "/chatFiles/0/size") == '{"id": 1, "size": "1E+400"}'
