"""The six lists through the service: what is told, what is kept, and that a second time changes nothing."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, CustomerChange, Import
from tryggve.domains.customers.services import import_batch, imports
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.files.make_files import LISTS, content_of
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, csv_of, in_force, people, untouched

pytestmark = pytest.mark.django_db
KEYS = [
    "rows", "created", "updated", "unchanged", "duplicates", "set_aside", "skipped", "import_id", "kept_columns",
    "identity_numbers",
]  # fmt: skip


def _leftovers(batch: UUID) -> dict[str, list[Any]]:
    """What lies sealed with an import, opened with its key."""
    row = Import.objects.get(pk=batch)
    assert row.leftovers_sealed is not None
    plain = vault.keyring().open(
        bytes(row.leftovers_sealed), bound_to=sealing.import_binding(batch, "leftovers")
    )
    leftovers: dict[str, list[Any]] = json.loads(plain)
    return leftovers


@pytest.mark.parametrize("name", LISTS)
def test_list_is_told_line_by_line_and_the_second_time_changes_nothing(name: str) -> None:
    expected = json.loads(content_of(f"expected/{name}.json"))
    told = bring_in(content_of(name)).as_json()
    assert list(told) == KEYS
    counts = ["rows", "created", "updated", "unchanged", "set_aside", "skipped", "kept_columns"]
    assert {part: told[part] for part in counts} == {part: expected[part] for part in counts}
    assert [(one["line"], one["why"]) for one in told["duplicates"]] == [
        (one["line"], one["why"]) for one in expected["duplicates"]
    ]
    data_lines = told["created"] + told["updated"] + told["unchanged"]
    assert told["rows"] == data_lines + len(told["set_aside"]) + len(told["skipped"])
    assert len(in_force()) <= Customer.objects.filter(state="ACTIVE").count() == told["created"]

    rows, keys = untouched(), power.keys_kept()
    again = bring_in(content_of(name))
    assert (again.created, again.updated, again.unchanged) == (0, 0, data_lines)
    assert untouched() == rows
    own = Import.objects.get(pk=UUID(again.import_id)).key_ref
    assert power.keys_kept() - keys == {own}


def test_duplicates_name_customers_who_are_there() -> None:
    told = bring_in(content_of("doubles.csv"))
    known = {str(customer) for customer in Customer.objects.values_list("pk", flat=True)}
    assert told.duplicates
    assert {one.customer for one in told.duplicates} <= known


def test_one_entry_is_written_with_counts_only() -> None:
    told = bring_in(content_of("ten-faults.csv"))
    [entry] = audit.newest_entries()
    assert (entry.action, entry.actor, entry.subject) == ("customers.imported", MACHINE, None)
    assert entry.facts == {
        "batch": told.import_id, "rows": 310, "created": 300, "updated": 0, "unchanged": 0, "set_aside": 10,
        "skipped": 0,
    }  # fmt: skip


def test_source_of_the_list_is_kept_with_each_new_customer() -> None:
    bring_in(people(range(2)), source="autumn fair 2026")
    assert {details.source for details in in_force().values()} == {"autumn fair 2026"}


def test_columns_without_a_field_are_sealed_with_the_import_and_never_noted() -> None:
    told = bring_in(content_of("ugly-swedish.csv"))
    kept = _leftovers(UUID(told.import_id))["kept"]
    assert kept[0][2] == {"Personnummer": "19000099-0000"}
    assert (len(kept), told.kept_columns) == (300, ["Personnummer", "Senast köpt"])
    assert not [details for details in in_force().values() if "0099-" in details.note]


def test_rows_set_aside_are_sealed_whole_with_the_import() -> None:
    told = bring_in(csv_of("Bo;bo@;;ring;43", "Dan;dan@example.dk"))
    assert _leftovers(UUID(told.import_id))["set_aside"] == [
        [2, ["Bo", "bo@", "", "ring", "43"], "bad_email", None, ["person bo"], "E-mail"]
    ]


def test_leavings_open_with_no_other_key() -> None:
    first, second = (UUID(bring_in(people([number])).import_id) for number in (1, 2))
    row = Import.objects.get(pk=first)
    with pytest.raises(vault.Damaged):
        vault.keyring().open(
            bytes(row.leftovers_sealed or b""), bound_to=sealing.import_binding(second, "leftovers")
        )


def test_trial_tells_the_same_and_writes_nothing() -> None:
    bring_in(people(range(3)))
    rows, keys, entries = untouched(), power.keys_kept(), len(audit.newest_entries())
    content = people(range(5), note="ring")
    told = imports.trial(content=content, source="fair", is_register_there=True, at=NOW)
    assert (told.rows, told.created, told.updated, told.import_id) == (5, 2, 3, None)
    assert (untouched(), power.keys_kept(), len(audit.newest_entries())) == (rows, keys, entries)
    assert Import.objects.count() == 1
    assert bring_in(content, source="fair").created == told.created


def test_trial_without_a_register_asks_no_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        told = imports.trial(content=people(range(5)), source="", is_register_there=False, at=NOW)
    assert told.created == 5


def test_refused_file_leaves_nothing_behind() -> None:
    keys = power.keys_kept()
    for content in (b"", b"\x00\x01\x02" * 99, b"1;2\n3;4\n", b"PK\x03\x04 not a workbook"):
        with pytest.raises(import_batch.FileRefused) as refused:
            bring_in(content)
        assert str(refused.value).endswith("Nothing was changed.")
    assert (power.keys_kept(), Import.objects.count(), len(audit.newest_entries())) == (keys, 0, 0)


def test_known_customer_gains_and_loses_nothing() -> None:
    bring_in(b"Name;E-mail;Note;Tags\nBo Ek;bo@example.se;Likes tea;vip\n")
    bring_in(b"Name;E-mail;Phone;Note;Tags\nBO EK;BO@example.se;08-465 004 00;Rings late;vip,new\n")
    [bo] = in_force().values()
    assert (bo.name, bo.emails, bo.phones) == ("Bo Ek", ("bo@example.se",), ("08-465 004 00",))
    assert (bo.note, bo.tags) == ("Likes tea\n\nRings late", ("vip", "new"))
    assert Customer.objects.get().revision == 2


def test_rows_are_written_at_most_five_hundred_at_a_time_after_their_keys() -> None:
    bring_in(people(range(600)))
    content = people(range(1200), note="ring")
    written: list[tuple[str, int, int]] = []
    known, keys = Customer.objects.count(), len(power.keys_kept())

    def look(point: str) -> None:
        pending = Customer.objects.exclude(pending_batch_ref=None).count()
        written.append((point, len(power.keys_kept()) - keys - 1, Customer.objects.count() - known + pending))

    power.watch(look, lambda: bring_in(content))
    assert written == [
        ("import: keys made", 500, 0),
        ("import: new rows staged", 500, 500),
        ("import: keys made", 600, 500),
        ("import: new rows staged", 600, 600),
        ("import: changes staged", 600, 1100),
        ("import: changes staged", 600, 1200),
        ("import: published, not committed", 600, 600),
    ]


def test_no_transaction_holds_more_than_a_batch_of_rows() -> None:
    there: list[int] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "RELEASE")):
            there.append(Customer.objects.count())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        bring_in(people(range(1200)))
    most = max(after - before for before, after in pairwise(there))
    assert (most, there[-1], CustomerChange.objects.count()) == (500, 1200, 1)
