"""Single values, each form that is right and each that is nearly so."""

from decimal import Decimal

import pytest

from neptun_conformance.bodies.members import (
    Form,
    date_time,
    is_whole,
    looks_like_media_type,
    url_problem,
)

DAY = "2024-05-01"


@pytest.mark.parametrize("value", [0, 1, -7, 1.0, 1e3, 2**60, Decimal("1E+400")])
def test_whole_numbers_are_whole_however_they_are_written(value: object) -> None:
    assert is_whole(value)


@pytest.mark.parametrize(
    "value", [True, False, "1", 1.5, None, [], Decimal("0.5"), float("inf"), float("nan")]
)
def test_anything_else_is_not_whole(value: object) -> None:
    assert not is_whole(value)


@pytest.mark.parametrize(
    "text",
    [
        f"{DAY}T09:30:00Z",
        f"{DAY}t09:30:00z",
        f"{DAY} 09:30:00Z",
        f"{DAY}T09:30:00.1Z",
        f"{DAY}T09:30:00.123456789012+05:45",
        f"{DAY}T23:59:59-23:59",
        f"{DAY}T00:00:00-00:00",
        "2024-02-29T00:00:00Z",
        "2000-02-29T00:00:00Z",
        "0000-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2016-12-31T23:59:60Z",
        "2017-01-01T00:59:60+01:00",
        "2016-12-31T18:59:60-05:00",
        "2016-12-31T18:29:60-05:30",
    ],
)
def test_a_moment_of_rfc_3339_is_exact(text: str) -> None:
    assert date_time(text) is Form.EXACT


@pytest.mark.parametrize(
    "text",
    [
        DAY,
        f"{DAY}T09:30:00",
        f"{DAY}T09:30",
        f"{DAY} 09:30Z",
        f"{DAY}T09:30:00+0000",
        f"{DAY}T09:30:00,25Z",
        "2016-12-31T23:59:60",
    ],
)
def test_a_moment_without_all_of_its_parts_is_nearly_one(text: str) -> None:
    assert date_time(text) is Form.NEARLY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1714555800",
        "2024-00-01T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-05-00T00:00:00Z",
        "2024-04-31T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        f"{DAY}T24:00:00Z",
        f"{DAY}T09:60:00Z",
        f"{DAY}T09:30:61Z",
        f"{DAY}T09:30:00+24:00",
        f"{DAY}T09:30:00+00:60",
        f"{DAY}T09:59:60Z",
        f"{DAY}T23:58:60Z",
        "2016-12-31T23:59:60+01:00",
        f"{DAY}T09:30:00.Z",
        f"{DAY}T09:30:00Z UTC",
        f"{DAY}T",
        "2024-02-30",
        "2024-5-1T09:30:00Z",
        "24-05-01T09:30:00Z",
        "20240501T093000Z",
        "2024-W18-3T09:30:00Z",
        "\uff12\uff10\uff12\uff14-05-01T09:30:00Z",
        f"{DAY}T09:30:00Z\n",
    ],
)
def test_what_is_no_moment_is_wrong(text: str) -> None:
    assert date_time(text) is Form.WRONG


@pytest.mark.parametrize(
    "text",
    [
        "https://files.example.com/901",
        "http://files.example.com",
        "HTTPS://FILES.EXAMPLE.COM/901",
        "https://user:pass@files.example.com:8443/901?a=b&c=d#e",
        "http://minio:9000/bucket/901",
        "http://192.0.2.7/901",
        "http://[2001:db8::1]:9000/901",
        "https://münchen.example/ü ß.txt",
        "https://xn--mnchen-3ya.example/901",
        "https://files.example.com/?path=a\\b",
        f"https://files.example.com/{'a' * 9_000}",
        "https://files.example.com:65535/",
        "https://files.example.com/901\u2028",
        "https://files.example.com/901\u3000",
        "https://files.example.com/901\u00a0",
    ],
)
def test_an_absolute_url_with_a_host_is_one(text: str) -> None:
    assert url_problem(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "scheme"),
        ("files/901", "scheme"),
        ("//files.example.com/901", "scheme"),
        ("ftp://files.example.com/901", "scheme"),
        ("httpss://files.example.com/901", "scheme"),
        ("https:/files.example.com/901", "// and host"),
        ("https:files.example.com/901", "// and host"),
        ("https://", "// and host"),
        ("https:///901", "// and host"),
        ("https://?a", "// and host"),
        ("https://#a", "// and host"),
        ("https:\\\\files.example.com", "// and host"),
        ("https://files.example.com\\901", "backslash"),
        ("https://files.example.com/a\\b?c", "backslash"),
        (" https://files.example.com/901", "around it"),
        ("https://files.example.com/901\n", "around it"),
        ("https://files.example.com/901\x00", "around it"),
        ("https://files.example.com/901\x20", "around it"),
        ("https://files.example.com:65536/", "port"),
        ("https://files.example.com:port/", "port"),
        ("https://files example.com/901", "domain"),
        ("https://[2001:db8::1/901", "IPv6"),
        ("https://files.example.com/\ud800", "unicode"),
    ],
)
def test_another_text_is_no_url_for_a_reason(text: str, reason: str) -> None:
    assert reason in (url_problem(text) or "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" https://a.example", "spaces around it, or control characters"),
        ("https://a.example/\tb", "spaces around it, or control characters"),
        ("https://a.example/b\0", "spaces around it, or control characters"),
        ("ftp://a.example", "not absolute with the scheme http or https"),
        ("https:a.example", "no // and host after the scheme"),
        ("https://a.example\\b", "a backslash"),
    ],
)
def test_the_reason_is_said_in_words(text: str, reason: str) -> None:
    assert url_problem(text) == reason


@pytest.mark.parametrize(
    "text",
    ["text/plain", "a/b", "x-custom/x.thing+json", "text/plain; charset=utf-8", "a/b ;\nc", "*/*"],
)
def test_type_and_subtype_look_like_a_media_type(text: str) -> None:
    assert looks_like_media_type(text)


@pytest.mark.parametrize(
    "text",
    ["", "pdf", "/", "a/", "/b", "a/b/c", "a b/c", " a/b", "a/b charset", "tëxt/plain", "a/b\n"],
)
def test_anything_else_does_not_look_like_a_media_type(text: str) -> None:
    assert not looks_like_media_type(text)
