"""All exchanges of a run as an HTTP Archive (HAR) 1.2, for a browser's developer tools."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from http.client import responses as phrases
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from neptun_conformance.results.text import failed, visible

if TYPE_CHECKING:
    from neptun_conformance.results.result import (
        ExchangeRecord,
        Header,
        RequestRecord,
        ResponseRecord,
        Result,
    )

_UNKNOWN = -1
"""What HAR says for a size that was not measured."""


def render(result: Result) -> str:
    """Return the exchanges that the result holds, in order; those without an answer as status 0."""
    began = datetime.fromisoformat(result.started)
    log = {
        "version": "1.2",
        "creator": {"name": "neptun-conformance", "version": result.suite_version},
        "entries": [_entry(exchange, began=began) for exchange in result.exchanges],
    }
    return json.dumps({"log": log}, indent=1) + "\n"


def _entry(exchange: ExchangeRecord, *, began: datetime) -> dict[str, object]:
    milliseconds = round(exchange.seconds * 1000, 3)
    response = exchange.response
    return {
        "startedDateTime": (began + timedelta(seconds=exchange.started)).isoformat(),
        "time": milliseconds,
        "request": _request(exchange.request, version=response.http_version if response else ""),
        "response": _response(response) if response else _no_response(failed(exchange)),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": visible(f"{exchange.id}: {exchange.situation}"),
    }


def _request(request: RequestRecord, *, version: str) -> dict[str, object]:
    query = parse_qsl(request.url.partition("?")[2], keep_blank_values=True)
    sent: dict[str, object] = {"bodySize": len(request.body or "")}
    if request.body:
        kind = next((v for n, v in request.headers if n.lower() == "content-type"), "")
        sent["postData"] = {"mimeType": visible(kind), "text": visible(request.body)}
    return {
        "method": request.method,
        "url": visible(request.url),
        "httpVersion": version,
        "cookies": [],
        "headers": _pairs(request.headers),
        "queryString": _pairs(query),
        "headersSize": _UNKNOWN,
        **sent,
    }


def _response(response: ResponseRecord) -> dict[str, object]:
    content: dict[str, object] = {
        "size": response.body_size,
        "mimeType": visible(_header(response, "content-type")),
    }
    if response.body is None:
        content["comment"] = "left out"
    else:
        content["text"] = visible(response.body)
        content |= {"comment": "cut"} if response.body_cut else {}
    return {
        "status": response.status,
        "statusText": phrases.get(response.status, ""),
        "httpVersion": response.http_version,
        "cookies": [],
        "headers": _pairs(response.headers),
        "content": content,
        "redirectURL": visible(_header(response, "location")),
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
    }


def _no_response(failure: str) -> dict[str, object]:
    return {
        "status": 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": {"size": 0, "mimeType": "", "comment": visible(failure)},
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": _UNKNOWN,
    }


def _pairs(pairs: list[Header]) -> list[dict[str, str]]:
    return [{"name": visible(name), "value": visible(value)} for name, value in pairs]


def _header(response: ResponseRecord, name: str) -> str:
    return next((value for key, value in response.headers if key.lower() == name), "")
