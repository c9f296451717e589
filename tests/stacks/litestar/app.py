import json
import os
import time
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException, NotFoundException


@dataclass
class ChatFile:
    id: int
    chat_conversation_id: int
    name: str
    size: int
    type: str
    created_at: datetime
    url: str


@dataclass
class ChatFiles:
    chatFiles: list[ChatFile]


def read_file(file: dict) -> ChatFile:
    return ChatFile(**file | {"created_at": datetime.fromisoformat(file["created_at"])})


data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {
    (chat["userId"], chat["id"]): [read_file(file) for file in chat["files"]]
    for chat in data["chats"]
}


def on_error(request: Request, error: HTTPException) -> Response:
    status = error.status_code
    phrase = HTTPStatus(status).phrase
    body = {"statusCode": status, "statusMessage": phrase, "data": {"message": error.detail}}
    return Response(body, status_code=status, media_type="application/json", headers=error.headers)


async def provide_caller(request: Request) -> str:
    session = sessions.get(request.cookies.get("neptun-session"))
    if session is None or session["expiresAt"] <= time.time():
        raise NotAuthorizedException("No valid session")
    return session["userId"]


@get(
    "/api/users/{user_id:str}/chats/{chat_id:int}/files",
    dependencies={"caller": Provide(provide_caller)},
)
async def chat_files(user_id: str, chat_id: int, caller: str) -> ChatFiles:
    files = chats.get((user_id, chat_id))
    if files is None or caller != user_id:
        raise NotFoundException("Chat not found")
    return ChatFiles(files)


app = Litestar([chat_files], exception_handlers={HTTPException: on_error}, openapi_config=None)
