"""What a request names: the accounts, their chats, and users, real or made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from neptun_conformance.cutting import quoted


class Account(Enum):
    """The two people who have an account at the target."""

    OWNER = "owner"
    STRANGER = "stranger"

    __hash__ = object.__hash__  # each member is one object; Enum hashes its name, in Python


@dataclass(frozen=True, slots=True)
class ChatOf:
    """A real chat of an account: the one with files, or the empty one."""

    account: Account
    empty: bool = False

    def __str__(self) -> str:
        kind = "empty chat" if self.empty else "chat with files"
        return f"the {self.account.value}'s {kind}"


@dataclass(frozen=True, slots=True)
class UnknownChat:
    """A number that is nobody's chat.

    Arguments:
        further: another one than the target promises.
    """

    further: bool = False

    def __str__(self) -> str:
        return f"{'another' if self.further else 'a'} chat that does not exist"


@dataclass(frozen=True, slots=True)
class Written:
    """A chat id written out.

    Arguments:
        text: the id, percent-encoded already where ``encoded`` is set.
    """

    text: str
    encoded: bool = False

    def __str__(self) -> str:
        return f"the chat id {quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class Derived:
    """A chat id made from that of a real chat.

    Arguments:
        chat: the real chat.
        name: what is done to its number, in words.
        write: gets the number and returns the text.
        encoded: the text is percent-encoded already.
    """

    chat: ChatOf
    name: str
    write: Callable[[int], str] = field(compare=False)
    encoded: bool = False

    def __str__(self) -> str:
        return f"{self.chat}, its id {self.name}"


Chat = ChatOf | UnknownChat | Written | Derived


@dataclass(frozen=True, slots=True)
class UserOf:
    """The user id of an account; ``encoding`` says how its characters go into the path."""

    account: Account
    encoding: str = "plain"

    def __str__(self) -> str:
        how = "" if self.encoding == "plain" else f", encoded {self.encoding},"
        return f"the {self.account.value}'s id{how}"


@dataclass(frozen=True, slots=True)
class UnknownUser:
    """A user id in the owner's shape that names nobody."""

    def __str__(self) -> str:
        return "a user who does not exist"


@dataclass(frozen=True, slots=True)
class WrittenUser:
    """A user id written out, percent-encoded already where ``encoded`` is set."""

    text: str
    encoded: bool = False

    def __str__(self) -> str:
        return f"the user id {quoted(self.text)}"


@dataclass(frozen=True, slots=True)
class DerivedUser:
    """Another user id made from a real one; ``write`` gets the id and returns a different one.

    Where it is ``encoded``, that stands in the path as it is.
    """

    account: Account
    name: str
    write: Callable[[str], str] = field(compare=False)
    encoded: bool = False

    def __str__(self) -> str:
        return f"the {self.account.value}'s id {self.name}"


User = UserOf | UnknownUser | WrittenUser | DerivedUser
