"""Good custom beside the documentation: caches, cookies, origins, methods, queries."""

from neptun_conformance.engine.checks.links import Followed
from neptun_conformance.judge import hygiene, origins, validators
from neptun_conformance.judge.comparison import be_as_without_the_query, be_given_in_full_again
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.handing_out import give_nobodys_session_away
from neptun_conformance.judge.links import hold_what_is_announced
from neptun_conformance.questions import in_a_row
from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    stranger,
    with_altered,
    with_expired_session,
)
from neptun_conformance.questions.checks import asks, clause, fetches_links, hostile, unsafe
from neptun_conformance.questions.claims import JSON_CLAIMS
from neptun_conformance.questions.conditions import (
    A_PART,
    IF_ANY,
    IF_MADE_UP,
    IF_MODIFIED,
    IF_MODIFIED_EARLIER,
    IF_OTHER,
    THE_FIRST_OCTET,
    UNLESS_LATE,
)
from neptun_conformance.questions.in_a_row import FOR_GET, NO_ORIGIN
from neptun_conformance.questions.malformed import ENDS_AS_OWN
from neptun_conformance.questions.situations import Question, Sequence, UnknownChat, UnknownUser
from neptun_conformance.questions.tampering import middle_changed

ELSEWHERE = ("Origin", "https://elsewhere.example")
BEGINS_AS_OWN = ("Origin", "{scheme}://{host}.elsewhere.example")
FOR_A_HEADER = ("Access-Control-Request-Headers", "x-requested-with")
METHODS = ("POST", "PUT", "PATCH", "DELETE")


def never_asked(parameter: str) -> Question:
    """Ask for a URL that nothing else in a run has, so that no cache holds it."""
    return owner.asks(owner.full).with_query(f"{parameter}=1")


@clause("query.ignored")
@asks(
    owner.asks(owner.full).with_query("limit=1"),
    more=tuple(
        owner.asks(owner.full).with_query(query)
        for query in (
            (
                "page=2&per_page=1&page_size=1&pageSize=1&size=1&count=1&max=1&offset=1&skip=1&start=1"
                "&from=1&cursor=x&after=1&first=1&take=1&top=1&$top=1&n=1&$skip=1&last=1&length=1&rows=1"
            ),
            (
                "q=x&search=x&filter=x&type=x&name=x&status=x&since=2030-01-01&id=1&file_id=1&f=xml"
                "&ids=x&created_at=x&deleted=x&ext=x&until=1970-01-01&before=1&tag=x&folder=x&owner=x"
                "&lang=de&locale=de_DE&hl=de&language=de&tz=Asia/Tokyo&timezone=Asia/Tokyo&currency=EUR"
                "&utm_source=x&utm_medium=x&utm_campaign=x&fbclid=x&gclid=x&msclkid=x&_ga=x&ref=x"
            ),
            (
                "fields=id&only=id&select=id&include=x&expand=x&sort=-id&order=desc&format=xml&callback=f"
                "&limit=0&exclude=name&attributes=id&orderBy=-id&order_by=-id&sortBy=-id&sort_by=-id"
                "&reverse=1&desc=1&output=xml&alt=xml&jsonp=f&cb=f&pretty=1&envelope=1&verbose=1&raw=1"
                "&download=1&count_only=1&v=2&version=2"
            ),
        )
    ),
)
def test_an_unknown_query_parameter_changes_nothing(answer: Answers) -> None:
    """Parameters that other endpoints know: the same files as without them."""
    answer.must(be_as_without_the_query)


@clause("query.ignored")
@asks(
    # A query without a value, such as ``?x-head``.
    owner.asks(owner.full)
    .with_query("x-head")
    .by("HEAD")
    .then(owner.asks(owner.full).with_query("x-head")),
    more=(
        Sequence(
            (
                never_asked("x-part").with_headers(IF_ANY),
                never_asked("x-part").with_headers(("Range", "bytes=0-9")),
                never_asked("x-part"),
            )
        ),
    ),
)
def test_what_a_cache_keeps_of_a_url_changes_nothing(answer: Answers) -> None:
    """The URL was just asked for by HEAD, under a condition, or in part: still all files."""
    answer.must(be_given_in_full_again)


@hostile
@clause("query.ignored")
@asks(
    more=(owner.asks(owner.empty).with_body(JSON_CLAIMS, "application/json"),),
    deep=(stranger.asks(stranger.full).with_body(JSON_CLAIMS, "application/json"),),
)
def test_content_of_a_get_changes_nothing(answer: Answers) -> None:
    """A GET with content that nobody asks for: the same files as without it."""
    answer.must(be_as_without_the_query)


@clause("cache.private")
def test_private_data_is_not_for_shared_caches(private_answers: Answers) -> None:
    """No 200, also to a query or a condition, is marked for shared caches and not private."""
    private_answers.must(hygiene.not_be_for_shared_caches)


@clause("cors.answer")
@asks(
    owner.asks(owner.full).with_headers(ELSEWHERE),
    owner.asks(owner.full).with_headers(NO_ORIGIN),
    more=(owner.asks(owner.full).with_headers(BEGINS_AS_OWN),),
)
def test_no_other_origin_reads_the_answer(answer: Answers) -> None:
    """The origin of any page: it is not reflected together with credentials."""
    answer.must(origins.not_let_strangers_read)


@clause("cors.answer")
def test_no_other_origin_reads_any_answer(everything: Answers) -> None:
    """Whatever was asked from another origin: it is not reflected together with credentials."""
    everything.must(origins.not_let_strangers_read)


