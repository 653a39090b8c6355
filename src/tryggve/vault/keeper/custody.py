"""What can be asked of whoever keeps the key-encryption keys: one method a verb, JSON in and out."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from tryggve.lib import folders
from tryggve.vault import (
    keyfile,
    keyfile_replacing,
    opening,
    os_keyring,
    recovery,
    rotation,
    slots,
    unlockers,
)
from tryggve.vault.keeper import attempts, keyring_entries, memory, sheets
from tryggve.vault.keystore import Keystore
from tryggve.vault.locked import Locked, NotUnlocked
from tryggve.vault.unlocking import Unlocked


class Custody:
    """The key-encryption keys of one register, while it is unlocked. Safe to ask from many threads."""

    def __init__(self, where: folders.Folders, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._where = where
        self._store = Keystore(where.keys)
        self._held: memory.HeldSecret | None = None
        self._changing = threading.RLock()
        self._one_rotation = threading.Lock()
        self._attempts = attempts.Attempts(monotonic)
        self._sheets = sheets.Sheets(monotonic)
        self._verbs: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]] = {
            "keys": self._keys,
            "status": self._status,
            "lock": self._lock,
            "unlock": self._unlock,
            "rotate": self._rotate,
            "renew-key-file": self._renew_key_file,
            "add-passphrase": self._add_passphrase,
            "ways-to-add": self._ways_to_add,
            "add-os-keyring": self._add_os_keyring,
            "add-systemd-credential": self._add_systemd_credential,
            "remove-unlocker": self._remove_unlocker,
            "make-kit": self._make_kit,
            "require-sheet": self._require_sheet,
            "sheet": self._sheet,
            "put-sheet-away": self._put_sheet_away,
            "test-kit": self._test_kit,
        }

    def begin(self) -> None:
        """Unlock with what needs nobody. Stays locked where a passphrase or a recovery kit is asked for.

        Raises as vault.keyring does when there is neither of them.
        """
        with opening.or_locked(self._where):
            self._keep(opening.unlock(self._where))

    def answer(self, verb: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer to one question. Raises KeyError for a verb that there isn't, and any Refusal."""
        return self._verbs[verb](facts) or {}

    def forget(self) -> None:
        """Let go of everything, without locking the register for others."""
        with self._changing:
            if self._held:
                self._held.wipe()
            self._held = None
            self._sheets.forget()

    def _keys(self, _facts: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._unlocked().facts()

    def _status(self, _facts: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"is_locked": self._is_locked(), "generation": self._store.state().generation}

    def _lock(self, _facts: Mapping[str, Any]) -> None:
        with self._changing:
            self.forget()
            self._store.bump_lock()

    def _unlock(self, facts: Mapping[str, Any]) -> None:
        by_passphrase = "passphrase" in facts
        with self._attempts.counted(by=str(facts["by"]), way="passphrase" if by_passphrase else "kit"):
            if by_passphrase:
                opened = opening.open_with_passphrase(self._where, str(facts["passphrase"]))
            else:
                opened = opening.open_with_kit(self._where, [str(share) for share in facts["shares"]])
        self._keep(opened)

    def _rotate(self, _facts: Mapping[str, Any]) -> None:
        with self._one_rotation:
            with self._unlocked_alone() as unlocked:
                self._hold(rotation.begin(self._where, unlocked))
            self._finish_rotation()

    def _renew_key_file(self, facts: Mapping[str, Any]) -> None:
        with self._unlocked_alone() as unlocked:
            keyfile_replacing.renew_key_file(self._where, unlocked=unlocked, now=_now(facts))

    def _add_passphrase(self, facts: Mapping[str, Any]) -> None:
        replaces = UUID(facts["replaces"]) if facts.get("replaces") else None
        with self._unlocked_alone() as unlocked:
            unlockers.add_passphrase(
                str(facts["passphrase"]),
                store=self._store,
                unlocked=unlocked,
                now=_now(facts),
                replaces=replaces,
            )

    def _ways_to_add(self, _facts: Mapping[str, Any]) -> Mapping[str, Any]:
        credential = unlockers.credential_to_add(self._store)
        answering = {slots.OS_KEYRING: os_keyring.is_there(), slots.SYSTEMD_CREDENTIAL: credential}
        return {"kinds": [kind for kind, is_there in answering.items() if is_there]}

    def _add_os_keyring(self, facts: Mapping[str, Any]) -> None:
        self._unlocked()
        # Not while others are kept from asking: a desktop may be slow to answer.
        with keyring_entries.kept() as kept, self._unlocked_alone() as unlocked:
            before = unlockers.add_os_keyring(kept, store=self._store, unlocked=unlocked, now=_now(facts))
        for entry in before:
            keyring_entries.clear(entry)

    def _add_systemd_credential(self, facts: Mapping[str, Any]) -> None:
        path = keyfile.credential()
        if path is None:
            raise unlockers.NoCredential
        with self._unlocked_alone() as unlocked:
            unlockers.add_systemd_credential(path, store=self._store, unlocked=unlocked, now=_now(facts))

    def _remove_unlocker(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        gone = UUID(facts["id"])
        with self._unlocked_alone():
            kind = unlockers.remove_unlocker(gone, store=self._store, files=opening.files_there(self._where))
        is_clear = kind != slots.OS_KEYRING or keyring_entries.clear(gone)
        return {"is_entry_left": not is_clear}

    def _make_kit(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        with self._unlocked_alone() as unlocked:
            kit = recovery.make_kit(store=self._store, unlocked=unlocked, now=_now(facts))
            self._sheets.hold(kit, by=str(facts["by"]))
        return {"number": kit.number}

    def _require_sheet(self, facts: Mapping[str, Any]) -> None:
        self._sheets.require(**_page(facts))

    def _sheet(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._sheets.sheet(**_page(facts))

    def _put_sheet_away(self, facts: Mapping[str, Any]) -> None:
        self._sheets.put_away(**_page(facts))

    def _test_kit(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        typed = [str(share) for share in facts["shares"]]
        with self._attempts.counted(by=str(facts["by"]), way="kit"):
            return {"number": recovery.test_kit(typed, store=self._store, now=_now(facts))}

    def _keep(self, opened: Unlocked) -> None:
        """Hold it, and finish a rotation that was cut off."""
        self._hold(opened)
        with self._one_rotation:
            self._finish_rotation()

    def _finish_rotation(self) -> None:
        # Not while others are kept from asking: both generations serve them, and many keys take seconds.
        self._hold(rotation.resume(self._where, self._unlocked()))

    def _hold(self, opened: Unlocked) -> None:
        with self._changing:
            if self._held:
                self._held.wipe()
            self._held = memory.HeldSecret(json.dumps(opened.facts()).encode())

    def _is_locked(self) -> bool:
        try:
            self._unlocked()
        except Locked:
            return True
        return False

    def _unlocked(self) -> Unlocked:
        """Raises NotUnlocked, also when the register was locked past this process."""
        with self._changing:
            if self._held is None:
                raise NotUnlocked
            held = Unlocked.from_facts(json.loads(self._held.read()))
            if held.state != self._store.state():
                self.forget()
                raise NotUnlocked
        return held

    @contextmanager
    def _unlocked_alone(self) -> Iterator[Unlocked]:
        """One change to the unlockers at a time."""
        with self._changing:
            yield self._unlocked()


def _page(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": int(facts["number"]), "share": int(facts["share"]), "by": str(facts["by"])}


def _now(facts: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(facts["now"])
