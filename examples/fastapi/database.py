"""The database of DATABASE_URL and its four tables, alike on SQLite and on PostgreSQL."""

import os
from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, String, Text, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///demo.db"))
connect = sessionmaker(engine)


class Base(DeclarativeBase):
    """What all tables share: times are UTC and kept without offset, as SQLite has none."""

    type_annotation_map: ClassVar = {
        int: BigInteger,
        str: Text,
        datetime: DateTime(timezone=False),
    }


class User(Base):
    """Somebody who owns chats."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)


class LoginSession(Base):
    """An open or expired session; of the cookie's value only the digest is kept."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(User.id))
    expires_at: Mapped[datetime]


class Chat(Base):
    """A conversation of one user."""

    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(User.id), index=True)
    files: Mapped[list["File"]] = relationship(order_by="File.id")


class File(Base):
    """A file in a chat."""

    __tablename__ = "files"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_conversation_id: Mapped[int] = mapped_column(ForeignKey(Chat.id), index=True)
    name: Mapped[str]
    size: Mapped[int]
    type: Mapped[str]
    created_at: Mapped[datetime]
    url: Mapped[str]
