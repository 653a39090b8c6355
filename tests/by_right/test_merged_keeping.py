"""Two cards made one, and parted: how long the customer is kept, what the law demands, and links in old mails."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right.consenting import holds, prepare, say
from tests.cast import CILLA, NOW
from tests.erasure.erasing import erase
from tests.retention.keeping import INVOICE, keep_by_law, tell_end
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import merge_undo, merges
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights.models import AssignmentEnd, KeptByLaw, PortalLink
from tryggve.domains.rights.selectors.retention import by_law
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.portal import answers
from tryggve.domains.rights.services.retention import keeping_by_law
from tryggve.vault import owners

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
MERGED = NOW + 3 * DAY
SETTLED = MERGED + 31 * DAY
BY: dict[str, Any] = {"actor": MACHINE, "reach": EVERYBODY}
EARLY, LATE = date(2025, 3, 1), date(2025, 9, 1)


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    kept, gone = add(CILLA, Details(name="Cilla Å", emails=("cilla.a@example.se",)))
    return kept, gone


def _merge(kept: UUID, gone: UUID) -> UUID:
    return merges.merge_customers(kept=kept, gone=gone, seen=(1, 1), at=MERGED, **BY)


def _undo(merge: UUID) -> None:
    merge_undo.undo_merge(merge=merge, at=MERGED + DAY, **BY)


def _told(*customers: UUID) -> list[list[str | None]]:
    return [[one.words for one in by_law.facts_of(customer)] for customer in customers]


def test_what_the_law_demands_is_the_kept_cards_and_goes_back_with_the_other(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    keep_by_law(gone)

    merge = _merge(kept, gone)
    assert _told(kept, gone) == [[INVOICE], []]

    _undo(merge)
    assert _told(kept, gone) == [[], [INVOICE]]


def test_what_the_law_demands_is_not_alone_when_the_merge_is_settled(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    keep_by_law(gone)
    _merge(kept, gone)

    merge_undo.settle_merges(before=SETTLED, actor=MACHINE, at=SETTLED)
    assert _told(kept) == [[INVOICE]]
    assert keeping_by_law.let_go(at=NOW + 10 * 365 * DAY) == 0

    erase(kept)
    assert [row.is_alone for row in KeptByLaw.objects.all()] == [True]


def test_key_from_before_the_merge_is_nobodys_and_is_collected_with_what_nobody_names(
    two: tuple[UUID, UUID],
) -> None:
    kept, gone = two
    keep_by_law(gone)
    before = KeptByLaw.objects.get().key_ref
    _merge(kept, gone)
    named = set(owners.keys_in_use())
    assert (before in named, KeptByLaw.objects.get().key_ref in named) == (False, True)


def test_words_of_the_other_card_that_are_damaged_stop_the_merge(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    keep_by_law(gone)
    KeptByLaw.objects.update(words_sealed=b"\x01" * 80)
    with pytest.raises(vault.CannotOpen):
        _merge(kept, gone)
    assert KeptByLaw.objects.get().customer_ref == gone


@pytest.mark.parametrize(
    ("own", "others", "joined"),
    [
        (None, EARLY, EARLY),
        (EARLY, LATE, LATE),
        (LATE, EARLY, LATE),
        (EARLY, None, EARLY),
        (None, None, None),
    ],
)
def test_later_end_of_an_assignment_counts_and_each_card_has_its_own_again(
    two: tuple[UUID, UUID], own: date | None, others: date | None, joined: date | None
) -> None:
    kept, gone = two
    for card, ended_on in zip(two, (own, others), strict=True):
        if ended_on is not None:
            tell_end(card, ended_on)
    before = sorted(AssignmentEnd.objects.values_list("pk", "ended_on", "told_at"))

    merge = _merge(kept, gone)
    assert AssignmentEnd.objects.filter(pk=kept).values_list("ended_on", flat=True).first() == joined

    _undo(merge)
    assert sorted(AssignmentEnd.objects.values_list("pk", "ended_on", "told_at")) == before


def test_end_that_was_told_since_the_merge_stays(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    tell_end(gone, EARLY)
    merge = _merge(kept, gone)
    tell_end(kept, LATE, at=MERGED + timedelta(hours=1))
    _undo(merge)
    assert dict(AssignmentEnd.objects.values_list("pk", "ended_on")) == {kept: LATE, gone: EARLY}


def test_old_mail_to_the_other_card_withdraws_what_holds_for_the_kept_one(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    newsletter = prepare()
    for card in two:
        say(card, newsletter)
    token = links.make(customer=gone, use=Use.WITHDRAW, purpose=newsletter, at=NOW)

    merge = _merge(kept, gone)
    later = MERGED + timedelta(hours=1)
    link = links.of_token(token, Use.WITHDRAW, at=later)
    assert link is not None
    answers.withdraw_by_link(link, language="en", at=later)
    assert not holds(kept, newsletter, later)

    _undo(merge)
    assert [holds(card, newsletter, MERGED + 2 * DAY) for card in two] == [False, False]
    assert PortalLink.objects.filter(pk=link.pk).get().customer_ref == gone


def test_links_that_were_used_stay_where_they_were(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    links.make(customer=gone, use=Use.CONSENT, at=NOW)
    PortalLink.objects.update(used_at=NOW)
    _merge(kept, gone)
    assert PortalLink.objects.get().customer_ref == gone
