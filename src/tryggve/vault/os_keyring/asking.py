import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.vault.locked import NotUnlocked

_PROGRAM: Final = Path(__file__).with_name("child.py")
# What answers does so within a second; only a slow computer's first start of the keyring takes longer.
_PATIENCE_SECONDS: Final = 10.0
_BUS: Final = "DBUS_SESSION_BUS_ADDRESS"
_PASSED_ON: Final = (_BUS, "XDG_RUNTIME_DIR", "HOME")


class OsKeyringRefused(NotUnlocked):
    """The computer's keyring opened nothing, so that a person has to."""


class OsKeyringAbsent(OsKeyringRefused):
    sentence = gettext_lazy(
        "No keyring of this computer answers Tryggve. Nothing is lost: start Tryggve as the user who is signed "
        "in to the desktop and from there, or open the register with the passphrase or the recovery kit."
    )


class OsKeyringLocked(OsKeyringRefused):
    sentence = gettext_lazy(
        "The computer's keyring is locked. Nothing is lost: sign in to the desktop with your password, or open "
        "the keyring in its program «Passwords and Keys», and try again. The passphrase and the recovery kit open "
        "the register as well."
    )


class OsKeyringSilent(OsKeyringRefused):
    sentence = gettext_lazy(
        "The computer's keyring didn't do what Tryggve asked of it. Nothing is lost: see whether the desktop asks "
        "you something, and try again. The passphrase and the recovery kit open the register as well."
    )


class OsKeyringGone(OsKeyringRefused):
    sentence = gettext_lazy(
        "The computer's keyring no longer has the entry that opens this register. Nothing is lost: open the "
        "register with the passphrase or the recovery kit, and add the keyring anew on the page «Keys»."
    )


_REFUSALS: Final[Mapping[str, type[OsKeyringRefused]]] = {
    "absent": OsKeyringAbsent,
    "locked": OsKeyringLocked,
    "gone": OsKeyringGone,
}


def is_there() -> bool:
    """Whether a keyring answers, locked or open."""
    try:
        _ask("look")
    except OsKeyringRefused:
        return False
    return True


def keep(item: UUID, secret: bytes) -> None:
    """Put the secret there, and see that it can be read. Raises OsKeyringAbsent, -Locked and -Silent."""
    _ask("keep", item=str(item), secret=secret.hex())


def read(item: UUID) -> bytes:
    """The secret; of another length than it was kept with if somebody changed it. Raises all of OsKeyringRefused."""
    found: str = _ask("read", item=str(item))["secret"]
    try:
        return bytes.fromhex(found)
    except ValueError:
        return b""


def delete(item: UUID) -> None:
    """Remove the secret from there. Raises all of OsKeyringRefused."""
    _ask("delete", item=str(item))


def _ask(verb: str, **facts: str) -> Mapping[str, Any]:
    if _BUS not in os.environ:  # a server, or a user who is signed in to no desktop
        raise OsKeyringAbsent
    question = {"ask": verb, "seconds": _PATIENCE_SECONDS, **facts}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-B", str(_PROGRAM)],
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # may hold values
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            cwd="/",
            timeout=_PATIENCE_SECONDS,
            check=False,
            start_new_session=True,  # Ctrl-C ends Tryggve in its own order
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise OsKeyringSilent from None
    if "refused" in answer:
        raise _REFUSALS.get(answer["refused"], OsKeyringSilent)
    return answer
