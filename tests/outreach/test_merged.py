"""Two cards made one, and parted: what was sent to either, and what the customer told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tests.outreach import writing
from tests.outreach.writing import Clock, addresses
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import merge_undo, merges
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Addressee, Feedback
from tryggve.domains.outreach.selectors import feedback as selectors
from tryggve.domains.outreach.services import feedback
from tryggve.domains.outreach.services.feedback import Channel, State
from tryggve.notices.tests.post_office import PostOffice
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MERGED = NOW + HOUR
BY: dict[str, Any] = {"actor": MACHINE, "reach": EVERYBODY}


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    kept, gone = add(CILLA, Details(name="Cilla Å", emails=("cilla.a@example.se",)))
    return kept, gone


def _merge(kept: UUID, gone: UUID) -> UUID:
    return merges.merge_customers(kept=kept, gone=gone, seen=(1, 1), at=MERGED, **BY)


def _undo(merge: UUID) -> None:
    merge_undo.undo_merge(merge=merge, at=MERGED + HOUR, **BY)


def _states() -> dict[UUID, str]:
    return dict(Addressee.objects.values_list("customer_ref", "state"))


def test_that_a_message_was_sent_to_the_other_card_is_the_kept_ones(
    post: PostOffice, newsletter: UUID, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    writing.say_yes(newsletter, gone)
    mailing = writing.started(newsletter)
    writing.work_to_the_end(mailing)
    Addressee.objects.filter(customer_ref=kept).delete()  # who wasn't among those chosen

    merge = _merge(kept, gone)
    assert _states() == {kept: "SENT"}

    _undo(merge)
    assert _states() == {gone: "SENT"}


def test_of_two_rows_of_one_message_the_kept_card_has_the_one_that_left(
    post: PostOffice, newsletter: UUID, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    writing.say_yes(newsletter, kept, gone)
    mailing = writing.started(newsletter)
    Addressee.objects.filter(customer_ref=kept).update(next_try_at=NOW + 4 * HOUR)
    clock = Clock()
    writing.work(mailing, clock)
    assert (_states(), addresses(post)) == ({kept: "WAITING", gone: "SENT"}, ["cilla.a@example.se"])

    merge = _merge(kept, gone)
    assert _states() == {kept: "SENT", gone: "WAITING"}
    Addressee.objects.update(next_try_at=NOW)
    writing.work_to_the_end(mailing, clock)
    assert addresses(post) == ["cilla.a@example.se"]  # nobody got it twice

    _undo(merge)
    assert _states()[gone] == "SENT"


def test_rows_that_both_left_stay_where_they_are(
    post: PostOffice, newsletter: UUID, two: tuple[UUID, UUID]
) -> None:
    writing.say_yes(newsletter, *two)
    writing.work_to_the_end(writing.started(newsletter))
    before = list(Addressee.objects.order_by("pk").values())
    _undo(_merge(*two))
    assert list(Addressee.objects.order_by("pk").values()) == before


def _read(row: UUID) -> tuple[UUID, dict[str, Any], list[str]]:
    found = Feedback.objects.get(pk=row)
    said = [selectors.words_of(step, found.customer_ref) for step in found.steps.all()]
    return found.customer_ref, dict(selectors.answers_of(found)), said


def test_what_was_told_goes_along_with_what_came_of_it_and_comes_back(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    given = feedback.give(customer=gone, answers={"safe": 1}, channel=Channel.PORTAL, at=NOW)
    feedback.follow_up(
        feedback=given, seen_revision=1, state=State.CALLED, words="She fears thieves.", at=NOW, **BY
    )
    before = _read(given)

    merge = _merge(kept, gone)
    assert _read(given) == (kept, *before[1:])
    privacy.export_person(Subject(Kind.CUSTOMER, kept), actor=MACHINE, at=MERGED)

    _undo(merge)
    assert _read(given) == before
