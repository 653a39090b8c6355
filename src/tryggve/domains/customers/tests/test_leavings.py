import json
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import import_selectors, sealing
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import imports, leavings, records
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
ANNA, BO = f"user:{new_id()}", f"user:{new_id()}"
LIST = "Namn;E-post;Personnummer\nÅsa Ek;asa@example.se;19000099-0000\nBo;bo@example.se;19000099-0001\nFel;fel@;x\n"


def _leavings(batch: UUID) -> dict[str, list[list[object]]]:
    row = Import.objects.get(pk=batch)
    assert row.leftovers_sealed is not None
    opened = vault.keyring().open(
        bytes(row.leftovers_sealed), bound_to=sealing.import_binding(batch, "leftovers")
    )
    found: dict[str, list[list[object]]] = json.loads(opened)
    return found


def _brought_in() -> UUID:
    result = imports.import_content(content=LIST.encode(), source="fair", actor=ANNA, at=NOW)
    return UUID(result.import_id)


def test_deleted_customer_is_gone_from_what_the_import_kept() -> None:
    batch = _brought_in()
    asa = UUID(str(_leavings(batch)["kept"][0][1]))
    assert [line for line, *_rest in _leavings(batch)["kept"]] == [2, 3]

    records.delete_customer(customer=asa, actor=ANNA, at=NOW)

    assert [line for line, *_rest in _leavings(batch)["kept"]] == [3]
    assert [line for line, _cells in _leavings(batch)["set_aside"]] == [4]


def test_forgetting_somebody_whom_no_import_knows_changes_nothing() -> None:
    batch = _brought_in()
    before = Import.objects.get(pk=batch).leftovers_sealed

    assert (leavings.forget_customer(customer=new_id()), Import.objects.get(pk=batch).leftovers_sealed) == (
        0,
        before,
    )


def test_result_shows_no_customer_once_the_import_is_done() -> None:
    batch = imports.preview_file(name="a.csv", content=LIST.encode(), source="", actor=ANNA, at=NOW)
    assert len(import_selectors.import_shown(batch=batch, actor=ANNA, at=NOW).samples) == 2

    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    imports.run_confirmed(batch=batch, at=NOW)

    assert import_selectors.import_shown(batch=batch, actor=ANNA, at=NOW).samples == []
    assert Customer.objects.in_force().count() == 2


def test_who_said_yes_stands_in_the_log_and_not_who_looked() -> None:
    batch = imports.preview_file(name="a.csv", content=LIST.encode(), source="", actor=ANNA, at=NOW)

    imports.confirm(batch=batch, actor=BO, at=NOW)
    imports.run_confirmed(batch=batch, at=NOW)

    told = [(entry.action, entry.actor) for entry in audit.newest_entries(limit=3)]
    assert told == [
        ("customers.imported", BO),
        ("customers.import-confirmed", BO),
        ("customers.import-previewed", ANNA),
    ]


def test_recent_imports_are_listed_until_their_leavings_are_forgotten() -> None:
    batch = _brought_in()
    assert [one.id for one in import_selectors.recent_imports()] == [batch]

    imports.forget_leavings(before=NOW.replace(year=NOW.year + 1), actor=ANNA, at=NOW)

    assert import_selectors.recent_imports() == []
