import signal

import pytest

from tryggve import vault
from tryggve.vault import keyfile, keyfile_replacing, opening, rotation, secretfile, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, rotating
from tryggve.vault.tests.rotating import NOW, Firm

RENEWING = [
    "vault: key.next written",
    "key.next named",
    "key.next in place",
    "vault: key file's slot replaced",
    "vault: next key counts",
    "vault: key file replaced",
]


@pytest.mark.parametrize("number", range(1, len(RENEWING) + 1))
def test_renewed_key_file_killed_anywhere_leaves_one_that_opens(firm: Firm, number: int) -> None:
    where = firm.where
    killed = programs.run(rotating.DIE_AT, where, "renew", str(number))
    assert killed == (-signal.SIGKILL, RENEWING[number - 1] + "\n")

    assert firm.all_open()
    assert firm.config() == ["id", "key", "service-key"]


def test_renewed_key_file_takes_the_place_of_every_old_one(firm: Firm) -> None:
    where = firm.where
    old = keyfile.read(where.key_file)
    made = keyfile_replacing.renew_key_file(where, unlocked=opening.unlock(where), now=NOW)

    ways = unlockers.unlockers(Keystore(where.keys))
    assert [way.id for way in ways if way.kind == "key-file"] == [made]
    assert made != old.id
    assert firm.all_open()


def test_next_key_without_a_slot_is_removed(firm: Firm) -> None:
    where = firm.where
    stray = where.config / "key.next"
    secretfile.write(stray, keyfile.FORM, secretfile.fresh(), warning="")

    assert firm.all_open()
    assert not stray.exists()


def test_rotate_where_no_key_file_can_be_written_changes_nothing(firm: Firm) -> None:
    where = firm.where
    unlocked, before = opening.unlock(where), where.keys.read_bytes()
    (where.config / "key.next").mkdir()

    with pytest.raises(vault.KeyFileNotWritten):
        rotation.rotate(where, unlocked)
    (where.config / "key.next").rmdir()
    assert where.keys.read_bytes() == before
    assert firm.all_open()