@clause("cors.preflight")
@asks(
    anonymous.asks(owner.full).by("OPTIONS").with_headers(BEGINS_AS_OWN, FOR_GET, FOR_A_HEADER),
    in_a_row.PREFLIGHT.until(2),
    deep=(
        owner.asks(owner.full).by("OPTIONS").with_headers(ENDS_AS_OWN, FOR_GET),
        anonymous.asks(owner.empty).by("OPTIONS").with_headers(NO_ORIGIN, FOR_GET),
    ),
)
def test_no_other_origin_passes_the_preflight(answer: Answers) -> None:
    """The preflight of any page, also of one named nearly as the target: no credentials."""
    answer.must(origins.not_let_strangers_ask)


@clause("cors.preflight")
def test_no_other_origin_passes_any_preflight(everything: Answers) -> None:
    """Whatever preflight was sent from another origin: no credentials."""
    everything.must(origins.not_let_strangers_ask)


@clause("cookie.of-another")
def test_nobody_is_given_the_session_of_another(everything: Answers) -> None:
    """Wherever the run was given a cookie, it does not hold the session of somebody else."""
    everything.must(give_nobodys_session_away)


@clause("cookie.http-only")
def test_a_session_cookie_is_out_of_reach_of_scripts(session_cookies: Answers) -> None:
    """Wherever the run was given a session cookie, it has HttpOnly."""
    session_cookies.must(hygiene.set_http_only)


@clause("cookie.secure")
def test_a_session_cookie_travels_encrypted(secure_session_cookies: Answers) -> None:
    """Wherever the run was given a session cookie over https, it has Secure."""
    secure_session_cookies.must(hygiene.set_secure)


@clause("methods.head")
@asks(
    in_a_row.BY_HEAD,
    owner.asks(owner.full, under=UnknownUser()).by("HEAD"),
    stranger.asks(owner.full).by("HEAD"),
    more=(
        owner.asks(owner.empty).by("HEAD"),
        owner.asks(UnknownChat(), under=owner).by("HEAD"),
        anonymous.asks(owner.full).by("HEAD"),
    ),
    deep=(
        stranger.asks(stranger.full).by("HEAD"),
        with_expired_session.asks(owner.full).by("HEAD"),
        with_altered(owner, "with 6 characters in the middle changed", middle_changed)
        .asks(owner.full)
        .by("HEAD"),
    ),
)
def test_head_answers_as_get_does(answer: Answers) -> None:
    """The same status and media type as GET has, for a success and for a refusal."""
    answer.must(hygiene.answer_head_as_get)


@clause("conditional.not-modified")
@asks(
    owner.asks(owner.full).with_headers(IF_MADE_UP),
    owner.asks(owner.full).with_headers(IF_OTHER),
    owner.asks(owner.full).with_headers(IF_MODIFIED_EARLIER, ("If-Match", "*")),
)
def test_a_304_needs_a_matching_validator(answer: Answers) -> None:
    """A validator that differs, if only by a character or a second: the full 200.

    So it is where any version is wanted that there is (``If-Match: *``).
    """
    answer.must(validators.not_be_revalidated)


@clause("conditional.not-modified")
@asks(
    in_a_row.UNCHANGED,
    more=(owner.asks(owner.full).with_headers(IF_MODIFIED, UNLESS_LATE),),
)
def test_a_matching_validator_is_a_304_or_a_200(answer: Answers) -> None:
    """The server's own validator, back at once: unchanged, or the full 200."""
    answer.must(validators.be_whole_or_unchanged)


@clause("conditional.not-modified")
@asks(
    more=(
        owner.asks(owner.full).with_headers(*A_PART),
        owner.asks(owner.empty).with_headers(*THE_FIRST_OCTET),
    )
)
def test_a_range_gets_a_part_or_the_whole(answer: Answers) -> None:
    """Some octets are wanted: those, the full 200, or a 416."""
    answer.must(validators.be_whole_or_in_part)


@clause("conditional.not-modified")
def test_a_304_has_a_reason_throughout(everything: Answers) -> None:
    """Whatever the owner's request was about, a 304 needs a condition that may hold."""
    everything.must(validators.be_unchanged_with_reason)


@unsafe
@clause("methods.refused")
@asks(
    *(stranger.asks(owner.full).by(method) for method in METHODS),
    more=tuple(anonymous.asks(owner.full).by(method) for method in METHODS),
)
def test_an_unsafe_method_is_refused(answer: Answers) -> None:
    """Nobody else can write along this route: no 2xx."""
    answer.must(hygiene.be_refused_by_method)


@unsafe
@clause("methods.refused-to-owner")
@asks(
    *(owner.asks(owner.full).by(method) for method in METHODS),
    more=tuple(owner.asks(owner.empty).by(method) for method in METHODS),
)
def test_an_unsafe_method_is_refused_to_the_owner(answer: Answers) -> None:
    """Nor can the owner: no 2xx."""
    answer.must(hygiene.be_refused_by_method)


@unsafe
@clause("methods.allow")
@asks(*(owner.asks(owner.full).by(method) for method in METHODS))
def test_a_405_says_what_is_allowed(answer: Answers) -> None:
    """Where the method is refused with a 405, Allow names those that are not."""
    answer.must(hygiene.name_what_is_allowed)


@fetches_links
@clause("file.link")
def test_a_link_holds_what_is_announced(fetched: Followed) -> None:
    """Each link answers a GET that carries no session, with the announced size and type."""
    fetched.must(hold_what_is_announced)
