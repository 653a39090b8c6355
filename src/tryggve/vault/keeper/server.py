"""The keeper's end of the socket: who may ask, and one thread for each who does."""

import contextlib
import hmac
import logging
import os
import socket
import stat
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import translation

from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.lib.language import LANGUAGES
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keeper_socket import protocol

logger = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 10.0
_MOST_AT_ONCE: Final = 32


@contextlib.contextmanager
def listening(folders: Folders, custody: Custody, *, token: str) -> Iterator[None]:
    """Inside, processes of this account are answered; a child of another start (another token) is not.

    Call it with the lock on the data folder held. Raises OSError when the socket can't be made.
    """
    listener = _bound(folders)
    stop = threading.Event()
    answering = threading.Thread(
        target=_serve, args=(listener, custody, token, stop), name="keeper", daemon=True
    )
    answering.start()
    try:
        yield
    finally:
        stop.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        protocol.socket_file(folders).unlink(missing_ok=True)


def _bound(folders: Folders) -> socket.socket:
    file = protocol.socket_file(folders)
    file.parent.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    file.parent.chmod(stat.S_IRWXU)
    file.unlink(missing_ok=True)  # a dead parent's: ours is the lock
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with protocol.address(folders) as address:
            listener.bind(address)
        listener.listen(_MOST_AT_ONCE)
    except BaseException:
        listener.close()
        raise
    return listener


def _serve(listener: socket.socket, custody: Custody, token: str, stop: threading.Event) -> None:
    turns = threading.BoundedSemaphore(_MOST_AT_ONCE)
    while not stop.is_set():
        try:
            connection, _address = listener.accept()
        except OSError:
            # The asker went away, or there are no descriptors left for now: neither ends the keeper.
            stop.wait(0.1)
            continue
        turns.acquire()
        one = threading.Thread(
            target=_answer_one, args=(connection, custody, token, turns), name="keeper answers", daemon=True
        )
        try:
            one.start()
        except RuntimeError:  # no thread to be had for now
            turns.release()
            connection.close()


def _answer_one(
    connection: socket.socket, custody: Custody, token: str, turns: threading.BoundedSemaphore
) -> None:
    try:
        with connection:
            if protocol.peer_uid(connection) == os.geteuid():
                question = protocol.receive(connection, seconds=_PATIENCE_SECONDS)
                protocol.send(connection, _reply(question, custody, token))
    except (OSError, protocol.NotUnderstood):
        pass  # whoever asked is gone, or doesn't speak the language: there is nobody to tell
    except Exception as failure:  # noqa: BLE001 - one bad question doesn't end the keeper, nor show its values
        logger.error("a question was not answered", extra={"facts": {"error": type(failure).__name__}})
    finally:
        turns.release()


def _reply(question: Mapping[str, Any], custody: Custody, token: str) -> Mapping[str, Any]:
    shown, facts, language = (question.get(name) for name in ("token", "facts", "language"))
    if not isinstance(facts, dict) or language not in LANGUAGES:
        raise protocol.NotUnderstood
    if shown is not None and not hmac.compare_digest(str(shown).encode(), token.encode()):
        return {"refused": "AnotherStart", "message": "", "status": 3}
    with translation.override(language):
        try:
            return {"answer": custody.answer(str(question.get("ask")), facts)}
        except Refusal as refusal:
            status = refusal.exit_status
            return {"refused": type(refusal).__name__, "message": str(refusal), "status": status}
