"""DAT-05: customers hear from us, and who writes gets an answer. Broken by days that pass."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.by_right import consenting
from tests.cast import CILLA, NOW
from tests.evidence import measured
from tests.outreach import writing
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.controls.engine.standing import State
from tryggve.controls.services import NotAttestable
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.engine.questions import Answers
from tryggve.domains.outreach.models import Addressee, Feedback, Mailing
from tryggve.domains.outreach.selectors import quarter_words
from tryggve.domains.outreach.services import feedback, quarters, starting
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm
from tryggve.lib.ids import new_id
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]

pytestmark = pytest.mark.django_db
# The company came in the first quarter; the word of it is due on the last of April.
IN_TIME, LATE = datetime(2026, 4, 30, 8, 0, tzinfo=UTC), datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
IN_JULY = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)
_ANSWERS: Answers = {"safe": 1, "better": "Ring before you come."}


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    purposes.choose("customer-news", kind="craft")
    [cilla] = add(CILLA)
    return cilla


def found(at: datetime) -> tuple[str, str]:
    return measured.found("DAT-05", at)


def tell(office: PostOffice, at: datetime) -> UUID:
    """Have the quarter's word written, and send it."""
    consenting.send_through(office, at=at)
    mailing = quarters.write_word(language="en", actor=MACHINE, at=at)
    Mailing.objects.filter(pk=mailing).update(purpose_ref=purposes.id_of("customer-news"))
    starting.start(mailing=mailing, seen_revision=1, actor=MACHINE, at=at, reach=EVERYBODY)
    writing.work_to_the_end(mailing, writing.Clock(at))
    return mailing


def test_quarter_of_which_nobody_was_told_fails_until_they_are(
    cilla: UUID, anna: User, office: PostOffice
) -> None:
    assert found(IN_TIME) == ("unknown", "no-quarter")
    assert found(LATE) == ("FAILING", "not-told")

    with pytest.raises(NotAttestable):
        measured.attest("DAT-05", anna, LATE)
    assert measured.state("DAT-05", LATE) is State.FAILING

    tell(office, LATE)
    assert found(LATE) == ("OBSERVED", "")
    assert measured.facts("DAT-05", LATE) == {
        "told_on": "2026-05-01", "told": 1, "not_reached": 0, "answers": 0, "waiting": 0, "late": 0,
    }  # fmt: skip


def test_word_counts_until_the_next_one_is_due(cilla: UUID, office: PostOffice) -> None:
    tell(office, IN_TIME)
    assert found(IN_JULY) == ("OBSERVED", "")
    assert found(IN_JULY + timedelta(days=12)) == ("FAILING", "not-told")


def test_draft_alone_tells_nobody(cilla: UUID) -> None:
    quarters.write_word(language="en", actor=MACHINE, at=IN_TIME)
    assert found(LATE) == ("FAILING", "not-told")


def test_word_that_reached_nobody_tells_nobody(cilla: UUID, office: PostOffice) -> None:
    mailing = tell(office, IN_TIME)
    Addressee.objects.filter(mailing=mailing).update(state=Addressee.State.REFUSED)
    assert found(LATE) == ("FAILING", "not-told")
    assert quarter_words.teller_of(mailing) is None
    # Who got it and was erased since is a number.
    Mailing.objects.filter(pk=mailing).update(erased_since={"SENT": 1})
    assert found(LATE) == ("OBSERVED", "")


def test_word_that_more_refused_than_took_fails_until_as_many_have_it(
    cilla: UUID, office: PostOffice
) -> None:
    mailing = tell(office, IN_TIME)
    Mailing.objects.filter(pk=mailing).update(erased_since={"REFUSED": 1})
    assert found(LATE) == ("OBSERVED", "")
    left = {"mailing_id": mailing, "next_try_at": IN_TIME}
    for state in (Addressee.State.REFUSED, Addressee.State.LEFT_OUT):
        Addressee.objects.create(customer_ref=new_id(), state=state, **left)
    assert found(LATE) == ("FAILING", "refused")
    told = measured.facts("DAT-05", LATE)
    assert (told["told"], told["not_reached"]) == (1, 2)
    Mailing.objects.filter(pk=mailing).update(erased_since={"REFUSED": 1, "SENT": 1})
    assert found(LATE) == ("OBSERVED", "")


def test_quarter_that_was_left_out_fails(cilla: UUID) -> None:
    quarters.leave_out(actor=MACHINE, at=IN_TIME)
    assert found(LATE) == ("FAILING", "left-out")


def test_customer_who_wrote_and_waits_fails_until_somebody_looks_into_it(
    cilla: UUID, office: PostOffice
) -> None:
    tell(office, IN_TIME)
    given_at = IN_TIME + timedelta(hours=1)
    one = feedback.give(customer=cilla, answers=_ANSWERS, channel=Feedback.Channel.PORTAL, at=given_at)
    assert found(given_at + timedelta(days=14)) == ("OBSERVED", "")
    late = given_at + timedelta(days=15)
    assert found(late) == ("FAILING", "feedback-late")
    feedback.follow_up(
        feedback=one, seen_revision=1, state=Feedback.State.HANDLED, words="We ring now.", actor=MACHINE,
        at=late, reach=EVERYBODY,
    )  # fmt: skip
    assert found(late) == ("OBSERVED", "")
    told = measured.facts("DAT-05", late)
    assert (told["answers"], told["waiting"], told["slowest_days"]) == (1, 0, 15)


def test_bare_company_is_unknown(firm: Firm) -> None:
    assert found(LATE) == ("unknown", "no-customers")
    assert found(NOW) == ("unknown", "no-customers")
