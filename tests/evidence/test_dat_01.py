"""DAT-01: whoever says no to mail gets none. Broken in the database, and mended there."""

from uuid import UUID

import pytest
from django.db import models

from tests.by_right import consenting
from tests.cast import CILLA, NOW
from tests.evidence import measured
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.models import ConsentEvent, Erasure
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=9)
_EVENTS = "rights_consentevent"


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


@pytest.fixture
def newsletter(firm: Firm) -> UUID:
    """A coach who may send newsletters only with consent; Cilla said yes."""
    purpose = consenting.prepare()
    consenting.say(consenting.customer(), purpose)
    return purpose


def found() -> tuple[str, str]:
    return measured.found("DAT-01", LATER)


def test_company_whose_mails_stop_at_a_no_is_proven(newsletter: UUID) -> None:
    assert measured.facts("DAT-01", LATER) == {
        "purposes": len(purposes.codes()) - 1,  # one is about people who sign in
        "yeses": 1,
        "unshown": 0,
        "let_through": 0,
    }
    assert measured.state("DAT-01", LATER) is State.PROVED


def test_no_that_is_lost_on_its_way_fails_until_it_is_kept_again(newsletter: UUID, anna: User) -> None:
    measured.lose(_EVENTS, "NEW.kind = 'WITHDRAWN'")
    assert found() == ("FAILING", "let-through")

    measured.attest("DAT-01", anna, LATER)
    assert measured.state("DAT-01", LATER) is State.FAILING
    assert found() == ("FAILING", "let-through")

    measured.mend(_EVENTS)
    assert found() == ("PROVED", "")


def test_yes_that_nobody_said_fails_until_none_is_made_up(newsletter: UUID) -> None:
    measured.then(
        "customers_customer",
        "INSERT INTO rights_consentevent (id, customer_ref, purpose_id, text_id, kind, channel, happened_at,"
        " recorded_at, recorded_by, is_by_guardian) SELECT NEW.id, NEW.id, purpose_id, id, 'GIVEN', 'MAIL',"
        " made_at, made_at, 'system', (1 = 0) FROM rights_consenttext WHERE language = 'en' LIMIT 1",
    )
    assert found() == ("FAILING", "let-through")
    measured.mend("customers_customer")
    assert found() == ("PROVED", "")


@pytest.mark.parametrize(
    "lost",
    [
        "UPDATE rights_consentevent SET text_id = NULL",
        "UPDATE rights_consentevent SET channel = ''",
        "UPDATE rights_consentevent SET happened_at = '2031-01-01 00:00:00+00:00'",
        "UPDATE rights_consenttext SET text = ''",
    ],
)
def test_yes_that_nobody_can_show_fails_until_it_can_be_shown(newsletter: UUID, lost: str) -> None:
    [event] = ConsentEvent.objects.select_related("text")
    assert event.text is not None
    text = event.text
    measured.run(lost)
    assert found() == ("FAILING", "unshown")
    text.save()
    models.QuerySet.update(
        ConsentEvent.objects.all(), text=text, channel=event.channel, happened_at=event.happened_at
    )
    assert found() == ("PROVED", "")


def test_purpose_without_words_or_consent_can_still_be_said_no_to(firm: Firm) -> None:
    purposes.choose("customer-news", kind="craft")
    assert found() == ("PROVED", "")
    measured.lose(_EVENTS, "NEW.kind = 'WITHDRAWN'")
    assert found() == ("FAILING", "let-through")


def test_bare_company_is_unknown_and_one_with_customers_and_no_purpose_fails(firm: Firm) -> None:
    assert found() == ("unknown", "nothing-yet")
    add(CILLA)
    assert found() == ("FAILING", "no-purpose")


def test_nobody_is_left_of_whom_it_was_tried_on(newsletter: UUID) -> None:
    def everything() -> tuple[int, ...]:
        kinds = (Customer, ConsentEvent, Erasure, OutboxMessage)
        return tuple(kind._default_manager.count() for kind in kinds)

    before, keys = everything(), vault.keyring().newest_key()
    entries = set(Entry.objects.exclude(action__startswith="controls.").values_list("pk", flat=True))
    assert found() == ("PROVED", "")
    assert everything() == before
    assert set(Entry.objects.exclude(action__startswith="controls.").values_list("pk", flat=True)) == entries
    assert vault.keyring().newest_key() == keys
