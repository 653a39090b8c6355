import os
import pwd
import re
from uuid import UUID

SYSTEM = "system"
ANONYMOUS = "anonymous"

_LONGEST_NAME = 32
_ACTOR = re.compile(
    r"system|anonymous"
    r"|(user|token):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    rf"|machine:[A-Za-z0-9_.-]{{1,{_LONGEST_NAME}}}"
)


def user(id: UUID) -> str:
    """Someone who signed in."""
    return f"user:{id}"


def token(id: UUID) -> str:
    """A program of the firm's own, by the token that it showed."""
    return f"token:{id}"


def machine(name: str) -> str:
    """Who ran a command, by the name of the account on this computer.

    Directory services name accounts by e-mail address (``anna@firm.example``): what follows the ``@`` is cut
    off, and other foreign characters become ``_``.
    """
    account = re.sub(r"[^A-Za-z0-9_.-]", "_", name.partition("@")[0])[:_LONGEST_NAME]
    return f"machine:{account or '_'}"


def this_account() -> str:
    """Who runs this process."""
    return machine(pwd.getpwuid(os.getuid()).pw_name)


def is_actor(text: str) -> bool:
    """Whether the text names someone the way the log does."""
    return _ACTOR.fullmatch(text) is not None
