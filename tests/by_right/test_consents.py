"""What customers agree to is written down, told them and never changed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right.consenting import (
    NOTES,
    WORDS,
    customer,
    holds,
    kinds,
    letters_sent,
    say,
    withdraw,
    write,
)
from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.audit.models import Entry
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.numbers import keep
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.models.consents import HappenedOnce
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.services.consents import consent_questions, consents
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.domains.rights.tests import purposes
from tryggve.notices.models import OutboxMessage
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind as Whose
from tryggve.privacy.subjects import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
LATER = NOW + DAY


def test_consent_is_written_down_with_channel_time_who_and_the_exact_words(
    cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter, happened_at=NOW - DAY)
    row = ConsentEvent.objects.get()
    assert (row.kind, row.channel, row.happened_at, row.recorded_at) == ("GIVEN", "PHONE", NOW - DAY, NOW)
    assert row.recorded_by == "machine:anna"
    assert row.text is not None
    assert (row.text.text, row.text.language, row.text.number) == (WORDS, "en", 1)
    assert holds(cilla, newsletter)
    entry = Entry.objects.get(action="rights.consent-recorded")
    assert entry.subject == cilla
    assert entry.facts["kind"] == "given"


def test_consent_to_older_words_stays_one_to_those(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    write("newsletter", text="Something much wider.")
    row = ConsentEvent.objects.get()
    assert row.text is not None
    assert row.text.text == WORDS


def test_events_are_never_changed_nor_removed(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    row = ConsentEvent.objects.get()
    row.kind = "WITHDRAWN"
    tried: list[Any] = [
        row.save,
        row.delete,
        lambda: ConsentEvent.objects.update(kind="WITHDRAWN"),
        lambda: ConsentEvent.objects.all().delete(),
        lambda: ConsentEvent.objects.bulk_update([row], ["kind"]),
    ]
    for attempt in tried:
        with pytest.raises(HappenedOnce):
            attempt()
    assert kinds(cilla) == ["GIVEN"]


def test_withdrawal_counts_at_once_and_twice_is_one(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    withdraw(cilla, newsletter)
    withdraw(cilla, newsletter, at=LATER + DAY)
    assert not holds(cilla, newsletter, LATER)
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN"]


def test_withdrawal_while_the_register_is_locked_counts(
    cilla: UUID, newsletter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(cilla, newsletter)

    def locked() -> Any:
        raise vault.NotUnlocked

    monkeypatch.setattr(vault, "keyring", locked)
    withdraw(cilla, newsletter)
    assert not holds(cilla, newsletter, LATER)


def test_withdrawal_of_who_is_gone_from_the_lists_counts(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    Customer.objects.filter(pk=cilla).update(state=Customer.State.PUT_ASIDE)
    withdraw(cilla, newsletter)
    assert not holds(cilla, newsletter, LATER)


@pytest.mark.parametrize("code", ["coaching", "bookkeeping"])
def test_nobody_consents_to_what_needs_no_consent(cilla: UUID, code: str) -> None:
    with pytest.raises(consents.NotByConsent):
        say(cilla, purposes.id_of(code))
    assert kinds(cilla) == []


def test_without_words_there_is_no_yes_but_a_no(firm: Any) -> None:
    purposes.choose(kind="coach")
    who, purpose = customer(), purposes.id_of("newsletter")
    with pytest.raises(consents.NoWords):
        say(who, purpose)
    say(who, purpose, Kind.REFUSED)
    assert kinds(who) == ["REFUSED"]


def test_words_of_another_purpose_are_none(cilla: UUID, newsletter: UUID) -> None:
    with pytest.raises(consents.NoWords):
        say(cilla, newsletter, text=write(NOTES, text="Notes, please."))


def test_what_is_not_said_yet_is_refused(cilla: UUID, newsletter: UUID) -> None:
    with pytest.raises(consents.NotYet):
        say(cilla, newsletter, happened_at=NOW + DAY)


@pytest.mark.parametrize(
    ("country", "born", "is_child"),
    [
        ("SE", "20151231", True),
        ("SE", "20120101", False),
        ("DK", "20120101", True),  # fourteen: thirteen is enough in Sweden, fifteen in Denmark
        ("SE", "19640823", False),
    ],
)
def test_child_needs_a_parent_where_a_birth_date_is_known(
    cilla: UUID, newsletter: UUID, firm: Any, country: str, born: str, is_child: bool
) -> None:
    firm.country = country
    firm.save()
    keep(cilla, IdentityNumber("se_personal", f"{born}0000"))  # of nobody: no control digit fits
    if is_child:
        with pytest.raises(consents.GuardianNeeded):
            say(cilla, newsletter)
        say(cilla, newsletter, is_by_guardian=True)
        assert ConsentEvent.objects.get().is_by_guardian
    else:
        say(cilla, newsletter)
    assert holds(cilla, newsletter)


def test_among_many_those_are_found_who_consent_right_now(cilla: UUID, newsletter: UUID) -> None:
    dan = customer(replace(CILLA, name="Dan", emails=("dan@example.dk",)))
    say(cilla, newsletter)
    say(dan, newsletter)
    assert selectors.who_consent([cilla, dan], newsletter, at=NOW) == {cilla, dan}
    withdraw(dan, newsletter)
    assert selectors.who_consent([cilla, dan], newsletter, at=LATER) == {cilla}


def test_erased_customer_takes_consents_links_and_waiting_mail_along(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    erased = privacy.erase_person(Subject(Whose.CUSTOMER, cilla), actor="system", at=LATER)
    assert (erased["rights.consents"], erased["rights.visits"], erased["rights.mail"]) == (1, 1, 1)
    assert not OutboxMessage.objects.exists()
    again = privacy.erase_person(Subject(Whose.CUSTOMER, cilla), actor="system", at=LATER)
    assert (again["rights.consents"], again["rights.visits"], again["rights.mail"]) == (0, 0, 0)


def test_exported_customer_reads_what_was_said_in_which_words(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter)
    whole = privacy.export_person(Subject(Whose.CUSTOMER, cilla), actor="system", at=LATER).to_json()
    assert WORDS in str(whole)


def test_question_by_mail_writes_down_that_it_was_asked_and_gives_nothing(
    cilla: UUID, newsletter: UUID
) -> None:
    consent_questions.ask(customer=cilla, purpose=None, language="en", actor="system", at=NOW)
    assert kinds(cilla) == ["ASKED", "ASKED"]
    assert not holds(cilla, newsletter)
    [letter] = letters_sent()
    assert "/consent/" in letter.text


def test_restricted_customer_is_not_asked(cilla: UUID) -> None:
    Customer.objects.filter(pk=cilla).update(restricted_at=NOW)
    with pytest.raises(customers.Restricted):
        consent_questions.ask(customer=cilla, purpose=None, language="en", actor="system", at=NOW)
    assert (kinds(cilla), letters_sent()) == ([], [])
