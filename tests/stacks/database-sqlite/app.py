"""The endpoint on a database that checks the ids itself: what its driver refuses is a 500."""

import json
import os
import re
import time
from contextlib import closing
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

DRIVER = os.environ["DRIVER"]
DATE = re.compile(r"\d{4}-\d\d-\d\dT")
MEMBERS = ("id", "chat_conversation_id", "name", "size", "type", "created_at", "url")
CHAT = "SELECT id FROM chat_conversations WHERE user_id = {} AND user_id = {} AND id = {}"
FILES = f"SELECT {', '.join(MEMBERS)} FROM chat_conversation_files WHERE chat_conversation_id = {{}}"
TABLES = (
    "CREATE TABLE chat_conversations (id BIGINT PRIMARY KEY, user_id VARCHAR(100))",
    "CREATE TABLE chat_conversation_files (id BIGINT, chat_conversation_id BIGINT,"
    " name TEXT, size BIGINT, type TEXT, created_at {}, url TEXT)",
)

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
    if DRIVER == "pymysql":
        import pymysql

        return pymysql.connect(unix_socket=os.environ["MYSQL_SOCKET"], user="root", database="chats")
    import sqlite3

    return sqlite3.connect("chats.db")


def seed():
    """Fill a database that has no database.sql: SQLite keeps a time as text, MariaDB as UTC."""
    mark, time_type = ("?", "TEXT") if DRIVER == "sqlite" else ("%s", "DATETIME(6)")
    with closing(connect()) as database, closing(database.cursor()) as cursor:
        for table in ("chat_conversations", "chat_conversation_files"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        for table in TABLES:
            cursor.execute(table.format(time_type))
        for chat in DATA["chats"]:
            cursor.execute(
                f"INSERT INTO chat_conversations VALUES ({mark}, {mark})",
                (chat["id"], chat["userId"]),
            )
            for file in chat["files"]:
                cursor.execute(
                    f"INSERT INTO chat_conversation_files VALUES ({', '.join([mark] * 7)})",
                    tuple(stored(file[member]) for member in MEMBERS),
                )
        database.commit()


def stored(value):
    """MariaDB's DATETIME has no zone: it is given UTC."""
    if DRIVER == "pymysql" and isinstance(value, str) and DATE.match(value):
        return datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)
    return value


def find(user_id, caller, chat_id):
    mark = "?" if DRIVER == "sqlite" else "%s"
    with closing(connect()) as database, closing(database.cursor()) as cursor:
        cursor.execute(CHAT.format(mark, mark, mark), (user_id, caller, chat_id))
        if cursor.fetchone() is None:
            return None
        cursor.execute(FILES.format(mark), (chat_id,))
        return cursor.fetchall()


async def find_by_asyncpg(user_id, caller, chat_id):
    import asyncpg

    database = await asyncpg.connect()
    try:
        if await database.fetchrow(CHAT.format("$1", "$2", "$3"), user_id, caller, chat_id) is None:
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
        rows = await find_by_asyncpg(user_id, session["userId"], chat_id)
    else:
        rows = await run_in_threadpool(find, user_id, session["userId"], chat_id)
    if rows is None:
        raise HTTPException(404, "Chat not found")
    return JSONResponse({"chatFiles": [dict(zip(MEMBERS, map(plain, row))) for row in rows]})


def plain(value):
    if not isinstance(value, datetime):
        return value
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()


def problem(request: Request, error: Exception):
    status, message = 500, "Server error"
    if isinstance(error, HTTPException):
        status, message = error.status_code, error.detail
    phrase = HTTPStatus(status).phrase
    body = {"statusCode": status, "statusMessage": phrase, "data": {"message": message}}
    return JSONResponse(body, status)


if DRIVER in {"sqlite", "pymysql"}:
    seed()

app = Starlette(
    routes=[Route("/api/users/{user_id}/chats/{chat_id}/files", chat_files)],
    exception_handlers={HTTPException: problem, Exception: problem},
)
