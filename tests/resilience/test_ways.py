"""Whole runs of the real command along every way to a target that is not plain."""

from __future__ import annotations

import json
import socket
import ssl
from typing import TYPE_CHECKING, Any

import h2.stream
import pytest
import trustme
import yaml

from neptun_conformance.server.data import target_for
from neptun_conformance.server.reference import Reference
from tests.resilience.runs import CONFORMANT, NONCONFORMANT, UNREACHABLE, USAGE, Ended, Running
from tests.resilience.ways import Proxy, by_hypercorn, reference, reference_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = [target_for("http://h")[role] for role in ("owner", "stranger")]


def check(
    folder: Path, base_url: str, *options: str, environ: dict[str, str] | None = None
) -> Ended:
    """Run the command against a base URL to its end."""
    target = folder / "target.yaml"
    target.write_text(yaml.safe_dump(target_for(base_url)), "utf-8")
    arguments = ("--target", str(target), "--effort", "quick", *options)
    return Running(folder, *arguments, environ=environ).end()


def failing(folder: Path) -> dict[str, Any]:
    """Return the clauses that fail in the report of a folder, by their ids."""
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return {one["id"]: one for one in report["clauses"] if one["outcome"] == "fail"}


@pytest.fixture
def certified(authority: trustme.CA, tmp_path: Path) -> dict[str, Any]:
    """Return uvicorn's settings for a certificate of 127.0.0.1."""
    leaf = authority.issue_cert("127.0.0.1", "target.test")
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    leaf.private_key_pem.write_to_path(key)
    for part in leaf.cert_chain_pems:
        part.write_to_path(chain, append=True)
    return {"ssl_keyfile": str(key), "ssl_certfile": str(chain)}


async def lets_strangers_in_over_http_2(scope: Any, receive: Any, send: Any) -> None:
    """Take a cookie that came over HTTP/2 for the owner's of the path."""
    owners = {one["user_id"]: one["session"] for one in PEOPLE}
    asked_for = scope.get("path", "").split("/")[3:4]
    cookies = [pair for pair in scope.get("headers", ()) if pair[0] == b"cookie"]
    if scope.get("http_version") == "2" and cookies and asked_for and asked_for[0] in owners:
        session = f"neptun-session={owners[asked_for[0]]}".encode()
        headers = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        scope = {**scope, "headers": [*headers, (b"cookie", session)]}
    await Reference()(scope, receive, send)


async def reads_the_first_cookie_alone(scope: Any, receive: Any, send: Any) -> None:
    """Take no notice of cookies that come in further fields."""
    headers = dict(reversed(scope.get("headers", ())))
    await Reference()({**scope, "headers": [*headers.items()]}, receive, send)


@pytest.fixture
def proxies() -> Iterator[list[Proxy]]:
    """Close what is put into this list."""
    opened: list[Proxy] = []
    yield opened
    for proxy in opened:
        proxy.close()


def test_an_ipv6_literal(tmp_path: Path) -> None:
    with reference(socket.AF_INET6) as port:
        assert check(tmp_path, f"http://[::1]:{port}").status == CONFORMANT


def test_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with reference_at(path):
        assert check(tmp_path, "http://target.test", "--uds", path).status == CONFORMANT


def test_http_2_in_plain_text(tmp_path: Path) -> None:
    with by_hypercorn() as port:
        options = ("--http2-prior-knowledge", "--report-json", "report.json")
        ended = check(tmp_path, f"http://127.0.0.1:{port}", *options)
    assert ended.status == CONFORMANT
    assert "the requests went over HTTP/2" in ended.out
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    responses = [one["response"] for one in report["exchanges"]]
    assert {one["http_version"] for one in responses} == {"HTTP/2"}  # the documented client's, too


def test_what_is_wrong_over_http_2_alone_says_so(tmp_path: Path) -> None:
    with by_hypercorn(lets_strangers_in_over_http_2) as port:
        options = ("--http", "both", "--http2-prior-knowledge", "--report-json", "report.json")
        ended = check(tmp_path, f"http://127.0.0.1:{port}", *options)
    assert ended.status == NONCONFORMANT
    failed = failing(tmp_path)
    assert "ownership.foreign-pair" in failed
    found = [finding["only_over"] for one in failed.values() for finding in one["findings"]]
    assert {*found} == {"HTTP/2"}
    assert "over HTTP/2 only" in ended.out


