"""What clients were heard to send: complete, in their own form, and of nobody's machine."""

import re

import pytest

from neptun_conformance.questions.clients import Client, clients

DOCUMENTED = ("curl", "httpx", "node")
BROWSERS = ("chromium", "firefox")
EVERY = pytest.mark.parametrize("client", clients().values(), ids=lambda client: client.name)


def test_the_documented_clients_and_browsers_were_heard() -> None:
    assert tuple(clients()) == (*DOCUMENTED, *BROWSERS)


@EVERY
def test_a_client_has_a_version_and_well_formed_headers(client: Client) -> None:
    assert re.fullmatch(r"\d+(\.\d+)+", client.version)
    for name, value in client.headers:
        assert re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)
        assert re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", value)


@EVERY
def test_a_client_sends_no_field_twice(client: Client) -> None:
    names = [name.lower() for name, _ in client.headers]
    assert len(names) == len(set(names))


@EVERY
def test_a_client_takes_anything_and_shows_the_session(client: Client) -> None:
    assert client.header("accept") == "*/*"
    assert client.header("cookie") == "{cookie}"
    assert client.header("HOST") == "{host}"


@EVERY
def test_nothing_of_the_recording_machine_is_kept(client: Client) -> None:
    assert not re.search(r"127\.|localhost|recorded|:\d{4,5}\b|Headless", str(client.headers))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_documented_client_names_itself(name: str) -> None:
    assert name in clients()[name].header("User-Agent")


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_tells_that_it_is_on_the_own_origin(name: str) -> None:
    assert clients()[name].header("Referer") == "{origin}/"
    assert dict(clients()[name].sent("sec-fetch-site")) == {"Sec-Fetch-Site": "same-origin"}


def test_a_header_that_a_client_does_not_send_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        clients()["curl"].header("Referer")
