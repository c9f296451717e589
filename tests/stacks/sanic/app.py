import json
import os
import time
from http import HTTPStatus
from pathlib import Path

from sanic import NotFound, Sanic, SanicException, Unauthorized
from sanic import json as json_response

data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {chat["id"]: chat for chat in data["chats"]}

app = Sanic("chat-files")


@app.exception(SanicException)
async def on_error(request, error):
    status = error.status_code
    phrase = HTTPStatus(status).phrase
    body = {"statusCode": status, "statusMessage": phrase, "data": {"message": str(error)}}
    return json_response(body, status, error.headers)


def caller(request):
    session = sessions.get(request.cookies.get("neptun-session"))
    if session is None or session["expiresAt"] <= time.time():
        raise Unauthorized("No valid session")
    return session["userId"]


@app.route(
    "/api/users/<user_id:str>/chats/<chat_id:int>/files", methods=["GET", "HEAD"], unquote=True
)
async def chat_files(request, user_id, chat_id):
    is_own = caller(request) == user_id
    chat = chats.get(chat_id)
    if chat is None or not is_own or chat["userId"] != user_id:
        raise NotFound("Chat not found")
    return json_response({"chatFiles": chat["files"]})
