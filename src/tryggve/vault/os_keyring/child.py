"""The program that asks the desktop's keyring one thing: a process of its own, so that a silent desktop stops nobody.

One JSON object on standard input, one on standard output. It imports nothing of Tryggve, to start in a moment, and
speaks the Secret Service's own language (freedesktop.org, Secret Service API 0.2) to the desktop's default collection.
"""

import json
import signal
import sys
from contextlib import closing
from typing import Any

import secretstorage
from secretstorage import Collection, Item

_APPLICATION = "Tryggve"


class _Refused(Exception):
    """Its argument is what the answer says."""


def main() -> None:
    """Answer, or be ended by the system after the asker's patience, even when the asker is gone."""
    question = json.load(sys.stdin)
    signal.setitimer(signal.ITIMER_REAL, question["seconds"])
    try:
        answer = _answer(question)
    except _Refused as refused:
        answer = {"refused": str(refused)}
    except Exception:  # noqa: BLE001 - D-Bus has a hundred; none of its values may leave
        answer = {"refused": "failed"}
    json.dump(answer, sys.stdout)


def _answer(question: dict[str, Any]) -> dict[str, str]:
    with closing(_bus()) as bus:
        ring = _default_of(bus)
        if question["ask"] == "look":
            return {}
        if (
            ring.is_locked()
        ):  # opening it would make the desktop ask for a password, and wait for it without end
            raise _Refused("locked")
        return _asked(ring, question)


def _asked(ring: Collection, question: dict[str, Any]) -> dict[str, str]:
    named = {"application": _APPLICATION, "register": question["item"]}
    match question["ask"]:
        case "keep":
            secret = question["secret"].encode()
            ring.create_item(_APPLICATION, named, secret, replace=True)
            if _the_item(ring, named).get_secret() != secret:
                raise _Refused("failed")
        case "delete":
            _the_item(ring, named).delete()
        case "read":
            return {"secret": _the_item(ring, named).get_secret().decode()}
    return {}


def _bus() -> Any:
    try:
        return secretstorage.dbus_init()
    except (secretstorage.SecretStorageException, OSError) as error:
        raise _unless_silent(error) from None


def _default_of(bus: Any) -> Collection:
    """Never makes a keyring where there is none: that would ask somebody, too."""
    try:
        if not secretstorage.check_service_availability(bus):
            raise _Refused("absent")
        return Collection(bus)
    except (secretstorage.SecretStorageException, OSError) as error:
        raise _unless_silent(error) from None


def _unless_silent(error: Exception) -> Exception:
    return error if isinstance(error, TimeoutError) else _Refused("absent")


def _the_item(ring: Collection, named: dict[str, str]) -> Item:
    found = next(iter(ring.search_items(named)), None)
    if found is None:
        raise _Refused("gone")
    return found


if __name__ == "__main__":
    main()
