"""The nightly search finds whom nothing needs any more, and changes nothing about anybody."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.by_right import asking, consenting
from tests.cast import CILLA, NOW
from tests.erasure.erasing import ask
from tests.retention.keeping import AFTER, LAST_DAY, by, found, keep, tell_end
from tryggve.audit import registry as vocabulary
from tryggve.audit import selectors as audit
from tryggve.audit import services as log
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import documents, notes, records
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, people, untouched
from tryggve.domains.rights import actions, routines
from tryggve.domains.rights.models import Case, ConsentEvent, Due
from tryggve.domains.rights.services.purposes import purposes as purpose_services
from tryggve.domains.rights.services.retention import finding_due, keeping
from tryggve.domains.rights.tests import purposes
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
HALF_WAY = NOW + timedelta(days=500)


def test_customer_is_found_the_day_after_the_last_and_no_sooner(cilla: UUID) -> None:
    assert (found(LAST_DAY), found(AFTER)) == (set(), {cilla})
    row = Due.objects.get()
    assert (row.rule, row.purpose_ref) == ("after-assignment-3-years", purposes.id_of("jobs"))
    assert (row.counted_from, row.needed_until, row.is_from_end) == (
        date(2026, 3, 2),
        date(2029, 3, 2),
        False,
    )


def test_search_changes_nobody_and_puts_nobody_aside(cilla: UUID) -> None:
    before = untouched()
    routines.find_due(AFTER)
    assert (found(), untouched()) == ({cilla}, before)


def test_searched_again_it_comes_to_the_same_and_the_first_time_stays(cilla: UUID) -> None:
    found()
    found(AFTER + timedelta(days=1))
    assert Due.objects.get().found_at == AFTER
    told = [one.facts for one in audit.newest_entries() if one.action == actions.DUE_FOUND.code]
    assert told == [{"count": 1}]


def test_firm_without_purposes_lets_nobody_go(firm: object) -> None:
    add(CILLA)
    assert found(AFTER.replace(year=2090)) == set()


def test_purpose_that_ends_finds_those_it_kept(cilla: UUID) -> None:
    purposes.choose("warranty")  # ten years
    assert found() == set()
    purpose_services.end_purpose(purpose=purposes.id_of("warranty"), actor=MACHINE, at=NOW)
    assert found() == {cilla}


def _note(customer: UUID) -> None:
    notes.add_note(customer=customer, text="rang", **by(HALF_WAY))


def _document(customer: UUID) -> None:
    documents.add_document(customer=customer, name="a.txt", source=BytesIO(b"quote"), **by(HALF_WAY))


def _change(customer: UUID) -> None:
    details = Details(name="Cilla Berg")
    records.change_customer(customer=customer, seen_revision=1, details=details, **by(HALF_WAY))


def _request(customer: UUID) -> None:
    case = asking.asked(customer, at=HALF_WAY, received_on=HALF_WAY.date())
    Case.objects.filter(pk=case).delete()  # as after five years: the log still knows of it


def _visit(customer: UUID) -> None:
    log.record(actions.PORTAL_OPENED, actor=MACHINE, at=HALF_WAY, subject=customer, link="1")


def _visit_by_provider(customer: UUID) -> None:
    log.record(actions.PORTAL_OPENED_BY_PROVIDER, actor=MACHINE, at=HALF_WAY, subject=customer)


def _feedback(customer: UUID) -> None:
    given = vocabulary.actions()["outreach.feedback-given"]
    log.record(given, actor=MACHINE, at=HALF_WAY, subject=customer, feedback="1", channel="link")


@pytest.mark.parametrize(
    "contact", [_note, _document, _change, _request, _visit, _visit_by_provider, _feedback]
)
def test_contact_begins_the_time_anew(cilla: UUID, contact: Callable[[UUID], None]) -> None:
    assert found() == {cilla}
    contact(cilla)
    assert found() == set()
    end = HALF_WAY.replace(year=HALF_WAY.year + 3)
    assert (found(end), found(end + timedelta(days=1))) == (set(), {cilla})


def test_list_that_changes_a_card_counts_like_a_person_who_does(cilla: UUID) -> None:
    Customer.objects.update(created_at=NOW.replace(year=2020), changed_at=NOW.replace(year=2020))
    assert found(NOW) == {cilla}
    bring_in(csv_of("Cilla Åkerström;cilla@example.se;070-174 06 05;moved;38"))
    assert found(NOW) == set()


def test_yes_and_no_of_a_customer_count_as_contact_and_a_question_does_not(firm: object) -> None:
    newsletter, who = consenting.prepare(), consenting.customer()  # coaching: three years
    Customer.objects.update(created_at=NOW.replace(year=2021), changed_at=NOW.replace(year=2021))
    assert found(NOW) == {who}
    consenting.say(who, newsletter, ConsentEvent.Kind.ASKED)
    assert found(NOW) == {who}
    consenting.say(who, newsletter, ConsentEvent.Kind.REFUSED)
    assert found(NOW) == set()


def test_looking_at_a_card_and_keeping_the_customer_are_no_contact(cilla: UUID) -> None:
    privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=HALF_WAY)
    keeping.end_keep(keep=keep(cilla, at=HALF_WAY), **by(HALF_WAY))
    assert found() == {cilla}


def test_told_end_of_the_assignment_counts_from_that_day(cilla: UUID) -> None:
    tell_end(cilla, date(2022, 6, 30))
    assert found(NOW) == {cilla}
    assert Due.objects.get().is_from_end is True
    tell_end(cilla, date(2027, 6, 30))
    assert found() == set()
    tell_end(cilla, None)
    assert found() == {cilla}


def test_what_happens_after_the_end_was_told_counts_more(cilla: UUID) -> None:
    tell_end(cilla, date(2022, 6, 30))
    _note(cilla)
    assert found() == set()


def test_end_more_than_ten_years_ahead_is_refused(cilla: UUID) -> None:
    with pytest.raises(keeping.NotThatDay):
        tell_end(cilla, date(2037, 6, 30))


def test_who_was_found_and_is_needed_again_is_struck_out(cilla: UUID, dan: UUID) -> None:
    assert found() == {cilla, dan}
    _note(cilla)
    assert found() == {dan}


def test_customer_on_the_way_to_be_erased_is_not_found(cilla: UUID) -> None:
    found()
    ask(cilla)
    assert Due.objects.count() == 0
    assert found() == set()


def test_card_of_a_prospect_counts_as_one(cilla: UUID) -> None:
    [prospect] = add(Details(name="Perhaps AB", status="prospect"))
    purposes.choose("enquiries")  # two years
    assert found(NOW + timedelta(days=732)) == {prospect}


def test_search_asks_as_often_however_many_there_are_of_a_thousand(cilla: UUID, dan: UUID) -> None:
    def asked() -> int:
        Due.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            finding_due.find_due(at=AFTER)
        return len(queries)

    few = asked()
    bring_in(people(range(80)))
    notes.add_note(customer=cilla, text="late", **by(AFTER))
    assert (asked(), few, Due.objects.count()) == (few, few, 81)


def test_search_goes_through_everybody_in_batches(cilla: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    from tryggve.domains.customers.selectors import last_written  # noqa: PLC0415 - its size is changed here

    monkeypatch.setattr(last_written, "_AT_ONCE", 7)
    bring_in(people(range(20)))
    sizes = [len(some) for some in last_written.unchanged_since(AFTER)]
    assert (sizes, len(found())) == ([7, 7, 7], 21)
