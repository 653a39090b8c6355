"""Whether a stolen disk can be read: broken for real, through files, the database and keys, and mended again."""

import gzip
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import CILLA
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.customers import raw_search, readable_files, sealing
from tryggve.domains.customers.models import Customer, Document
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import exported, planted, register
from tryggve.domains.customers.services import planting
from tryggve.domains.customers.tests.lists import add
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.notices import services as mail
from tryggve.vault import custody
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.tests.keeper.conftest import chosen, keeper, ring, where
from tryggve.vault.tests.keeper.conftest import custody as keeping

__all__ = ["chosen", "keeper", "keeping", "ring", "where"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keeper")]

WHO = "machine:anna"
PASSED = "PROVED" if connection.vendor == "sqlite" else "OBSERVED"


@pytest.fixture(name="custody")
def custody_of(keeping: Custody) -> Custody:
    return keeping


@pytest.fixture
def at() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def kit(keeper: Custody, at: datetime) -> None:
    """A recovery kit that was printed and tried."""
    number, words = custody.make_kit(by=WHO, now=at), []
    for share in (1, 2, 3):
        words.append(" ".join(custody.sheet(number=number, share=share, by=WHO).words))
        custody.put_sheet_away(number=number, share=share, by=WHO)
    custody.test_kit(words[:2], by=WHO, now=at)


@pytest.fixture
def measured(kit: None, at: datetime) -> Callable[[], tuple[str, object]]:
    """Measure in a firm with Cilla in its register: the verdict, or the cause, and what is wrong."""
    add(CILLA)
    return lambda: _told(here.measure("CRY-01", at=at))


def _told(row: Evidence) -> tuple[str, object]:
    return row.verdict or row.cause, row.facts.get("wrong")


def test_a_disk_with_nothing_readable_is_proved(measured: Callable[[], object], at: datetime) -> None:
    assert measured() == (PASSED, None)
    facts = Evidence.objects.get().facts
    assert (facts["customers"], facts["holes"], facts["is_kit_tried"]) == (1, 0, True)
    assert facts["files"] > 3


def test_an_address_where_two_pieces_of_a_large_file_meet_is_found(
    measured: Callable[[], object], chosen: Folders
) -> None:
    left = chosen.files / "disk image"
    before = b" " * (readable_files.PIECE_BYTES - 7)
    left.write_bytes(before + "cilla@example.se".encode("utf-16-le") + b" ")
    assert measured() == ("FAILING", "customers-readable")
    left.unlink()
    assert measured() == (PASSED, None)


def test_a_list_in_a_zip_is_found_and_a_broken_zip_is_read_as_it_is(
    measured: Callable[[], object], chosen: Folders
) -> None:
    left = chosen.files / "lists.zip"
    with zipfile.ZipFile(left, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", "cilla@example.se" * 50)
    assert b"cilla" not in left.read_bytes()
    assert measured() == ("FAILING", "customers-readable")
    left.write_bytes(b"PK\x03\x04 nothing more")
    assert measured() == (PASSED, None)
    left.unlink()


def test_a_linked_folder_hides_what_lies_there_until_it_is_gone(
    measured: Callable[[], object], chosen: Folders, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = chosen.files / "link"
    link.symlink_to(elsewhere)
    assert measured() == ("linked-folder", None)
    link.unlink()
    link.symlink_to(chosen.audit)
    assert measured() == (PASSED, None)
    link.unlink()


def test_a_linked_file_is_read(measured: Callable[[], object], chosen: Folders, tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "list.csv", chosen.files / "link"
    elsewhere.write_text("cilla@example.se")
    link.symlink_to(elsewhere)
    assert measured() == ("FAILING", "customers-readable")
    link.unlink()
    link.symlink_to(tmp_path / "gone")
    assert measured() == (PASSED, None)
    link.unlink()


@pytest.mark.parametrize("name", ["files", "logs"])
def test_a_folder_that_was_moved_to_another_disk_is_searched_and_guarded_there(
    measured: Callable[[], object], chosen: Folders, tmp_path: Path, name: str
) -> None:
    disk, folder = tmp_path / "disk", chosen.data / name
    folder.mkdir(mode=0o700, exist_ok=True)
    shutil.move(folder, disk)
    folder.symlink_to(disk)
    assert measured() == (PASSED, None)
    (disk / "list.csv").write_text("cilla@example.se")
    assert measured() == ("FAILING", "customers-readable")
    (disk / "list.csv").unlink()
    disk.chmod(0o755)
    assert measured() == ("FAILING", "open-to-others")
    disk.chmod(0o700)
    folder.unlink()
    shutil.move(disk, folder)
    assert measured() == (PASSED, None)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_that_somebody_left_in_the_folder_fails_until_it_is_gone(
    measured: Callable[[], object], chosen: Folders, pack: Callable[[bytes], bytes]
) -> None:
    left = chosen.files / "old list"
    left.write_bytes(pack(b"name;email\nCilla;Cilla@Example.se\n"))
    assert measured() == ("FAILING", "customers-readable")
    left.unlink()
    assert measured() == (PASSED, None)


def test_a_customer_readable_in_the_database_fails_until_it_is_mended(
    measured: Callable[[], object], bo: User
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = 'Mail to cilla@example.se.'")
    assert measured() == ("FAILING", "customers-readable")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = %s", ["x" * 150])
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert measured() == (PASSED, None)


def test_a_program_that_writes_down_what_it_seals_fails_until_it_is_mended(
    measured: Callable[[], object], chosen: Folders
) -> None:
    talkative = chosen.logs / "debug.log"
    talkative.parent.mkdir(exist_ok=True)

    def tell(point: str) -> None:
        for row in Customer.objects.filter(state=Customer.State.PLANTED):
            said = sealing.opened_one((row.pk, row.revision, row.details_sealed))
            talkative.write_text(f"writing {said.note!r}")

    write_points.cut_with(tell)
    assert measured() == ("FAILING", "word-readable")
    write_points.cut_with(None)
    talkative.unlink()
    assert measured() == (PASSED, None)


def test_a_key_among_the_data_fails_until_it_is_moved(
    measured: Callable[[], object], chosen: Folders
) -> None:
    copy = chosen.data / "key (copy)"
    shutil.copy(chosen.key_file, copy)
    assert measured() == ("FAILING", "key-beside-data")
    copy.unlink()
    assert measured() == (PASSED, None)


def test_folders_open_to_others_fail_until_they_are_closed(
    measured: Callable[[], object], chosen: Folders
) -> None:
    chosen.data.chmod(0o755)
    assert measured() == ("FAILING", "open-to-others")
    chosen.data.chmod(0o700)
    assert measured() == (PASSED, None)


def test_a_kit_that_nobody_tried_fails_whatever_anybody_vouches(at: datetime, anna: User) -> None:
    assert _told(here.measure("CRY-01", at=at)) == ("FAILING", "kit-untried")
    services.attest(control="CRY-01", by=anna, note="it lies in the safe", until=None, at=at)
    assert _told(here.measure("CRY-01", at=at)) == ("FAILING", "kit-untried")
    standing = selectors.protection("CRY-01", now=at).standing
    assert (standing.state, standing.is_proven, standing.disagrees) == (State.FAILING, False, True)


def test_a_locked_register_is_not_judged(measured: Callable[[], object], at: datetime) -> None:
    custody.lock()
    with pytest.raises(vault.Locked):
        measured()


def test_a_search_that_misses_the_files_proves_nothing(
    measured: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = readable_files._is_ordinary
    monkeypatch.setattr(readable_files, "_is_ordinary", lambda path: "files" not in path.parts and seen(path))
    assert measured() == ("blind", None)


def test_a_search_that_misses_what_was_laid_out_proves_nothing(
    measured: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_search, "_search_files", lambda *_: None)
    assert measured() == ("blind", None)


def test_addresses_that_may_be_read_are_not_sought(kit: None, anna: User, at: datetime) -> None:
    add(CILLA)
    User.objects.filter(pk=anna.pk).update(email="cilla@example.se")
    assert planted.addresses_sought() == frozenset()
    assert _told(here.measure("CRY-01", at=at)) == (PASSED, None)


def test_a_company_that_writes_from_everybodys_domain_is_searched_for_all_but_its_own(
    measured: Callable[[], object], chosen: Folders, at: datetime
) -> None:
    add(*(replace(CILLA, emails=(f"{name}@example.se",)) for name in ("annas.bod", "annas.login")))
    mail.set_mail_server(
        host="smtp.example.se", port=587, security="STARTTLS", username="Annas.Login@example.se",
        password="", sender_address="annas.bod@example.se", sender_name="Annas", at=at,
    )  # fmt: skip
    assert planted.addresses_sought() == {b"cilla@example.se"}
    (chosen.files / "list.csv").write_text("Cilla;cilla@example.se\n")
    assert measured() == ("FAILING", "customers-readable")
    (chosen.files / "list.csv").unlink()
    assert measured() == (PASSED, None)


def test_what_was_planted_is_in_no_list_and_gone_afterwards(
    measured: Callable[[], object], chosen: Folders, at: datetime
) -> None:
    keys, tombs = vault.keyring(), list(vault.tombstones())
    customer = planting.plant("Kvåabcdefgh", at=at)
    assert planting.says(customer, "Kvåabcdefgh")
    by: dict[str, Any] = {"actor": WHO, "at": at, "reach": EVERYBODY}
    assert [details.title for _customer, details in register.customer_page(number=1, **by)] == [CILLA.name]
    assert list(register.customers_matching(text="Kvåabcdefgh", **by)) == []
    with register_index.fresh() as index:
        assert len(index.listing()) == 1
    assert customer not in exported.customers_in_view(reach=EVERYBODY)
    with pytest.raises(register.NoSuchCustomer):
        register.customer_card(customer=customer, page="card", **by)
    row, document = Customer.objects.get(pk=customer), Document.objects.get(customer=customer)
    key, sealed = (
        vault.key_id_of(bytes(row.details_sealed)),
        chosen.files / "documents" / document.file_ref.hex,
    )
    assert sealed.exists()

    # As a run that was killed leaves it; the next one takes it away.
    assert measured() == (PASSED, None)

    assert Customer.objects.filter(state=Customer.State.PLANTED).count() == 0
    assert (keys.missing([key]), sealed.exists(), Document.objects.count()) == ({key}, False, 0)
    assert (list(vault.tombstones()), (chosen.run / "search-trial").exists()) == (tombs, False)


def test_the_folder_of_keys_is_searched_too(measured: Callable[[], object], chosen: Folders) -> None:
    left = chosen.config / "notes"
    left.write_text("cilla@example.se", encoding="utf-16-le")
    assert measured() == ("FAILING", "customers-readable")
    left.unlink()
    assert measured() == (PASSED, None)
