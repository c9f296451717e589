"""Conditions and ranges that are read wrongly, and a server that reads all of them rightly."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance import http_date
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_headers, with_status
from neptun_conformance.server.faults.asking import place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.VALIDATORS)
legal = Theme()

MOMENT = datetime(2024, 5, 2, 9, 0, 0, tzinfo=UTC)
WRITTEN = "Thu, 02 May 2024 09:00:00 GMT"


class Dated(Reference):
    """Tells since when the files are as they are, and heeds conditions by that moment."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = with_headers(super().present(request, chat, files), last_modified=WRITTEN)
        if response.status_code != 200:
            return response
        if self.has_failed(request):
            return Response(status_code=412)
        seen = "if-none-match" not in request.headers and self.is_seen(request)
        return Response(status_code=304, headers=dict(response.headers)) if seen else response

    def has_failed(self, request: Request) -> bool:
        """Tell whether the files are of later than somebody takes them."""
        moment = http_date.read(request.headers.get("if-unmodified-since", ""))
        return moment is not None and moment < MOMENT

    def is_seen(self, request: Request) -> bool:
        """Tell whether somebody has the files of that moment."""
        moment = http_date.read(request.headers.get("if-modified-since", ""))
        return moment is not None and moment >= MOMENT


@legal()
class ConditionsAndRanges(Dated):
    """The files have a moment and a tag, and conditions and ranges are heeded as RFC 9110 says."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        tags = request.headers.get("if-match", "*")
        if tags != "*" and response.headers.get("etag", "") not in tags:
            return Response(status_code=412)
        unit, _, octets = request.headers.get("range", "").partition("=")
        first, _, last = octets.partition("-")
        condition = request.headers.get("if-range", WRITTEN)
        ours = condition in {WRITTEN, response.headers.get("etag")}
        if response.status_code != 200 or unit != "bytes" or not first.isdecimal() or not ours:
            return response
        whole = bytes(response.body)
        end = min(int(last), len(whole) - 1) if last.isdecimal() else len(whole) - 1
        if int(first) > end:
            return Response(status_code=416, headers={"content-range": f"bytes */{len(whole)}"})
        place = {"content-range": f"bytes {first}-{end}/{len(whole)}"}
        return Response(whole[int(first) : end + 1], 206, place, "application/json")


@faults("conditional.not-modified")
class ConditionalByTheMinute(Dated):
    """Moments are compared by the minute, so that one a second earlier is no other."""

    def is_seen(self, request: Request) -> bool:
        moment = http_date.read(request.headers.get("if-modified-since", ""))
        return moment is not None and moment > MOMENT - timedelta(minutes=1)


@faults("conditional.not-modified")
class ConditionalWithoutADate(Dated):
    """What is no date in If-Modified-Since stands for now, so that it is a 304."""

    def is_seen(self, request: Request) -> bool:
        text = request.headers.get("if-modified-since")
        return text is not None and (http_date.read(text) is None or super().is_seen(request))


@faults("conditional.not-modified")
class ConditionalTheWrongWay(Dated):
    """An If-Unmodified-Since that is later than the files is a 412."""

    def has_failed(self, request: Request) -> bool:
        moment = http_date.read(request.headers.get("if-unmodified-since", ""))
        return moment is not None and moment > MOMENT


class ByTags(Reference):
    """Answers a 304 where it takes the tags of If-None-Match for its own."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        tags = request.headers.get("if-none-match")
        if tags is None or not self.takes(tags, response.headers["etag"], files):
            return response
        return Response(status_code=304, headers={"etag": response.headers["etag"]})

    def takes(self, tags: str, own: str, files: Sequence[File]) -> bool:
        """Tell whether these are its own; ``own`` is the right one, in quotes."""
        raise NotImplementedError


@faults("conditional.not-modified")
class ConditionalByPartOfATag(ByTags):
    """A tag that holds the right one is taken for it."""

    def takes(self, tags: str, own: str, files: Sequence[File]) -> bool:
        return own.strip('"') in tags


@faults("conditional.not-modified")
class ConditionalByTheEmptyTag(ByTags):
    """An empty tag is that of a chat without files."""

    def takes(self, tags: str, own: str, files: Sequence[File]) -> bool:
        return not files and not tags.removeprefix("W/").strip('"')


