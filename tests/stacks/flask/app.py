import json
import os
import time
from pathlib import Path

from flask import Flask, abort, request
from werkzeug.exceptions import HTTPException

data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {chat["id"]: chat for chat in data["chats"]}

app = Flask(__name__)


@app.errorhandler(HTTPException)
def on_error(error):
    response = error.get_response()
    response.data = json.dumps(
        {
            "statusCode": error.code,
            "statusMessage": error.name,
            "data": {"message": error.description},
        }
    )
    response.content_type = "application/json"
    return response


def caller():
    session = sessions.get(request.cookies.get("neptun-session"))
    if session is None or session["expiresAt"] <= time.time():
        abort(401, "No valid session")
    return session["userId"]


@app.get("/api/users/<user_id>/chats/<int:chat_id>/files")
def chat_files(user_id, chat_id):
    is_own = caller() == user_id
    chat = chats.get(chat_id)
    if not is_own or chat is None or chat["userId"] != user_id:
        abort(404, "Chat not found")
    return {"chatFiles": chat["files"]}
