"""The endpoint on a database that checks the ids itself: what its driver refuses is a 500."""

import json
import os
import time
from contextlib import closing
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

DRIVER = os.environ["DRIVER"]
MEMBERS = ("id", "chat_conversation_id", "name", "size", "type", "created_at", "url")
CHAT = "SELECT id FROM chat_conversations WHERE user_id = {} AND id = {}"
FILES = f"SELECT {', '.join(MEMBERS)} FROM chat_conversation_files WHERE chat_conversation_id = {{}}"
MARKS = {"sqlite": "?", "psycopg": "%s", "pg8000": "%s"}

with open(os.environ["DATA"], encoding="utf-8") as file:
    DATA = json.load(file)


def connect():
    if DRIVER == "psycopg":
        import psycopg

        return psycopg.connect()
    if DRIVER == "pg8000":
        import pg8000.dbapi

        socket = f"{os.environ['PGHOST']}/.s.PGSQL.5432"
        return pg8000.dbapi.connect(user="postgres", unix_sock=socket)
    import sqlite3

    return sqlite3.connect("chats.db")


def seed():
    with closing(connect()) as database:
        database.executescript(
            "DROP TABLE IF EXISTS chat_conversations; DROP TABLE IF EXISTS chat_conversation_files;"
            "CREATE TABLE chat_conversations (id INTEGER PRIMARY KEY, user_id TEXT);"
            f"CREATE TABLE chat_conversation_files ({', '.join(MEMBERS)});"
        )
        for chat in DATA["chats"]:
            database.execute(
                "INSERT INTO chat_conversations VALUES (?, ?)", (chat["id"], chat["userId"])
            )
            for file in chat["files"]:
                database.execute(
                    "INSERT INTO chat_conversation_files VALUES (?, ?, ?, ?, ?, ?, ?)",
                    tuple(file[member] for member in MEMBERS),
                )
        database.commit()


def find(user_id, chat_id):
    mark = MARKS[DRIVER]
    with closing(connect()) as database, closing(database.cursor()) as cursor:
        cursor.execute(CHAT.format(mark, mark), (user_id, chat_id))
        if cursor.fetchone() is None:
            return None
        cursor.execute(FILES.format(mark), (chat_id,))
        return cursor.fetchall()


async def find_by_asyncpg(user_id, chat_id):
    import asyncpg

    database = await asyncpg.connect()
    try:
        if await database.fetchrow(CHAT.format("$1", "$2"), user_id, chat_id) is None:
            return None
        return await database.fetch(FILES.format("$1"), chat_id)
    finally:
        await database.close()


async def chat_files(request: Request):
    session = DATA["sessions"].get(request.cookies.get("neptun-session"))
    if session is None or session["expiresAt"] < time.time():
        raise HTTPException(401, "No valid session")
    try:
        chat_id = int(request.path_params["chat_id"])
    except ValueError:
        raise HTTPException(404, "Chat not found") from None
    user_id = request.path_params["user_id"]
    if DRIVER == "asyncpg":
        rows = await find_by_asyncpg(user_id, chat_id)
    else:
        rows = await run_in_threadpool(find, user_id, chat_id)
    if rows is None or session["userId"] != user_id:
        raise HTTPException(404, "Chat not found")
    return JSONResponse({"chatFiles": [dict(zip(MEMBERS, map(plain, row))) for row in rows]})


def plain(value):
    return value.isoformat() if isinstance(value, datetime) else value


def problem(request: Request, error: Exception):
    status, message = 500, "Server error"
    if isinstance(error, HTTPException):
        status, message = error.status_code, error.detail
    phrase = HTTPStatus(status).phrase
    body = {"statusCode": status, "statusMessage": phrase, "data": {"message": message}}
    return JSONResponse(body, status)


if DRIVER == "sqlite":
    seed()

app = Starlette(
    routes=[Route("/api/users/{user_id}/chats/{chat_id}/files", chat_files)],
    exception_handlers={HTTPException: problem, Exception: problem},
)
