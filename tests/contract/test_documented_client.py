"""The client that the documentation shows, run as itself: what its readers will write works."""

from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.documented import serve_the_documented_client
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.checks import asks, clause


@clause("client.documented")
@asks(
    owner.asks(owner.full).by_the_documented_client(),
    owner.asks(owner.empty).by_the_documented_client(),
    owner.asks(stranger.full, under=owner).by_the_documented_client(),
    anonymous.asks(owner.full).by_the_documented_client(),
)
def test_the_documented_client_works(answer: Answers) -> None:
    """The owner's files and an empty list as models; an exception for what is refused."""
    answer.must(serve_the_documented_client)
