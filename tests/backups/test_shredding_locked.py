"""While the register is locked nothing is made up, read, erased or judged, and what was begun waits."""

from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.domains.backups.models import Run, Shredding
from tryggve.domains.backups.services import shredding
from tryggve.domains.backups.services.shredding import ReadBack
from tryggve.domains.customers.models import Customer
from tryggve.lib import folders
from tryggve.vault import custody as register
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keeper")]


def test_nobody_is_made_up_while_locked() -> None:
    register.lock()
    shredding.ensure_standing(NOW)
    assert (Shredding.objects.count(), Customer.objects.count()) == (0, 0)
    register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    shredding.ensure_standing(NOW)
    assert (Shredding.objects.count(), Customer.objects.count()) == (1, 1)


def test_nobody_is_read_erased_or_judged_while_locked(tmp_path: Path) -> None:
    shredding.ensure_standing(NOW)
    run = Run.objects.create(why=Run.Why.DUE, began_at=NOW)
    register.lock()
    with KeyCopy(folders.current().keys.read_bytes()) as copied:
        assert shredding.read_back(run, tmp_path, copied, NOW) is ReadBack.LOCKED
    Shredding.objects.update(read_back_at=NOW, run=run)
    shredding.erase_read_back(NOW)
    assert Shredding.objects.get().erased_at is None

    register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    shredding.erase_read_back(NOW)
    assert Shredding.objects.get().erased_at == NOW
    register.lock()
    shredding.prove(NOW, tmp_path)
    assert Shredding.objects.get().lost_at is None  # no place has the copy, which nobody looked for
    register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    shredding.prove(NOW, tmp_path)
    assert Shredding.objects.get().lost_at == NOW
