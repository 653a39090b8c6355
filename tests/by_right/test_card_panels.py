"""What the card tells of consents and requests in the customer's own question is what the selectors tell."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.by_right import asking
from tests.by_right.consenting import prepare, say
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.panels import case_panels, consent_panels
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.lib.rows_as_json import moment

pytestmark = pytest.mark.django_db
SAID: dict[str, list[Kind]] = {
    "nothing": [],
    "asked": [Kind.ASKED],
    "given": [Kind.GIVEN],
    "refused": [Kind.REFUSED],
    "withdrawn": [Kind.GIVEN, Kind.WITHDRAWN],
    "given again": [Kind.GIVEN, Kind.WITHDRAWN, Kind.GIVEN],
}


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


@pytest.mark.parametrize("said", SAID)
def test_consents_stand_as_the_selector_tells_them(cilla: UUID, said: str) -> None:
    newsletter = prepare()
    [dan] = add(DAN)
    say(dan, newsletter)
    for day, kind in enumerate(SAID[said]):
        say(cilla, newsletter, kind, at=NOW + timedelta(days=day))

    card = register.opened_card(cilla, EVERYBODY, {"here": consent_panels.BESIDE})
    with CaptureQueriesContext(connection) as asked:
        shown = consent_panels.of_customer(cilla, HttpRequest(), card.told_beside["here"])

    told = consents.consents_of(cilla, at=timezone.now())
    names = [one.purpose.told_in("en").words.name for one in told]
    assert [(one["name"], one["state"]) for one in shown["consents"]] == list(
        zip(names, [str(one.standing.state) for one in told], strict=True)
    )
    assert (len(names), len(asked)) == (2, 0)


def test_requests_stand_newest_first_with_the_days_that_are_left(cilla: UUID) -> None:
    [dan] = add(DAN)
    asking.asked(dan)
    old = asking.asked(cilla, at=NOW)
    new = asking.asked(cilla, "OBJECTION", at=NOW + timedelta(hours=1))
    Case.objects.filter(pk=old).update(state=Case.State.REFUSED)

    card = register.opened_card(cilla, EVERYBODY, {"here": case_panels.BESIDE})
    rows = case_panels.of_customer(cilla, HttpRequest(), card.told_beside["here"])["rows"]

    assert [row["id"] for row in rows] == [new, old]
    assert [str(row["kind"]) for row in rows] == ["Stop something", "See what we hold"]
    assert str(rows[1]["state"]) == "refused, with the reason"


def test_times_of_either_database_are_read_as_what_they_are() -> None:
    written = ("2026-03-02 11:00:00.250000", "2026-03-02T11:00:00.25+00:00", "2026-03-02T12:00:00.25+01:00")
    assert {moment(text) for text in written} == {datetime(2026, 3, 2, 11, 0, 0, 250_000, UTC)}