@faults("conditional.not-modified")
class ConditionalByNoTag(ByTags):
    """What holds no tag in quotes stands for any tag."""

    def takes(self, tags: str, own: str, files: Sequence[File]) -> bool:
        return '"' not in tags


class EarlyWhere(Reference):
    """Answers a 304 to who may not read, where a condition says so."""

    def authenticate(self, request: Request) -> User:
        place, reader = place_of(self, request), reader_of(self, request)
        outsider = place is not None and (reader is None or reader.id != place.user_id)
        if place is not None and outsider and self.is_early(request, place.chat_id, reader):
            raise Refusal(304, "")
        return super().authenticate(request)

    def is_early(self, request: Request, chat_id: str, reader: User | None) -> bool:
        """Tell whether nobody asks who is calling."""
        raise NotImplementedError

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 304:
            return Response(status_code=304)
        return super().refuse(request, refusal)


class EarlyByForm(EarlyWhere):
    """Answers who may not read where a tag or a range has a certain form.

    Arguments:
        header: where it stands.
        form: what its value looks like.
        status: that of the answer.
    """

    def __init__(self, header: str, form: str, status: int) -> None:
        super().__init__()
        self.header = header
        self.form = re.compile(form)
        self.status = status

    def is_early(self, request: Request, chat_id: str, reader: User | None) -> bool:
        return self.form.fullmatch(request.headers.get(self.header, "")) is not None

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        return with_status(response, self.status) if refusal.status == 304 else response


for name, words, header, form, status, clauses in (
    (
        "a-tag",
        "the plain tag",
        "if-none-match",
        '"[^"]{20,}"',
        304,
        ("authentication", "ownership"),
    ),
    ("a-weak-tag", "a weak tag", "if-none-match", 'W/"[^"]{20,}"', 304, ("ownership",)),
    ("a-list-of-tags", "a list", "if-none-match", '"[^"]*", "[^"]{20,}"', 304, ("authentication",)),
    ("any-tag", "*", "if-none-match", r"\*", 304, ("authentication", "ownership")),
    ("a-range", "the first octets", "range", "bytes=0-9", 206, ("ownership",)),
    ("a-late-range", "no octets", "range", "bytes=9{5,}-", 416, ("authentication", "ownership")),
    ("a-suffix", "the last octets", "range", r"bytes=-\d+", 206, ("authentication", "ownership")),
    ("several-ranges", "several parts", "range", "bytes=.*,.*", 206, ("authentication",)),
):
    faults.add(
        f"early-{status}-by-{name}",
        f"who may not read and asks for {words} in {header} gets a {status}",
        *(f"{clause}.conditional" for clause in clauses),
        build=partial(EarlyByForm, header, form, status),
    )


@faults("authentication.conditional")
class ConditionalByALateDate(EarlyWhere):
    """A late If-Modified-Since without a session is a 304."""

    def is_early(self, request: Request, chat_id: str, reader: User | None) -> bool:
        moment = http_date.read(request.headers.get("if-modified-since", ""))
        late = moment is not None and moment > datetime.now(UTC)
        return reader is None and late and "cookie" not in request.headers


@faults("ownership.conditional")
class ConditionalOfAnEmptyChat(EarlyWhere):
    """A condition on another user's chat without files is a 304."""

    def is_early(self, request: Request, chat_id: str, reader: User | None) -> bool:
        chats = (chat for user in self.users.values() for chat in user.chats)
        empty = any(str(chat.id) == chat_id and not chat.files for chat in chats)
        return reader is not None and empty and "if-none-match" in request.headers


@faults("files.complete", "reading.same-files")
class RangeOfFiles(Reference):
    """A range is one of files, and a 200."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        found = files[:1] if request.headers.get("range") else files
        return super().present(request, chat, found)


@faults("success.json")
class RangeIsA200(Reference):
    """The octets of a range come as a 200."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        if request.headers.get("range", "").startswith("bytes=0-") and files:
            return Response(response.body[:10], 200, PRIVATE, "application/json")
        return response


PRIVATE = {"cache-control": "private, no-store"}


@faults("conditional.not-modified")
class RangeIsRefused(Reference):
    """A range is a 400."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if "range" in request.headers:
            raise Refusal(400, "There are no ranges here")
        return super().present(request, chat, files)


@faults("conditional.not-modified", "input.no-server-error")
class RangeOfNothingCrashes(Reference):
    """A range of a chat without files is a 500."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if "range" in request.headers and not files:
            raise ValueError
        return super().present(request, chat, files)
