import json
import os
import time
from pathlib import Path

import falcon

data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {chat["id"]: chat for chat in data["chats"]}


class SessionMiddleware:
    def process_resource(self, req, resp, resource, params):
        values = req.get_cookie_values("neptun-session") or [""]
        session = sessions.get(values[0])
        if session is None or session["expiresAt"] <= time.time():
            raise falcon.HTTPUnauthorized(description="No valid session")
        req.context.caller = session["userId"]


class ChatFiles:
    def on_get(self, req, resp, user_id, chat_id):
        chat = chats.get(chat_id)
        if chat is None or chat["userId"] != user_id or req.context.caller != user_id:
            raise falcon.HTTPNotFound(description="Chat not found")
        resp.media = {"chatFiles": chat["files"]}

    on_head = on_get


def serialize(req, resp, error):
    code, phrase = error.status.split(" ", 1)
    message = error.description or phrase
    resp.media = {"statusCode": int(code), "statusMessage": phrase, "data": {"message": message}}


app = falcon.App(middleware=[SessionMiddleware()])
app.set_error_serializer(serialize)
app.add_route("/api/users/{user_id}/chats/{chat_id:int}/files", ChatFiles())