def test_cookies_that_come_in_fields_of_their_own_are_all_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(h2.stream, "normalize_inbound_headers", lambda headers, _: headers)
    with by_hypercorn(reads_the_first_cookie_alone) as port:
        options = ("--http2-prior-knowledge", "--effort", "default", "--report-json", "report.json")
        ended = check(tmp_path, f"http://127.0.0.1:{port}", *options)
    assert ended.status == NONCONFORMANT
    assert "voice.status" in failing(tmp_path)


def test_both_versions_agree_on_what_is_right(tmp_path: Path) -> None:
    with by_hypercorn() as port:
        options = ("--http", "both", "--http2-prior-knowledge")
        ended = check(tmp_path, f"http://127.0.0.1:{port}", *options)
    assert ended.status == CONFORMANT
    assert "requests went over HTTP/1.1" in ended.out


def test_both_versions_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    ended = check(tmp_path, "http://127.0.0.1:1", "--http", "both")
    assert ended.status == USAGE
    assert "--http2-prior-knowledge" in ended.err


def test_a_target_without_http_2_is_not_judged_over_both(tmp_path: Path) -> None:
    with reference() as port:
        options = ("--http", "both", "--http2-prior-knowledge")
        ended = check(tmp_path, f"http://127.0.0.1:{port}", *options)
    assert ended.status == UNREACHABLE
    assert "over HTTP/2: the target speaks HTTP/1.1 here" in ended.out


def test_http_2_as_tls_agrees_on_it(tmp_path: Path, certified: dict[str, Any]) -> None:
    paths = {name.removeprefix("ssl_"): path for name, path in certified.items()}
    with by_hypercorn(**paths) as port:
        ended = check(tmp_path, f"https://127.0.0.1:{port}", "--http", "auto", "--insecure")
    assert ended.status == CONFORMANT
    assert "the requests went over HTTP/2" in ended.out


def test_http_1_1_as_tls_agrees_on_it(tmp_path: Path, certified: dict[str, Any]) -> None:
    with reference(**certified) as port:
        ended = check(tmp_path, f"https://127.0.0.1:{port}", "--http", "auto", "--insecure")
    assert ended.status == CONFORMANT
    assert "the requests went over HTTP/1.1" in ended.out


def test_an_authority_of_ones_own(tmp_path: Path, bundle: str, certified: dict[str, Any]) -> None:
    with reference(**certified) as port:
        url = f"https://127.0.0.1:{port}"
        assert check(tmp_path, url, "--ca-bundle", bundle).status == CONFORMANT
        unknown = check(tmp_path, url)
    assert unknown.status == UNREACHABLE
    assert "--ca-bundle" in unknown.err + unknown.out


def test_a_client_certificate(
    tmp_path: Path, authority: trustme.CA, bundle: str, certified: dict[str, Any]
) -> None:
    client = authority.issue_cert("client.test")
    pem = tmp_path / "client.pem"
    client.private_key_and_cert_chain_pem.write_to_path(pem)
    demand: dict[str, Any] = {"ssl_ca_certs": bundle, "ssl_cert_reqs": ssl.CERT_REQUIRED}
    with reference(**certified, **demand) as port:
        url, trust = f"https://127.0.0.1:{port}", ("--ca-bundle", bundle)
        shown = check(tmp_path, url, *trust, "--client-cert", str(pem), "--client-key", str(pem))
        hidden = check(tmp_path, url, *trust)
    assert (shown.status, hidden.status) == (CONFORMANT, UNREACHABLE)


def test_a_tunnel_through_a_proxy(
    tmp_path: Path, bundle: str, certified: dict[str, Any], proxies: list[Proxy]
) -> None:
    with reference(**certified) as port:
        proxies.append(Proxy(port))
        environ = {"HTTPS_PROXY": proxies[0].url}
        ran = check(tmp_path, "https://target.test", "--ca-bundle", bundle, environ=environ)
    assert ran.status == CONFORMANT
    assert set(proxies[0].asked) == {b"CONNECT target.test:443 HTTP/1.1"}


def test_a_proxy_that_passes_requests_on(tmp_path: Path, proxies: list[Proxy]) -> None:
    with reference() as port:
        proxies.append(Proxy(port))
        environ = {"HTTP_PROXY": proxies[0].url}
        ran = check(tmp_path, "http://target.test", environ=environ)
        excepted = check(tmp_path, "http://target.test", environ=environ | {"NO_PROXY": ".test"})
    assert (ran.status, excepted.status) == (CONFORMANT, UNREACHABLE)
    assert "target.test does not resolve" in excepted.out + excepted.err
    assert len(proxies[0].asked) > 100
