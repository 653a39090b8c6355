import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import routines, sealing
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import forgetting, import_jobs, imports, leavings
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import hire
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
ANNA, BO = f"user:{new_id()}", f"user:{new_id()}"
LIST = "Namn;E-post;Personnummer\nÅsa Ek;asa@example.se;19000099-0000\nBo;bo@example.se;19000099-0001\nFel;fel@;x\n"


@pytest.fixture(autouse=True)
def people_work_here(transactional_db: None) -> None:
    hire(ANNA, BO)


def _leavings(batch: UUID) -> dict[str, list[list[object]]]:
    row = Import.objects.get(pk=batch)
    assert row.leftovers_sealed is not None
    opened = vault.keyring().open(
        bytes(row.leftovers_sealed), bound_to=sealing.import_binding(batch, "leftovers")
    )
    found: dict[str, list[list[object]]] = json.loads(opened)
    return found


def _brought_in(source: str = "fair") -> UUID:
    result = imports.import_content(content=LIST.encode(), source=source, actor=ANNA, at=NOW)
    return UUID(result.import_id)


def test_deleted_customer_is_gone_from_what_the_import_kept() -> None:
    batch = _brought_in()
    asa = UUID(str(_leavings(batch)["kept"][0][1]))
    assert [line for line, *_rest in _leavings(batch)["kept"]] == [2, 3]

    deleting.delete_customer(customer=asa, actor=ANNA, at=NOW)

    assert [line for line, *_rest in _leavings(batch)["kept"]] == [3]
    assert [line for line, *_rest in _leavings(batch)["set_aside"]] == [4]


def test_value_not_taken_over_is_forgotten_with_its_customer_in_every_import() -> None:
    _brought_in()
    asa = Customer.objects.in_force().order_by("pk").first()
    assert asa is not None
    both = [_brought_in("webben"), _brought_in("mässan")]
    assert [len(_leavings(batch)["not_taken"]) for batch in both] == [2, 2]

    deleting.delete_customer(customer=asa.pk, actor=ANNA, at=NOW)

    for batch in both:
        left = [one[1] for name in ("kept", "not_taken") for one in _leavings(batch)[name]]
        assert (len(left), str(asa.pk) in left) == (2, False)


def test_import_that_keeps_nothing_holds_up_no_deletion() -> None:
    _brought_in()
    routines.forget_leavings(NOW + timedelta(days=31))
    imports.preview_file(name="a.csv", content=LIST.encode(), source="", actor=ANNA, at=NOW)
    assert forgetting.forget_ties(customer=Customer.objects.in_force()[0].pk) == 0


@pytest.mark.parametrize("harm", ["damaged", "without its key"])
def test_leavings_that_do_not_open_are_dropped_and_hold_up_no_deletion(harm: str) -> None:
    batch = _brought_in()
    asa = UUID(str(_leavings(batch)["kept"][0][1]))
    row = Import.objects.get(pk=batch)
    assert row.key_ref is not None
    assert row.leftovers_sealed is not None
    if harm == "damaged":
        Import.objects.filter(pk=batch).update(leftovers_sealed=bytes(row.leftovers_sealed)[:-1] + b"x")
    else:
        vault.keyring().destroy_keys([row.key_ref])

    deleting.delete_customer(customer=asa, actor=ANNA, at=NOW)

    assert not Customer.objects.filter(pk=asa).exists()
    assert Import.objects.get(pk=batch).leftovers_sealed is None


def test_leavings_destroyed_while_a_customer_is_forgotten_are_left_alone() -> None:
    first, second = _brought_in(), _brought_in()
    asa = UUID(str(_leavings(first)["kept"][0][1]))
    meanwhile = [lambda: routines.forget_leavings(NOW + timedelta(days=31))]

    def destroy(execute: Callable[..., object], sql: str, *rest: object) -> object:
        answer = execute(sql, *rest)
        if sql.startswith("SELECT") and meanwhile:
            meanwhile.pop()()
        return answer

    with connection.execute_wrapper(destroy):
        assert forgetting.forget_ties(customer=asa) == 0
    assert list(Import.objects.values_list("key_ref", "leftovers_sealed")) == [(None, None)] * 2
    assert {first, second} == set(Import.objects.values_list("pk", flat=True))


def test_forgetting_somebody_whom_no_import_knows_changes_nothing() -> None:
    batch = _brought_in()
    before = Import.objects.get(pk=batch).leftovers_sealed

    assert (forgetting.forget_ties(customer=new_id()), Import.objects.get(pk=batch).leftovers_sealed) == (
        0,
        before,
    )


def test_result_shows_no_customer_once_the_import_is_done() -> None:
    batch = imports.preview_file(name="a.csv", content=LIST.encode(), source="", actor=ANNA, at=NOW)
    assert len(imported.import_shown(batch=batch, actor=ANNA, at=NOW).samples) == 2

    imports.confirm(batch=batch, actor=ANNA, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)

    assert imported.import_shown(batch=batch, actor=ANNA, at=NOW).samples == []
    assert Customer.objects.in_force().count() == 2


def test_who_said_yes_stands_in_the_log_and_not_who_looked() -> None:
    batch = imports.preview_file(name="a.csv", content=LIST.encode(), source="", actor=ANNA, at=NOW)

    imports.confirm(batch=batch, actor=BO, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)

    told = [(entry.action, entry.actor) for entry in audit.newest_entries(limit=3)]
    assert told == [
        ("customers.imported", BO),
        ("customers.import-confirmed", BO),
        ("customers.import-previewed", ANNA),
    ]


def test_recent_imports_are_listed_until_their_leavings_are_forgotten() -> None:
    batch = _brought_in()
    assert [one.id for one in imported.recent_imports()] == [batch]

    leavings.forget_leavings(before=NOW.replace(year=NOW.year + 1), actor=ANNA, at=NOW)

    assert imported.recent_imports() == []
