"""The people of one run, and what the target lacks of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from neptun_conformance.questions.situations import Account, ChatOf
from neptun_conformance.targets.missing import (
    further_missing_chat,
    missing_chat,
    missing_user,
)
from neptun_conformance.targets.model import NO_EXPIRED_SESSION, Identity, Target
from neptun_conformance.targets.session import Role, SessionKeeper

_ROLES: dict[str, Role] = {"owner": "owner", "stranger": "stranger", "expired": "expired"}


class Missing(LookupError):
    """The target lacks what a question needs, so it cannot be asked; the message says what."""


class NoSuchParticipant(Missing):
    """The target names no such person at all."""


class NotApplicableHere(LookupError):
    """The question makes no sense for this target; the message says why."""


@dataclass(frozen=True)
class Participants:
    """The people of one run: the target's accounts, its sessions, and who and what is unknown.

    Arguments:
        target: the target.
        sessions: gives the current session of each role.
        unknown_user: a user id that names nobody.
        unknown_chat: the number of nobody's chat.
        further_unknown_chat: another such number.
    """

    target: Target
    sessions: SessionKeeper
    unknown_user: str
    unknown_chat: int
    further_unknown_chat: int

    @classmethod
    def of(cls, target: Target, sessions: SessionKeeper) -> Participants:
        """Return the people of a run against ``target``."""
        chats = missing_chat(target), further_missing_chat(target)
        return cls(target, sessions, missing_user(target), *chats)

    def identity(self, account: Account) -> Identity:
        """Return an account's identity.

        Raises:
            Missing: the target names no such account.
        """
        identity = self.target.owner if account is Account.OWNER else self.target.stranger
        if identity is None:
            raise NoSuchParticipant(f"the target names no {account.value}")
        return identity

    def chat_id(self, chat: ChatOf) -> int:
        """Return the number of a real chat.

        Raises:
            Missing: the target does not name it.
        """
        identity = self.identity(chat.account)
        found = identity.empty_chat if chat.empty else identity.chat_with_files
        if found is None:
            raise Missing(f"the target does not name {chat}")
        return found.id

    def session(self, role: str) -> str:
        """Return the current session of a role.

        Raises:
            Missing: the target gives none.
            NotApplicableHere: it says that none can be had.
        """
        if role == "expired" and self.target.expired_session == NO_EXPIRED_SESSION:
            raise NotApplicableHere("the target says that it has no expired session")
        value = self.sessions.current(_ROLES[role])
        if value is None:
            missing = Missing if role == "expired" else NoSuchParticipant
            raise missing(f"the target names no {role}{' session' if role == 'expired' else ''}")
        return value

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """The accounts of the target by user id."""
        named = self.target.identities()
        return {identity.user_id: Account(role) for role, identity in named.items()}

    @cached_property
    def chats(self) -> dict[int, ChatOf]:
        """The real chats of the target by number."""
        found = {}
        for account in self.accounts.values():
            for chat in (ChatOf(account), ChatOf(account, empty=True)):
                try:
                    found[self.chat_id(chat)] = chat
                except Missing:
                    continue
        return found
