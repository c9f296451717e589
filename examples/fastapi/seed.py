"""Demo data: three users with their sessions, chats and files."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import select

from auth import digest
from database import Base, Chat, File, LoginSession, User, connect, engine

ANN = "ann a+b@example.com/ü"
FAR_FUTURE = datetime.fromisoformat("2099-01-01")
LONG_AGO = datetime.fromisoformat("2020-01-01")

# Values of the cookie, byte for byte: percent signs, stars and slashes stay as they are.
SESSIONS = [
    ("W_K8sU8VOnXI_fGr5fSbj9bV5llnzyHKbrEn_1kWb1A6", "alice", FAR_FUTURE),
    ("bwTRNdJz79iGzly4IHfuoLuxOhM9N7jsmeWZvLaU0-eh", "bob", FAR_FUTURE),
    ("s%3ALCX0ZTwLqq8sGiS76rDHwBoaGOATFF3F2H0l**rckd3D%2Bc/G=", ANN, FAR_FUTURE),
    ("xIYKI8xYUQjBvij_LaNewjzteSG9RIYZLpfb6t0yl44g", "alice", LONG_AGO),
]
CHATS = [
    (42, "alice"),
    (43, "alice"),
    (51, "bob"),
    (52, "bob"),
    (2**32 + 42, ANN),  # chat numbers do not end at 32 bits
    (2**32 + 43, ANN),
]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = [
    (1, 42, "minutes.pdf", 48_213, "application/pdf", "2024-05-02T08:15:00"),
    (2, 42, "Übersicht 2024.csv", 1_980, "text/csv", "2024-05-02T08:16:30.250"),
    (3, 42, "写真.png", 734_002, "image/png", "2024-05-03T17:40:00"),
    (4, 42, "empty.txt", 0, "text/plain", "2024-05-04T09:00:00"),
    (5, 51, "plan.md", 5_120, "text/markdown", "2024-06-11T12:00:00"),
    (6, 51, "café ☕.json", 312, "application/json", "2024-06-11T12:05:00"),
    (7, 2**32 + 42, "отчёт.docx", 20_480, DOCX, "2024-07-01T06:30:00"),
    (8, 2**32 + 42, 'naïve "quotes".txt', 64, "text/plain", "2024-07-01T06:31:00"),
    (9, 2**32 + 42, "film.mp4", 5_368_709_120, "video/mp4", "2024-07-02T21:00:00"),
]


def fill() -> None:
    """Create the tables, and the demo data where there is nobody yet."""
    Base.metadata.create_all(engine)
    with connect.begin() as database:
        if database.scalar(select(User).limit(1)) is None:
            for row in _rows():  # one by one: a row may refer to those before it
                database.add(row)
                database.flush()


def _rows() -> Iterator[Base]:
    for user in ("alice", "bob", ANN):
        yield User(id=user)
    for value, user, expires in SESSIONS:
        yield LoginSession(digest=digest(value), user_id=user, expires_at=expires)
    for number, user in CHATS:
        yield Chat(id=number, user_id=user)
    for number, chat, name, size, media_type, created in FILES:
        yield File(
            id=number,
            chat_conversation_id=chat,
            name=name,
            size=size,
            type=media_type,
            created_at=datetime.fromisoformat(created),
            url=f"https://files.example.com/{number}/{quote(name)}",
        )
