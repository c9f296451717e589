import json
import os
import time
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException as StarletteHTTPException

data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {chat["id"]: chat for chat in data["chats"]}


class ChatFile(BaseModel):
    id: int
    chat_conversation_id: int
    name: str
    size: int
    type: str
    created_at: datetime
    url: str


class ChatFiles(BaseModel):
    chatFiles: list[ChatFile]


app = FastAPI()


@app.exception_handler(StarletteHTTPException)
async def on_error(request, error):
    return JSONResponse(
        {
            "statusCode": error.status_code,
            "statusMessage": HTTPStatus(error.status_code).phrase,
            "data": {"message": error.detail},
        },
        error.status_code,
        error.headers,
    )


@app.exception_handler(RequestValidationError)
async def on_invalid(request, error):
    return await on_error(request, HTTPException(404, "Chat not found"))


def caller(session: Annotated[str, Cookie(alias="neptun-session")] = "") -> str:
    found = sessions.get(session)
    if found is None or found["expiresAt"] <= time.time():
        raise HTTPException(401, "No valid session")
    return found["userId"]


@app.get("/api/users/{user_id}/chats/{chat_id}/files")
def chat_files(user_id: str, chat_id: int, caller: Annotated[str, Depends(caller)]) -> ChatFiles:
    chat = chats.get(chat_id)
    if chat is None or chat["userId"] != user_id or caller != user_id:
        raise HTTPException(404, "Chat not found")
    return {"chatFiles": chat["files"]}
