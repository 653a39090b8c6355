"""What keeps a consent from holding, and a no from being lost: asked right before anything is done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right.consenting import (
    NEWSLETTER,
    NOTES,
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
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.tests.numbers import keep
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import ConsentEvent, Purpose
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.selectors.erasure import receipts
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.services.consents import consent_questions, consents
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.domains.rights.services.portal import answers
from tryggve.domains.rights.services.portal.answers import Answer, Channel
from tryggve.domains.rights.services.purposes import purposes as services
from tryggve.domains.rights.tests.purposes import MACHINE, id_of
from tryggve.notices import letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
YESTERDAY, LATER = NOW - DAY, NOW + DAY


def change(purpose: UUID, *, means_the_same: bool = False, language: Any = "en", **words: str) -> None:
    """Anna says something else of the purpose."""
    kept = purposes.one_purpose(purpose)
    services.change_purpose(
        purpose=purpose,
        revision=kept.revision,
        facts=kept.facts,
        words=replace(kept.told_in(language).words, **words),
        language=language,
        actor=MACHINE,
        at=NOW,
        means_the_same=means_the_same,
    )


def words_of(purpose: UUID) -> UUID:
    return selectors.newest_texts()[purpose]["en"].id


def test_withdrawal_holds_after_the_clock_was_put_back(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    withdraw(cilla, newsletter, at=NOW)
    assert not holds(cilla, newsletter, NOW - timedelta(hours=1))


@pytest.mark.parametrize("no", [Kind.WITHDRAWN, Kind.REFUSED])
def test_no_counts_that_is_said_after_a_clock_that_was_ahead_was_put_right(
    cilla: UUID, newsletter: UUID, no: Kind
) -> None:
    hour = timedelta(hours=1)
    say(cilla, newsletter, at=NOW + hour)
    say(cilla, newsletter, no, at=NOW + hour / 12)
    assert not holds(cilla, newsletter, NOW + 2 * hour)
    say(cilla, newsletter, at=NOW + 3 * hour)
    assert holds(cilla, newsletter, NOW + 3 * hour)


def test_no_counts_although_the_yes_beside_it_is_refused(cilla: UUID, newsletter: UUID) -> None:
    notes = id_of(NOTES)
    say(cilla, newsletter, at=YESTERDAY)
    keep(cilla, IdentityNumber("se_personal", "201512310000"))  # a child's
    said = {newsletter: Answer(False), notes: Answer(True, words_of(notes))}
    with pytest.raises(consents.GuardianNeeded):
        answers.answer(customer=cilla, said=said, channel=Channel.PORTAL, language="en", at=NOW)
    assert (kinds(cilla), holds(cilla, newsletter)) == (["GIVEN", "WITHDRAWN"], False)


def test_no_to_what_nobody_is_asked_about_any_more_counts(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    services.end_purpose(purpose=newsletter, actor=MACHINE, at=NOW)
    said = {newsletter: Answer(False)}
    answers.answer(customer=cilla, said=said, channel=Channel.PORTAL, language="en", at=NOW)
    services.take_up_again(purpose=newsletter, actor=MACHINE, at=NOW)
    assert not holds(cilla, newsletter)


def test_withdrawal_counts_although_its_receipt_cannot_be_written(
    cilla: UUID, newsletter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_one: object, **_other: object) -> bytes:
        raise vault.KeyGone

    say(cilla, newsletter, at=YESTERDAY)
    monkeypatch.setattr(letters, "sealed", gone)
    withdraw(cilla, newsletter, at=NOW)
    assert not holds(cilla, newsletter, NOW)


def test_consent_to_a_purpose_that_has_ended_lets_nothing_be_done(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    services.end_purpose(purpose=newsletter, actor=MACHINE, at=NOW)
    assert not holds(cilla, newsletter)
    services.take_up_again(purpose=newsletter, actor=MACHINE, at=NOW)
    assert holds(cilla, newsletter)


def test_consent_to_a_purpose_that_rests_on_it_no_more_is_none(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    kept = purposes.one_purpose(newsletter)
    services.change_purpose(
        purpose=newsletter, revision=1, facts=replace(kept.facts, legal_basis="f"),
        words=kept.told_in("en").words, language="en", actor=MACHINE, at=NOW, means_the_same=True,
    )  # fmt: skip
    assert not holds(cilla, newsletter)


def test_yes_is_none_to_what_the_purpose_has_become(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    change(newsletter, name="Sale of data", description="We sell your data to others.")
    assert not holds(cilla, newsletter)
    with pytest.raises(consents.NoWords):
        say(cilla, newsletter, at=LATER)
    write(NEWSLETTER, text="Anna may sell my data.")
    say(cilla, newsletter, at=LATER)
    assert holds(cilla, newsletter, LATER)


def test_yes_holds_when_the_purpose_is_only_said_better(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    change(newsletter, means_the_same=True, description="We write to you.")
    assert holds(cilla, newsletter)


def test_yes_holds_when_only_what_no_notice_tells_is_changed(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, at=YESTERDAY)
    kept = purposes.one_purpose(newsletter)
    services.change_purpose(
        purpose=newsletter, revision=kept.revision, facts=replace(kept.facts, fields=("name",)),
        words=kept.told_in("en").words, language="en", actor=MACHINE, at=NOW,
    )  # fmt: skip
    assert holds(cilla, newsletter)


def test_yes_holds_when_the_purpose_is_translated(cilla: UUID, newsletter: UUID) -> None:
    row = Purpose.objects.get(pk=newsletter)
    del row.words["da"]
    row.save()
    say(cilla, newsletter, at=YESTERDAY)
    change(newsletter, language="da", name="Nyhedsbrev")
    assert holds(cilla, newsletter)


def test_receipt_tells_the_purpose_as_it_was_when_it_was_agreed_to(cilla: UUID, newsletter: UUID) -> None:
    event = say(cilla, newsletter, at=YESTERDAY)
    before = receipts.receipt_of(event, customer=cilla, language="en")
    change(newsletter, means_the_same=True, description="We write to you about all sorts of things.")
    assert receipts.receipt_of(event, customer=cilla, language="en") == before
    withdraw(cilla, newsletter, at=NOW)
    change(newsletter, description="We sell your data.")
    assert "sell" not in str(receipts.receipt_of(event, customer=cilla, language="en"))


def test_consent_lasts_no_longer_than_its_words_say(cilla: UUID, newsletter: UUID) -> None:
    write(NEWSLETTER, text="For a year.", lasts_months=12)
    say(cilla, newsletter, holds_until=NOW + 3650 * DAY)
    assert (holds(cilla, newsletter, NOW + 360 * DAY), holds(cilla, newsletter, NOW + 370 * DAY)) == (
        True,
        False,
    )


def test_consent_ends_sooner_where_the_customer_said_so(cilla: UUID, newsletter: UUID) -> None:
    write(NEWSLETTER, text="For a year.", lasts_months=12)
    say(cilla, newsletter, holds_until=NOW + 30 * DAY)
    assert not holds(cilla, newsletter, NOW + 31 * DAY)


def test_renewal_of_nothing_is_refused(cilla: UUID, newsletter: UUID) -> None:
    with pytest.raises(consents.NothingToRenew):
        say(cilla, newsletter, Kind.RENEWED)
    say(cilla, newsletter, at=YESTERDAY)
    withdraw(cilla, newsletter, at=NOW)
    with pytest.raises(consents.NothingToRenew):
        say(cilla, newsletter, Kind.RENEWED, at=LATER)
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN"]


def test_late_yes_behind_a_no_is_written_down_and_told_not_to_count(cilla: UUID, newsletter: UUID) -> None:
    withdraw(cilla, newsletter, at=NOW)
    say(cilla, newsletter, at=LATER, happened_at=YESTERDAY)
    assert not holds(cilla, newsletter, LATER)
    assert sum("It doesn't count" in one.text for one in letters_sent(notices.CONSENT_RECEIPT)) == 1


def test_yes_in_words_that_nobody_is_asked_in_any_more_is_refused(cilla: UUID, newsletter: UUID) -> None:
    old = words_of(newsletter)
    change(newsletter, description="We sell your data.")
    with pytest.raises(consents.NoWords):
        say(cilla, newsletter, text=old)
    assert not ConsentEvent.objects.exists()


def test_customers_without_an_address_are_not_asked(newsletter: UUID) -> None:
    with pytest.raises(consent_questions.CannotBeMailed):
        consent_questions.ask(
            customer=customer(replace(CILLA, emails=())), purpose=None, language="en", actor=MACHINE, at=NOW
        )
