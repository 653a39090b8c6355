"""Asking the keeper, from its children and from commands."""

import socket
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.utils import translation
from django.utils.translation import gettext_lazy

from tryggve.lib import errors
from tryggve.lib.folders import Folders
from tryggve.lib.language import LANGUAGES
from tryggve.vault.keeper_socket import protocol, token
from tryggve.vault.locked import Locked, NotUnlocked
from tryggve.vault.unlocking import Unlocked

# Argon2id takes seconds on a small computer, a rotation of very many keys longer, and questions take turns.
_PATIENCE_SECONDS: Final = 120.0


class NoKeeper(Exception):
    """No ``up`` runs on this data folder."""


class KeeperSilent(Locked):
    sentence = gettext_lazy(
        "The part of Tryggve that keeps the keys doesn't answer. Nothing is lost: stop Tryggve with Ctrl-C, "
        "and start it again."
    )


class RefusedByKeeper(errors.Refusal):
    """What the keeper refused, in its words; ``name`` is the refusal's class."""

    exit_status: ClassVar[int] = 2

    def __init__(self, name: str, message: str, *, status: int) -> None:
        super().__init__(message)
        self.name = name
        self.exit_status = status  # type: ignore[misc] # one class for all that the keeper refuses


def unlocked(folders: Folders) -> Unlocked:
    """The key-encryption keys. Raises NoKeeper, NotUnlocked, KeeperSilent."""
    return Unlocked.from_facts(ask(folders, "keys"))


def ask(folders: Folders, verb: str, **facts: Any) -> Mapping[str, Any]:
    """The keeper's answer to one question. Raises NoKeeper, NotUnlocked, KeeperSilent, RefusedByKeeper."""
    language = translation.get_language()
    question = {
        "ask": verb,
        "token": token.inherited(),
        "language": language if language in LANGUAGES else "en",
        "facts": facts,
    }
    with _connected(folders) as connection:
        try:
            protocol.send(connection, question)
            reply = protocol.receive(connection, seconds=_PATIENCE_SECONDS)
        except (OSError, protocol.NotUnderstood):
            raise KeeperSilent from None
    if "answer" in reply:
        answer: Mapping[str, Any] = reply["answer"]
        return answer
    raise _refusal(reply)


def _connected(folders: Folders) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE_SECONDS)
    try:
        with protocol.address(folders) as address:
            connection.connect(address)
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        raise NoKeeper from None
    except OSError:
        connection.close()
        raise KeeperSilent from None
    return connection


def _refusal(reply: Mapping[str, Any]) -> errors.Refusal:
    name = str(reply.get("refused"))
    if name == NotUnlocked.__name__:
        return NotUnlocked()
    if not reply.get("message"):
        return KeeperSilent()  # a keeper of another start, which has its own children
    return RefusedByKeeper(name, str(reply["message"]), status=int(reply.get("status", 2)))
