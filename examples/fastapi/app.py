"""The chat files endpoint with FastAPI and SQLAlchemy, and its start on the loopback."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict
from sqlalchemy import select
from starlette.exceptions import HTTPException as AnyHTTPException

import seed
from auth import SignedIn, signed_in
from database import Chat, connect

# The id is a `path`, since Starlette decodes before it routes and an id may hold a slash.
ROUTE = "/api/users/{user_id:path}/chats/{chat_id}/files"
READING = ["GET", "HEAD"]
WRITING = ["POST", "PUT", "PATCH", "DELETE"]
ALLOW = {"Allow": "GET, HEAD, OPTIONS"}
MESSAGES = {
    401: "Please sign in",
    404: "Chat not found",
    405: "Files can only be read",
    500: "The server failed to answer",
}

# One spelling for each number, and none that a 64-bit column could not hold.
ChatId = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,15}$")]


class ChatFile(BaseModel):
    """A file as the endpoint shows it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    chat_conversation_id: int
    name: str
    size: int
    type: str
    created_at: Annotated[datetime, AfterValidator(lambda time: time.replace(tzinfo=UTC))]
    url: str


class ChatFiles(BaseModel):
    """The answer: all files of a chat, possibly none."""

    chatFiles: list[ChatFile]  # noqa: N815 - the name is the endpoint's


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Have the tables and the demo data ready before the first request."""
    seed.fill()
    yield


# The dependency stands before every route, the last one too: without a session all is 401.
app = FastAPI(lifespan=lifespan, openapi_url=None, dependencies=[Depends(signed_in)])


@app.api_route(ROUTE, methods=READING)
def list_files(user_id: str, chat_id: ChatId, user: SignedIn, response: Response) -> ChatFiles:
    """List the files of the user's own chat; a foreign chat is as unknown as a missing one."""
    if user_id != user:
        raise HTTPException(404)
    # Held within this function only: a connection kept until the answer has left would wait
    # for a free thread while the threads wait for a connection.
    with connect() as database:
        chat = database.scalar(select(Chat).where(Chat.id == int(chat_id), Chat.user_id == user))
        if chat is None:
            raise HTTPException(404)
        files = [ChatFile.model_validate(file) for file in chat.files]
    response.headers["Cache-Control"] = "private, no-store"
    return ChatFiles(chatFiles=files)


@app.options(ROUTE)
def options() -> Response:
    """Tell which methods there are."""
    return Response(status_code=204, headers=ALLOW)


@app.api_route(ROUTE, methods=WRITING)
def refuse_writing() -> None:
    """Refuse what would change files."""
    raise HTTPException(405, headers=ALLOW)


@app.api_route("/{path:path}", methods=[*READING, *WRITING, "OPTIONS"])
def unknown() -> None:
    """Answer for every other path, once somebody is signed in."""
    raise HTTPException(404)


@app.exception_handler(AnyHTTPException)
def http_error(_: Request, error: AnyHTTPException) -> JSONResponse:
    """Give any refusal, the framework's own included, the documented body."""
    return _error(error.status_code, error.headers)


@app.exception_handler(RequestValidationError)
def no_such_number(_: Request, __: RequestValidationError) -> JSONResponse:
    """Answer 404: what is no chat number names no chat."""
    return _error(404)


@app.exception_handler(Exception)
def fault(_: Request, __: Exception) -> JSONResponse:
    """Answer 500; the trace goes to the server's log, not to the caller."""
    return _error(500)


def _error(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    phrase = HTTPStatus(status).phrase
    body = {
        "statusCode": status,
        "statusMessage": phrase,
        "data": {"message": MESSAGES.get(status, phrase)},
    }
    return JSONResponse(body, status, headers)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
