"""The pages about whom nothing needs any more: what they say, ask before they act, and log."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, DAN
from tests.counting import counts
from tests.erasure.erasing import erase, state_of
from tests.retention.keeping import INVOICE, REASON, keep, keep_by_law, tell_end
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import bring_in, people
from tryggve.domains.rights.models import AssignmentEnd, Due, Erasure, Keep, KeptByLaw, RetentionReview
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.retention import finding_due

pytestmark = pytest.mark.django_db
LIST = "/customers/retention/"


@pytest.fixture
def due(cilla: UUID, dan: UUID) -> list[UUID]:
    """Both were last heard of long ago."""
    _long_ago()
    finding_due.find_due(at=timezone.now())
    return [cilla, dan]


def _long_ago() -> None:
    then = timezone.now().replace(year=2019, day=1)
    Customer.objects.update(created_at=then, changed_at=then)


def _text(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_tells_who_is_due_and_why_and_from_where_the_time_comes(
    as_anna: Client, due: list[UUID]
) -> None:
    page = _text(as_anna)
    assert (CILLA.name in page, DAN.name in page) == (True, True)
    assert "3 years after the end of the assignment. Last contact on" in page
    assert "the day when the assignment ended" in page
    assert "Nobody is erased by that: you decide." in page
    assert ("GDPR art. 5(1)(e)" in page, "Checked Nov. 22, 2026" in page) == (True, True)
    assert "a note was written" in page
    assert [one.facts for one in audit.newest_entries(limit=1)] == [{"shown": 2}]


def test_list_of_nobody_and_of_a_firm_without_purposes(as_anna: Client) -> None:
    assert "Choose first what you use data for" in _text(as_anna)


def test_list_of_nobody(as_anna: Client, cilla: UUID) -> None:
    page = _text(as_anna)
    assert ("Nobody is due" in page, CILLA.name in page) == (True, False)


def test_ticked_customers_are_asked_about_and_nothing_is_changed_yet(
    as_anna: Client, due: list[UUID]
) -> None:
    keep(due[1], kind="HOLD", at=timezone.now())
    finding_due.find_due(at=timezone.now())
    Due.objects.get_or_create(pk=due[1], defaults=_row())
    answer = as_anna.post(f"{LIST}purge/", {"customers": due})
    page = answer.content.decode()
    assert "They are put aside for 14 days, then erased" in page
    assert page.count('name="customers"') == 1
    assert "held by law or because of a dispute" in page
    assert (Erasure.objects.count(), state_of(due[0])) == (0, Customer.State.ACTIVE)


def _row() -> dict[str, object]:
    kept = Due.objects.values().first()
    assert kept is not None
    return {name: value for name, value in kept.items() if name != "customer_ref"}


def test_yes_puts_them_aside_and_tells_who_was_left_out(as_anna: Client, anna: User, due: list[UUID]) -> None:
    restrictions.restrict(customer=due[1], actor=anna.actor, at=timezone.now(), reach=EVERYBODY)
    answer = as_anna.post(f"{LIST}purge/yes/", {"customers": due, "sure": "yes"}, follow=True)
    page = answer.content.decode()
    assert "1 customer is put aside." in page
    assert "1 customer was left out: the customer asked that the data is used for nothing." in page
    assert [(one.customer_ref, one.ground, one.asked_by) for one in Erasure.objects.all()] == [
        (due[0], "DUE", anna.actor)
    ]


@pytest.mark.parametrize("sent", [{}, {"sure": "yes"}, {"customers": ["nonsense"], "sure": "yes"}])
def test_without_anybody_ticked_nothing_is_changed(
    as_anna: Client, due: list[UUID], sent: dict[str, object]
) -> None:
    for address in ("purge/", "purge/yes/"):
        assert as_anna.post(f"{LIST}{address}", sent)["Location"] == LIST
    assert Erasure.objects.count() == 0


def test_without_the_yes_nothing_is_changed(as_anna: Client, due: list[UUID]) -> None:
    as_anna.post(f"{LIST}purge/yes/", {"customers": due})
    assert Erasure.objects.count() == 0


def test_more_than_a_page_at_once_is_refused(as_anna: Client, due: list[UUID]) -> None:
    as_anna.post(f"{LIST}purge/yes/", {"customers": [*due, *(uuid4() for _ in range(50))], "sure": "yes"})
    assert Erasure.objects.count() == 0


def test_nothing_is_erased_by_looking(as_anna: Client, due: list[UUID]) -> None:
    assert as_anna.get(f"{LIST}purge/").status_code == 405
    assert as_anna.get(f"{LIST}purge/yes/").status_code == 405
    assert Erasure.objects.count() == 0


def test_customer_is_kept_from_its_page_and_let_go_again(as_anna: Client, due: list[UUID]) -> None:
    address = f"/customers/{due[0]}/keeping/"
    page = _text(as_anna, address)
    assert ("due to be erased" in page, "the customer was added" in page) == (True, True)
    as_anna.post(f"{address}keep/", {"keep-kind": "HOLD", "keep-reason": REASON})
    kept = Keep.objects.get()
    assert (kept.kind, kept.until, Due.objects.filter(pk=due[0]).exists()) == ("HOLD", None, False)
    assert REASON in _text(as_anna, address)
    assert REASON in _text(as_anna, f"{LIST}kept/")
    as_anna.post(f"{LIST}kept/{kept.pk}/end/")
    assert REASON not in _text(as_anna, address)


def test_day_that_cant_be_is_told_at_its_field(as_anna: Client, due: list[UUID]) -> None:
    sent = {"keep-kind": "LONGER", "keep-reason": REASON, "keep-until": "2019-01-01"}
    page = as_anna.post(f"/customers/{due[0]}/keeping/keep/", sent).content.decode()
    assert ("Choose a day from today on" in page, REASON in page) == (True, True)
    assert Keep.objects.count() == 0


def test_end_of_the_assignment_is_told_and_taken_back(as_anna: Client, due: list[UUID]) -> None:
    address = f"/customers/{due[0]}/keeping/"
    as_anna.post(f"{address}ended/", {"end-ended_on": "2024-06-30"})
    assert AssignmentEnd.objects.get().ended_on == date(2024, 6, 30)
    assert 'value="2024-06-30"' in _text(as_anna, address)
    as_anna.post(f"{address}ended/", {"end-ended_on": ""})
    assert AssignmentEnd.objects.count() == 0


def test_what_the_law_demands_is_written_shown_and_removed(as_anna: Client, due: list[UUID]) -> None:
    address = f"/customers/{due[0]}/keeping/"
    year = timezone.localdate().year - 1
    sent = {"law-rule": "se-bookkeeping", "law-counted_from": f"{year}-12-31", "law-words": INVOICE}
    as_anna.post(f"{address}by-law/", sent)
    assert INVOICE in _text(as_anna, address)
    as_anna.post(f"{LIST}by-law/{KeptByLaw.objects.get().pk}/remove/")
    assert KeptByLaw.objects.count() == 0
    over = as_anna.post(f"{address}by-law/", sent | {"law-counted_from": "2001-12-31"}).content.decode()
    assert "The law doesn&#x27;t demand that any more" in over


def test_what_is_left_of_an_erased_customer_stands_among_those_kept(as_anna: Client, due: list[UUID]) -> None:
    assert INVOICE not in _text(as_anna, f"{LIST}kept/")
    keep_by_law(due[0], at=timezone.now())
    erase(due[0])
    assert INVOICE in _text(as_anna, f"{LIST}kept/")
    assert audit.newest_entries(limit=1)[0].action == "rights.kept-by-law-listed"


def test_page_of_who_is_not_there_says_so(as_anna: Client, firm: object) -> None:
    assert as_anna.get(f"/customers/{uuid4()}/keeping/").status_code in (404, 409)


def test_review_is_written_down_and_the_next_shown(as_anna: Client, anna: User, due: list[UUID]) -> None:
    assert "Late" in _text(as_anna)  # the purposes were chosen half a year ago and more
    as_anna.post(f"{LIST}reviewed/")
    row = RetentionReview.objects.get()
    assert (row.done_by, row.due) == (anna.actor, 2)
    assert "Late" not in _text(as_anna)


def test_first_page_says_how_many_are_due_and_that_a_review_is(as_anna: Client, due: list[UUID]) -> None:
    page = _text(as_anna, "/today/")
    assert "2 customers aren&#x27;t needed for anything any more" in page
    assert "It is time to look through whom you keep" in page
    RetentionReview.objects.create(done_at=timezone.now(), done_by="user:1", due=2)
    Due.objects.filter(pk=due[0]).delete()
    page = _text(as_anna, "/today/")
    assert "1 customer isn&#x27;t needed for anything any more" in page
    assert "It is time to look through whom you keep" not in page


def test_other_pages_say_nothing_of_it(as_anna: Client, due: list[UUID]) -> None:
    assert "needed for anything any more" not in _text(as_anna, "/company/people/")


def test_card_leads_to_how_long_the_customer_is_kept(as_anna: Client, cilla: UUID) -> None:
    assert f"/customers/{cilla}/keeping/" in _text(as_anna, f"/customers/{cilla}/")


def test_pages_ask_as_often_however_much_there_is(as_anna: Client, due: list[UUID]) -> None:
    now = timezone.now()
    pages = (LIST, f"{LIST}kept/", f"/customers/{due[0]}/keeping/", "/customers/")
    keep(due[0], at=now)
    keep_by_law(due[0], at=now)
    bring_in(people(range(2)))
    _long_ago()
    tell_end(due[1], date(2020, 1, 31), at=now)
    finding_due.find_due(at=now)
    assert Due.objects.count() == 3
    few = counts(as_anna, *pages)
    bring_in(people(range(30)))
    _long_ago()
    finding_due.find_due(at=now)
    for customer in Customer.objects.values_list("pk", flat=True)[:20]:
        keep(customer, at=now)
        keep_by_law(customer, at=now)
    finding_due.find_due(at=now + timedelta(seconds=1))
    assert Due.objects.count() > 5
    assert (counts(as_anna, *pages), list(few.values())) == (few, [22, 8, 18, 6])
