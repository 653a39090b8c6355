"""The proof of shredding: an older copy of the data, with today's key store, tells nothing of who was erased."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import BinaryField

from tests import ground
from tests.by_right import consenting
from tests.cast import CILLA, DAN
from tests.erasure import beside
from tests.erasure.copies import Copy, make
from tests.erasure.erasing import AFTER, erase
from tests.erasure.everywhere import BY_LAW, PLACES, bring_lists, furnish, places_telling_of, sign_up_again
from tests.erasure.reading import NOBODYS, SEALED, readable
from tryggve import vault
from tryggve.domains.customers.models import Customer, Document, Import
from tryggve.domains.customers.tests.lists import add, bring_in, people
from tryggve.domains.customers.tests.numbers import CILLAS, DANS
from tryggve.domains.rights.models import Package, SignUp
from tryggve.domains.setup.models import Firm
from tryggve.lib import folders
from tryggve.vault.keystore import Keystore

pytestmark = [
    pytest.mark.process,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        ground.on_postgresql(), reason="a data file is copied here; the keys are the same there"
    ),
]

HERS = ("xenia", "cilla@example.se", "Cilla Åkerström", CILLAS.digits)
HIS = ("yngve", "dan@example.dk", "Dan Sørensen", DANS.digits)
OTHERS = [f"kund{number:05}@example.se" for number in range(98)]
# Whoever waits for a button is no customer yet.
FORM = "rights.SignUp.words_sealed"
# A list gets another key when somebody is taken out of it, so nobody's rows in the older copy of it open.
LISTS = {
    "customers.Import.file_sealed",
    "customers.Import.leftovers_sealed",
    "customers.Import.result_sealed",
    "customers.ImportImage.before_sealed",
}


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    """One of a hundred. Of her and of Dan something stands wherever something can."""
    newsletter = consenting.prepare()
    cilla, dan = add(replace(CILLA, note="xenia"), replace(DAN, note="yngve"))
    bring_in(people(range(98)))
    bring_lists(("xenia", CILLA), ("yngve", DAN))
    furnish(cilla, "xenia", CILLAS, newsletter)
    furnish(dan, "yngve", DANS, newsletter)
    sign_up_again(CILLA.emails[0], "xenia", newsletter)
    assert Customer.objects.in_force().count() == 100
    return cilla


@pytest.fixture
def copy(cilla: UUID, tmp_path: Path) -> Copy:
    return make(tmp_path)


def _others_in(lines: list[str]) -> list[str]:
    cards = "\n".join(line for line in lines if line.startswith("customers.Customer.details_sealed"))
    return [one for one in OTHERS if one in cards]


def test_every_sealed_field_of_every_model_is_read_here() -> None:
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }
    assert fields == {*SEALED, *NOBODYS}


def test_erased_customer_is_in_no_older_copy_and_the_other_99_are_in_it(cilla: UUID, copy: Copy) -> None:
    before = copy.readable()
    assert places_telling_of(HERS, before) == PLACES  # all of it could be read until today
    assert places_telling_of(HIS, before) == PLACES - {FORM}

    erase(cilla)

    after = copy.readable()
    assert places_telling_of(HERS, after) == {BY_LAW}  # under a key of its own
    assert places_telling_of(HIS, after) == PLACES - {FORM} - LISTS
    assert _others_in(after) == OTHERS


def test_register_of_today_says_nothing_of_her_and_all_of_the_others(cilla: UUID, copy: Copy) -> None:
    erase(cilla)
    today = readable()
    assert places_telling_of(HERS, today) == {BY_LAW}
    assert places_telling_of(HIS, today) == PLACES - {FORM}
    assert _others_in(today) == OTHERS


def test_key_store_and_its_folder_hold_nothing_of_the_destroyed_keys(cilla: UUID) -> None:
    own = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    lists = [one.key_ref for one in Import.objects.order_by("pk")[1:] if one.key_ref]
    form = vault.key_id_of(bytes(SignUp.objects.get().words_sealed))
    rows = Keystore(folders.current().keys).wrapped_keys_and_state([own, *lists, form])[0]
    assert (len(rows), {_raw().count(row.wrapped) for row in rows.values()}) == (5, {1})

    erase(cilla)

    raw = _raw()
    assert [one for one in rows.values() if one.wrapped in raw or one.wrapped[16:48] in raw] == []
    assert [one for one in rows.values() if one.commitment in raw] == []
    assert own.bytes in raw  # the ledger names the key


def _raw() -> bytes:
    """The key store, and whatever lies beside it since the commit."""
    data = folders.current().data
    return b"".join(path.read_bytes() for path in sorted(data.iterdir()) if path.is_file())


def test_older_copy_that_is_put_back_erases_her_again_when_it_starts(cilla: UUID, copy: Copy) -> None:
    [hers] = Document.objects.filter(customer=cilla).values_list("file_ref", flat=True)
    [package] = Package.objects.filter(case__customer_ref=cilla).values_list("pk", flat=True)
    files = [copy.data / "files" / "documents" / hers.hex, copy.data / "files" / "packages" / package.hex]
    assert [one.exists() for one in files] == [True, True]
    erase(cilla)
    copy.readable()  # with the key store of today beside it
    assert copy.rows("SELECT count(*) FROM customers_customer WHERE state = 'ACTIVE'") == [(100,)]

    copy.start()

    assert copy.rows("SELECT count(*) FROM customers_customer WHERE state = 'ACTIVE'") == [(99,)]
    assert copy.rows("SELECT count(*) FROM customers_note") == [(1,)]
    assert copy.rows("SELECT count(*) FROM rights_consentevent") == [(1,)]
    assert [one.exists() for one in files] == [False, False]
    [(newest,)] = copy.rows(
        "SELECT action FROM audit_entry WHERE subject IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    assert newest == "rights.erased-again"


def test_older_copy_that_is_put_back_still_holds_her_back_from_a_list(cilla: UUID, copy: Copy) -> None:
    erase(cilla)
    shutil.copyfile(folders.current().keys, copy.data / "keys.sqlite3")
    assert copy.rows("SELECT count(*) FROM rights_suppression") == [(0,)]
    copy.start()

    rows = ["Name;E-mail", f"{CILLA.name};{CILLA.emails[0]}", "Bo Ek;bo@example.se"]
    status, printed = beside.run("bring in", AFTER, "", *rows, data=copy.data, database=copy.database)

    assert (status, json.loads(printed)) == (0, [[2, "held_back"]])
    assert copy.rows("SELECT count(*) FROM customers_customer WHERE state = 'ACTIVE'") == [(100,)]
