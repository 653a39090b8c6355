"""Identity numbers that a list brings for customers who were here before it."""

import json
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.audit import selectors as audit
from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.imports.results import NumbersTold
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, Import, ImportImage
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import images, import_jobs, imports, records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force, untouched
from tryggve.domains.customers.tests.numbers import (
    CILLAS,
    CILLAS_WRITTEN,
    DANS,
    FIRMS,
    details_of,
    keep,
    kept_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

NUTS = (("field", "Nuts"),)
HEAD = "Namn;E-post;Personnr\n"
LIST = f"{HEAD}{CILLA.name};{CILLA.emails[0]};{CILLAS_WRITTEN}\n".encode()


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _left(batch: str | None) -> list[object]:
    """What of the columns lies beside the import."""
    row = Import.objects.get(pk=batch or "")
    kept: list[object] = json.loads(
        import_papers.opened(row, "leftovers", bytes(row.leftovers_sealed or b""))
    )["kept"]
    return kept


def _told(saved: int = 0, known: int = 0, invalid: int = 0) -> NumbersTold:
    return NumbersTold(["Personnr"], saved, known, invalid)


def test_known_customer_without_a_number_gets_the_one_of_the_list(cilla: UUID) -> None:
    result = bring_in(LIST)
    assert (kept_of(cilla), len(details_of(cilla).number_tags)) == (Sensitive((CILLAS,)), 1)
    assert (result.updated, result.unchanged, result.identity_numbers) == (1, 0, _told(saved=1))
    assert (_left(result.import_id), Customer.objects.get().sensitive_revision) == ([], 1)
    assert [entry.action for entry in audit.newest_entries(limit=2)] == [
        "customers.imported",
        "customers.added",
    ]


def test_number_and_details_of_one_line_both_come(cilla: UUID) -> None:
    bring_in(LIST.replace(b"E-post", b"E-post;Telefon").replace(b".se;", b".se;08-465 004 00;"))
    assert (kept_of(cilla).numbers, details_of(cilla).phones) == ((CILLAS,), (*CILLA.phones, "08-465 004 00"))


def test_known_customer_with_another_number_keeps_it_and_that_of_the_list_stays_beside(cilla: UUID) -> None:
    keep(cilla, FIRMS)
    before = untouched()
    result = bring_in(LIST)
    assert (untouched(), kept_of(cilla)) == (before, Sensitive((FIRMS,)))
    assert _left(result.import_id) == [[2, str(cilla), {"Personnr": CILLAS_WRITTEN}]]
    assert (result.unchanged, result.identity_numbers) == (1, _told(known=1))


def test_number_that_is_known_changes_nothing_and_is_not_kept_twice(cilla: UUID) -> None:
    keep(cilla, CILLAS)
    before = untouched()
    result = bring_in(LIST)
    assert (untouched(), _left(result.import_id), result.unchanged) == (before, [], 1)


def test_result_does_not_tell_whether_a_guessed_number_is_right(cilla: UUID) -> None:
    keep(cilla, CILLAS)
    guesses = [LIST, LIST.replace(b"3234", b"3242")]
    told = [imports.trial(content=one, source="", is_register_there=True, at=NOW) for one in guesses]
    assert told[0] == told[1]


def test_sensitive_answers_stay_beside_the_number(cilla: UUID) -> None:
    keep(cilla, custom=NUTS)
    bring_in(LIST)
    assert kept_of(cilla) == Sensitive((CILLAS,), NUTS)


def test_sensitive_half_that_does_not_open_is_not_written_over(cilla: UUID) -> None:
    keep(cilla, custom=NUTS)
    Customer.objects.update(sensitive_sealed=b"damaged")
    result = bring_in(LIST)
    assert bytes(Customer.objects.get().sensitive_sealed or b"") == b"damaged"
    assert _left(result.import_id) == [[2, str(cilla), {"Personnr": CILLAS_WRITTEN}]]


def test_what_is_no_number_stays_beside(cilla: UUID) -> None:
    result = bring_in(LIST.replace(b"3234", b"3235"))
    assert (kept_of(cilla), result.identity_numbers) == (Sensitive(), _told(invalid=1))
    assert _left(result.import_id) == [[2, str(cilla), {"Personnr": "19640823-3235"}]]


def test_same_number_on_two_lines_is_kept_once(cilla: UUID) -> None:
    result = bring_in(LIST + LIST.splitlines()[1])
    assert (kept_of(cilla).numbers, _left(result.import_id)) == ((CILLAS,), [])
    assert (result.updated, result.unchanged, result.identity_numbers) == (1, 1, _told(saved=1, known=1))


def test_known_and_new_customers_get_their_numbers_from_one_list(cilla: UUID) -> None:
    result = bring_in(LIST + b"Dan;dan@example.dk;DK 211062-5629\n")
    [dan] = Customer.objects.exclude(pk=cilla).values_list("pk", flat=True)
    assert (kept_of(cilla).numbers, kept_of(dan).numbers) == ((CILLAS,), (DANS,))
    assert result.identity_numbers == _told(saved=2)


def test_same_list_again_changes_nothing(cilla: UUID) -> None:
    bring_in(LIST)
    before = untouched()
    assert (bring_in(LIST).unchanged, untouched()) == (1, before)


def test_preview_tells_the_same_and_list_that_only_brings_a_number_is_worth_a_yes(cilla: UUID) -> None:
    batch = imports.preview_file(name="a.csv", content=LIST, source="", actor=MACHINE, at=NOW)
    shown = imported.import_shown(batch=batch, actor=MACHINE, at=NOW)
    assert (shown.is_worth_it, shown.rows_total, shown.result.identity_numbers) == (True, 1, _told(saved=1))
    assert ([one.fate for one in shown.samples], kept_of(cilla)) == (["updated"], Sensitive())


@pytest.mark.parametrize("place", [1, 2])
def test_import_cut_anywhere_leaves_no_number(cilla: UUID, place: int) -> None:
    before = kept_of(cilla), details_of(cilla)
    with power.cut_at(place):
        bring_in(LIST)
    import_jobs.remove_interrupted(actor="system", at=NOW)
    row = Customer.objects.get()
    assert ((kept_of(cilla), details_of(cilla)), row.sensitive_sealed, row.pending_sealed) == (
        before,
        None,
        None,
    )


def test_number_that_somebody_writes_meanwhile_stays(cilla: UUID) -> None:
    with power.at_point("import: changes staged", lambda: power.elsewhere(lambda: keep(cilla, FIRMS))):
        result = bring_in(LIST)
    assert (kept_of(cilla).numbers, len(details_of(cilla).number_tags)) == ((FIRMS,), 1)
    assert _left(result.import_id) == [[2, str(cilla), {"Personnr": CILLAS_WRITTEN}]]
    assert result.identity_numbers == _told(known=1)


def test_sensitive_answer_that_somebody_writes_meanwhile_stays(cilla: UUID) -> None:
    with power.at_point("import: changes staged", lambda: power.elsewhere(lambda: keep(cilla, custom=NUTS))):
        bring_in(LIST)
    assert kept_of(cilla) == Sensitive((CILLAS,), NUTS)


def test_customer_deleted_meanwhile_gets_no_number_and_leaves_none(cilla: UUID) -> None:
    def delete() -> None:
        deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)

    with power.at_point("import: changes staged", lambda: power.elsewhere(delete)):
        result = bring_in(LIST)
    assert (in_force(), _left(result.import_id), result.identity_numbers) == ({}, [], _told())


def test_person_who_writes_on_what_was_there_before_the_import_is_told(cilla: UUID) -> None:
    bring_in(LIST)
    with pytest.raises(records.ChangedMeanwhile):
        keep(cilla, FIRMS)
    assert kept_of(cilla).numbers == (CILLAS,)


def test_image_for_an_undo_holds_no_number(cilla: UUID) -> None:
    batch = bring_in(LIST).import_id
    image = images.opened(UUID(batch), ImportImage.objects.get())
    assert (image.before, image.after) == (CILLA, details_of(cilla))
    assert CILLAS.digits.encode() not in image.to_bytes()
