"""A request in a voice: headers set and left out, cookies around the session, and no more."""

from __future__ import annotations

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Request
from neptun_conformance.questions.voices import Level
from neptun_conformance.resolve.voiced import in_voice
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target

URL = "https://neptun.example:8443"
TARGET = Target.of(target_for(URL))
PLAIN = Request("GET", "/a", (("Cookie", "neptun-session=s"),))
COOKIES = Level(name="c", before=("a=1", "b="), behind=("c=2",))


def test_a_level_sets_headers_with_the_targets_origin() -> None:
    level = Level(name="o", headers=(("Origin", "{origin}"),))
    assert in_voice(PLAIN, (level,), TARGET).headers == (*PLAIN.headers, ("Origin", URL))


def test_cookies_stand_before_and_behind_the_session() -> None:
    (cookie,) = in_voice(PLAIN, (COOKIES,), TARGET).headers
    assert cookie == ("Cookie", "a=1; b=; neptun-session=s; c=2")


def test_without_a_session_the_other_cookies_stand_alone() -> None:
    (cookie,) = in_voice(Request("GET", "/a"), (COOKIES,), TARGET).headers
    assert cookie == ("Cookie", "a=1; b=; c=2")


def test_no_cookie_makes_a_header_longer_than_proxies_let_pass() -> None:
    long = Request("GET", "/a", (("Cookie", "neptun-session=" + "s" * 4_070),))
    assert in_voice(long, (COOKIES,), TARGET) == long


def test_a_header_of_the_target_file_is_in_no_voice() -> None:
    target = Target.of({**target_for(URL), "headers": {"user-agent": "mine"}})
    level = Level(name="u", headers=(("User-Agent", "curl/8"),))
    assert in_voice(PLAIN, (level,), target) == PLAIN


def test_the_client_leaves_out_what_a_voice_lacks_and_writes_names_small() -> None:
    level = Level(name="x", without=("Accept",), lower_case=True, new_connection=True)
    request = in_voice(PLAIN, (level,), TARGET)
    with Client(Settings(base_url=URL, run_id="r")) as client:
        names = [name for name, _ in client.headers(request)]
    assert "accept" not in names
    assert names == [name.lower() for name in names]
    assert request.fresh
