"""The real program on a desktop whose keyring opens the register."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program import Program
from tryggve.domains.setup.tests import register
from tryggve.lib.folders import Folders
from tryggve.vault import opening, slots, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.desktop import Desktop, signed_in
from tryggve.vault.tests.keeper.conftest import NOW

pytestmark = pytest.mark.process


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with signed_in(owner="nobody" if os.getuid() == 0 else "") as made:
        yield made


@contextmanager
def _knowing(variables: Mapping[str, str], used: Program) -> Iterator[Program]:
    """A register that a key file and a passphrase open; its program is started with these variables."""
    command = ("env", *(f"{name}={value}" for name, value in variables.items()), *register.BY_COMMAND)
    with register.copied(used, command=command) as program:
        folders = Folders(data=program.data, config=program.config)
        store, unlocked = Keystore(folders.keys), opening.unlock(folders)
        unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
        program._give_to_nobody()
        yield program


def _take_the_key_file_away(program: Program) -> None:
    folders = Folders(data=program.data, config=program.config)
    store = Keystore(folders.keys)
    (own,) = [way.id for way in unlockers.unlockers(store) if way.kind == slots.KEY_FILE]
    unlockers.remove_unlocker(own, store=store, files=[])
    folders.key_file.unlink()
    program._give_to_nobody()


def _standing(program: Program) -> tuple[int, list[str]]:
    done = program.run("keys", "status", "--json")
    return done.returncode, [way["kind"] for way in json.loads(done.stdout)["unlockers"]]


def test_keyring_opens_the_register_at_each_start_and_a_locked_one_leaves_it_to_a_person(
    used: Program, desktop: Desktop
) -> None:
    with _knowing(desktop.environment, used) as program:
        program.start()
        added = program.run("keys", "add-unlocker", "os-keyring")
        assert (added.returncode, added.stderr, len(desktop.entries())) == (0, b"", 1)
        program.stop()
        _take_the_key_file_away(program)

        program.start()
        assert _standing(program) == (0, ["passphrase", "os-keyring"])
        assert program.run("customers", "find", "cilla").returncode == 0
        program.stop()
        assert program.run("customers", "find", "cilla").returncode == 0  # with nobody to ask but the keyring

        desktop.sign_in("a wrong password")
        program.start()
        assert _standing(program)[0] == 3
        unlocked = program.run("keys", "unlock", "-", given=PASSPHRASE.encode() + b"\n")
        assert (unlocked.returncode, _standing(program)[0]) == (0, 0)


def test_keyring_is_refused_where_nobody_is_signed_in(used: Program) -> None:
    with _knowing({}, used) as program:
        refused = program.run("keys", "add-unlocker", "os-keyring")
        assert (refused.returncode, b"No keyring of this computer" in refused.stderr) == (3, True)
        refused = program.run("keys", "add-unlocker", "systemd-credential")
        assert (refused.returncode, b"no credential" in refused.stderr) == (2, True)


def test_key_from_the_system_is_added_by_command(used: Program) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="tryggve-credentials-") as credentials,
        _knowing({"CREDENTIALS_DIRECTORY": credentials}, used) as program,
    ):
        shutil.copy(program.config / "key", credentials + "/tryggve-key")
        Path(credentials).chmod(0o755)
        Path(credentials, "tryggve-key").chmod(0o644)

        added = program.run("keys", "add-unlocker", "systemd-credential")

        assert (added.returncode, added.stderr) == (0, b"")
        assert b"is still there and opens the register, too" in program.run("keys", "status").stdout
        (program.config / "key").unlink()
        assert _standing(program) == (0, ["systemd-credential", "passphrase"])
        assert program.run("customers", "find", "cilla").returncode == 0
