import json
import os
import time
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

data = json.loads(Path(os.environ["DATA"]).read_text("utf-8"))
sessions = data["sessions"]
chats = {chat["id"]: chat for chat in data["chats"]}


@web.middleware
async def errors(request, handler):
    try:
        return await handler(request)
    except web.HTTPException as error:
        status, message = error.status, error.text
        phrase = HTTPStatus(status).phrase
        body = {"statusCode": status, "statusMessage": phrase, "data": {"message": message}}
        return web.json_response(body, status=status)


def caller(request):
    session = sessions.get(request.cookies.get("neptun-session"))
    if session is None or session["expiresAt"] <= time.time():
        raise web.HTTPUnauthorized(text="No valid session")
    return session["userId"]


routes = web.RouteTableDef()


@routes.get(r"/api/users/{user_id}/chats/{chat_id:[0-9]{1,16}}/files")
async def chat_files(request):
    is_own = caller(request) == request.match_info["user_id"]
    chat = chats.get(int(request.match_info["chat_id"]))
    if chat is None or not is_own or chat["userId"] != request.match_info["user_id"]:
        raise web.HTTPNotFound(text="Chat not found")
    return web.json_response({"chatFiles": chat["files"]})


app = web.Application(middlewares=[errors])
app.add_routes(routes)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None, access_log=None)
