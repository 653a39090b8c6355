"""What a person decides of a list that waits for a yes is done when it comes in, and ends with whom it is about."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.custom_fields import Field as Question
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import waiting
from tryggve.domains.customers.services import (
    custom_fields,
    deciding,
    imports,
    leavings,
)
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force, people
from tryggve.domains.customers.tests.waiting_lists import (
    as_kept,
    carry_out,
    fates,
    left_of,
    match,
    mend,
    preview,
    rows,
)

pytestmark = pytest.mark.django_db(transaction=True)

EVA = Details(name="Eva Lind", emails=("eva@example.se",), phones=("070-1112233",))


def test_column_matched_by_hand_is_read_so() -> None:
    batch = preview(csv_of("Åsa Ek;asa@example.se;;Carpenter;43"))
    match(batch, at3="job_title", at4="tags")
    carry_out(batch)
    asa = in_force()["Åsa Ek"]
    assert (asa.job_title, asa.tags, asa.note) == ("Carpenter", ("43",), "")


def test_column_left_out_is_not_brought_in_and_can_be_taken_back() -> None:
    batch = preview(csv_of("Åsa Ek;asa@example.se;;tea;43"))
    match(batch, at3=None)
    assert waiting.waiting(batch).held.columns[3].field is None
    match(batch, at3="note")
    carry_out(batch)
    assert in_force()["Åsa Ek"].note == "tea"


def test_file_without_known_headings_is_matched_by_hand() -> None:
    batch = preview(b"x;y\nq;r\nAnna;anna\nBo;bo\n")
    match(batch, at0="name", at1="tags")
    carry_out(batch)
    assert {"Anna", "Bo"} <= set(in_force())


def test_column_answers_a_field_of_the_firms_own_and_a_wrong_answer_sets_the_row_aside() -> None:
    made = custom_fields.add_field(
        name="Shoe size", kind="NUMBER", choices=[], is_sensitive=False, actor=MACHINE, at=NOW
    )
    batch = preview(csv_of("Åsa Ek;asa@example.se;;;43", "Bo Ek;bo@example.se;;;large"))
    match(batch, at4=Question(str(made), "Shoe size", "NUMBER"))
    assert fates(batch) == [(2, "new", ""), (3, "set_aside", "bad_answer")]
    carry_out(batch)
    assert in_force()["Åsa Ek"].custom == ((str(made), "43"),)


def test_rows_that_were_read_are_kept_when_columns_are_matched_so_that_nobody_is_named() -> None:
    batch = preview(csv_of("Åsa Ek;asa@example.se;;tea;43"))
    match(batch, at0=None, at1=None)
    assert fates(batch) == [(2, "set_aside", "nobody")]
    match(batch, at0="name", at1="email")
    assert fates(batch) == [(2, "new", "")]


def test_row_that_would_be_a_total_under_other_columns_is_not_lost() -> None:
    batch = preview(csv_of("Total;;70 123 45 67;;", "Bo Ek;bo@example.se;;;"))
    assert fates(batch)[0] == (2, "new", "")
    match(batch, at2=None)
    assert fates(batch)[0] == (2, "set_aside", "nobody")
    match(batch, at2="phone")
    assert fates(batch)[0] == (2, "new", "")


def test_deciding_leaves_an_entry_with_its_kind_alone() -> None:
    batch = preview(csv_of("Åsa Ek;asa@example.se;;tea;43"))
    match(batch, at3="tags")
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.facts) == (
        "customers.import-decided", {"batch": str(batch), "what": "columns"}
    )  # fmt: skip


# Rows


def test_page_of_rows_tells_what_happens_with_each() -> None:
    add(CILLA)
    batch = preview(
        csv_of(
            "Åsa Ek;asa@example.se;;;",
            f"{CILLA.name};{CILLA.emails[0]};070-9990001;;",
            f"{CILLA.name};{CILLA.emails[0]};;;",
            "Bo;bo@",
        )
    )
    shown = rows(batch)
    assert [(row.line, row.fate, row.other_title, tuple(row.added)) for row in shown.page] == [
        (2, "new", "", ()),
        (3, "updated", CILLA.name, ("phones",)),
        (4, "unchanged", CILLA.name, ()),
        (5, "set_aside", "", ()),
    ]
    assert shown.counts == {"new": 1, "updated": 1, "unchanged": 1, "set_aside": 1}
    assert [row.line for row in rows(batch, "set_aside").page] == [5]


def test_rows_come_fifty_to_a_page() -> None:
    batch = preview(people(range(120)))
    assert [len(list(rows(batch, number=number).page)) for number in (1, 2, 3)] == [50, 50, 20]
    assert rows(batch, number=3).page[0].line == 102


def test_row_mended_in_place_is_brought_in_and_one_that_is_not_stays_aside() -> None:
    batch = preview(csv_of("Bo Ek;bo@;;;", "Dan;dan@", "Åsa Ek;asa@example.se;;;"))
    mend(batch, 0, "Bo Ek", "bo@example.se")
    mend(batch, 1, "Dan", "dan@@", "x")
    assert fates(batch) == [(2, "new", ""), (3, "set_aside", "bad_email"), (4, "new", "")]
    carry_out(batch)
    assert (sorted(in_force()), in_force()["Bo Ek"].emails) == (["Bo Ek", "Åsa Ek"], ("bo@example.se",))


def test_long_list_is_compared_again_only_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    batch = preview(csv_of("Bo Ek;bo@;;;", "Åsa Ek;asa@example.se;;;"))
    mend(batch, 0, "Bo Ek", "bo@example.se")
    assert (rows(batch).is_stale, fates(batch)[0]) == (True, (2, "mended", ""))
    deciding.compare_again(batch=batch, actor=MACHINE, at=NOW)
    assert (rows(batch).is_stale, fates(batch)[0]) == (False, (2, "new", ""))


def test_decision_counts_also_when_nobody_had_the_list_compared_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    batch = preview(csv_of("Bo Ek;bo@;;;"))
    mend(batch, 0, "Bo Ek", "bo@example.se")
    carry_out(batch)
    assert list(in_force()) == ["Bo Ek"]


def test_mended_row_is_found_when_the_customer_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    [cilla] = add(CILLA)
    batch = preview(csv_of("Nobody;bo@;;;", "Åsa Ek;asa@example.se;;;"))
    mend(batch, 0, CILLA.name, CILLA.emails[0])
    assert CILLA.emails[0] in as_kept(batch)
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert CILLA.emails[0] not in as_kept(batch)
    carry_out(batch)
    assert list(in_force()) == ["Åsa Ek"]


@pytest.mark.parametrize("state", ["QUEUED", "RUNNING", "DONE"])
def test_list_that_was_started_can_be_decided_no_more(state: str) -> None:
    batch = preview(csv_of("Bo Ek;bo@;;;"))
    Import.objects.filter(pk=batch).update(state=state)
    with pytest.raises(waiting.NotWaiting):
        mend(batch, 0, "Bo Ek", "bo@example.se")
    with pytest.raises(waiting.NotWaiting):
        rows(batch)


def test_two_who_decide_at_once_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = preview(csv_of("Bo Ek;bo@;;;", "Dan Ek;dan@;;;"))
    opened = waiting.waiting(batch)
    mend(batch, 0, "Bo Ek", "bo@example.se")
    monkeypatch.setattr(deciding, "waiting", lambda _batch: opened)
    with pytest.raises(deciding.ChangedMeanwhile):
        mend(batch, 1, "Dan Ek", "dan@example.se")
    assert fates(batch) == [(2, "new", ""), (3, "set_aside", "bad_email")]


# Rows set aside, after the import


def test_rows_set_aside_are_mended_and_brought_in_after_the_import() -> None:
    first = UUID(
        bring_in(csv_of("Bo Ek;bo@;;;", "Dan Ek;dan@;;;", "Åsa Ek;asa@example.se"), source="fair").import_id
    )
    again = imports.bring_up_set_aside(batch=first, actor=MACHINE, at=NOW)
    mend(again, 0, "Bo Ek", "bo@example.se")
    carry_out(again)
    assert sorted(in_force()) == ["Bo Ek", "Åsa Ek"]
    assert in_force()["Bo Ek"].source == "fair"
    assert ([entry[0] for entry in left_of(first)], [entry[0] for entry in left_of(again)]) == ([], [3])


def test_rows_brought_up_again_stay_where_they_are_until_a_yes() -> None:
    first = UUID(bring_in(csv_of("Bo Ek;bo@;;;")).import_id)
    again = imports.bring_up_set_aside(batch=first, actor=MACHINE, at=NOW)
    imports.cancel(batch=again, actor=MACHINE, at=NOW)
    assert len(left_of(first)) == 1


def test_rows_are_brought_up_no_more_when_none_is_left_or_the_key_is_gone() -> None:
    none = UUID(bring_in(csv_of("Bo Ek;bo@example.se;;;")).import_id)
    old = UUID(bring_in(csv_of("Dan Ek;dan@;;;")).import_id)
    leavings.forget_leavings(before=NOW + timedelta(seconds=1), actor="system", at=NOW)
    for batch in (none, old):
        with pytest.raises(imports.NothingLeft):
            imports.bring_up_set_aside(batch=batch, actor=MACHINE, at=NOW)
