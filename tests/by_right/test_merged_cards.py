"""Two cards of one customer that are made one, and parted: what the law has to say about either."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.by_right import asking
from tests.by_right.consenting import holds, prepare, say
from tests.cast import CILLA, NOW
from tests.erasure.erasing import keep_longer
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import merge_undo, merges
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights.models import Case, ConsentEvent, Keep
from tryggve.domains.rights.selectors.requests import case_words, cases
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind as Subjects
from tryggve.privacy.subjects import Subject

pytestmark = pytest.mark.django_db
MERGED = NOW + timedelta(days=3)
LATER = MERGED + timedelta(days=1)


@pytest.fixture
def newsletter() -> UUID:
    return prepare()


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    kept, gone = add(CILLA, Details(name="Cilla Å", emails=("cilla.a@example.se",)))
    return kept, gone


def _merge(kept: UUID, gone: UUID) -> UUID:
    return merges.merge_customers(
        kept=kept, gone=gone, seen=(1, 1), actor=MACHINE, at=MERGED, reach=EVERYBODY
    )


def _undo(merge: UUID) -> None:
    merge_undo.undo_merge(merge=merge, actor=MACHINE, at=LATER, reach=EVERYBODY)


def test_consent_of_the_other_card_is_the_kept_ones_and_goes_back_with_it(
    newsletter: UUID, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    say(gone, newsletter)
    before = list(ConsentEvent.objects.values())

    merge = _merge(kept, gone)
    assert holds(kept, newsletter, MERGED)

    _undo(merge)
    assert (holds(kept, newsletter, LATER), holds(gone, newsletter, LATER)) == (False, True)
    assert list(ConsentEvent.objects.values()) == before


@pytest.mark.parametrize("no", [Kind.REFUSED, Kind.WITHDRAWN])
@pytest.mark.parametrize("is_said_first", [True, False])
@pytest.mark.parametrize("is_on_kept", [True, False])
def test_no_of_either_card_beats_the_yes_of_the_other(
    newsletter: UUID, two: tuple[UUID, UUID], no: Kind, is_said_first: bool, is_on_kept: bool
) -> None:
    said_no, said_yes = two if is_on_kept else two[::-1]
    early, late = NOW, NOW + timedelta(days=1)
    say(said_no, newsletter, at=early - timedelta(days=1))
    say(said_no, newsletter, no, at=early if is_said_first else late)
    say(said_yes, newsletter, at=late if is_said_first else early)

    merge = _merge(*two)
    assert not holds(two[0], newsletter, MERGED + timedelta(seconds=1))
    say(two[0], newsletter, at=LATER)
    assert holds(two[0], newsletter, LATER + timedelta(seconds=1))

    _undo(merge)
    assert (holds(said_yes, newsletter, LATER), holds(said_no, newsletter, LATER)) == (True, is_on_kept)


def test_no_that_was_said_to_the_one_card_is_a_no_of_both_when_they_are_parted(
    newsletter: UUID, two: tuple[UUID, UUID]
) -> None:
    kept, gone = two
    say(gone, newsletter)
    merge = _merge(kept, gone)
    say(kept, newsletter, Kind.WITHDRAWN, at=MERGED + timedelta(hours=1))

    _undo(merge)

    assert (holds(kept, newsletter, LATER), holds(gone, newsletter, LATER)) == (False, False)


def test_open_request_goes_along_with_its_words_and_comes_back(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    case = asking.asked(gone, at=NOW, received_on=NOW.date())
    said = case_words.words_of(Case.objects.get(pk=case))

    merge = _merge(kept, gone)
    assert _told(case) == (kept, said)
    privacy.export_person(Subject(Subjects.CUSTOMER, kept), actor=MACHINE, at=MERGED)

    _undo(merge)
    assert _told(case) == (gone, said)


def _told(case: UUID) -> tuple[UUID, str]:
    row = Case.objects.get(pk=case)
    return row.customer_ref, case_words.words_of(row)


@pytest.mark.parametrize("state", [Case.State.OPEN, Case.State.DONE])
def test_objection_holds_for_the_kept_card_too(two: tuple[UUID, UUID], state: Case.State) -> None:
    kept, gone = two
    asking.asked(gone, at=NOW, received_on=NOW.date(), kind=Case.Kind.OBJECTION)
    Case.objects.update(state=state)

    merge = _merge(kept, gone)
    assert (cases.has_objected(kept, None), cases.has_objected(gone, None)) == (True, False)

    _undo(merge)
    assert (cases.has_objected(kept, None), cases.has_objected(gone, None)) == (False, True)


def test_request_that_is_at_its_end_stays_where_it_was(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    case = asking.asked(gone, at=NOW, received_on=NOW.date())
    Case.objects.update(state=Case.State.DONE)
    _merge(kept, gone)
    assert Case.objects.get(pk=case).customer_ref == gone


def test_decision_to_keep_goes_along_and_comes_back(two: tuple[UUID, UUID]) -> None:
    kept, gone = two
    keep_longer(gone)

    merge = _merge(kept, gone)
    assert [row.customer_ref for row in Keep.objects.all()] == [kept]
    privacy.export_person(Subject(Subjects.CUSTOMER, kept), actor=MACHINE, at=MERGED)

    _undo(merge)
    assert [row.customer_ref for row in Keep.objects.all()] == [gone]
