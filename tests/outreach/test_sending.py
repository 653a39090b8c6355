"""A mailing on its way: to whom it goes, what holds it up, and that nobody gets it twice."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from tests.by_right import consenting
from tests.cast import CILLA, NOW
from tests.outreach import writing
from tests.outreach.writing import MINUTE, NEWS, Clock, addresses, reason_of, started, states
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.services import forgetting, mailings, pausing, sending, starting
from tryggve.domains.rights.services import erasure_clock, restrictions
from tryggve.domains.rights.services.consents.consents import Kind as Event
from tryggve.notices.tests.post_office import PostOffice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post")]


def test_goes_to_who_said_yes_and_to_nobody_else(post: PostOffice, newsletter: UUID) -> None:
    cilla, dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert addresses(post) == ["cilla@example.se"]
    assert (reason_of(mailing, cilla), reason_of(mailing, dan)) == ("sent", "no-consent")
    assert Mailing.objects.get(pk=mailing).state == Mailing.State.DONE


def test_goes_only_to_customers_with_one_of_the_tags(post: PostOffice, newsletter: UUID) -> None:
    people = add(
        *(Details(name=tag, emails=(f"{tag}@example.se",), tags=(tag,)) for tag in ("vip", "old", "new"))
    )
    writing.say_yes(newsletter, *people)
    mailing = started(newsletter, Words("s", "t", ("VIP", "new")))
    writing.work_to_the_end(mailing)
    assert sorted(addresses(post)) == ["new@example.se", "vip@example.se"]
    assert Addressee.objects.filter(mailing=mailing).count() == 2


def test_withdrawal_between_two_mails_is_obeyed(post: PostOffice, newsletter: UUID) -> None:
    people = writing.many(6)
    writing.say_yes(newsletter, *people)
    mailing = started(newsletter)
    gone: list[UUID] = []

    def after_the_first(at: datetime) -> None:
        if len(post.desk.taken) == 1 and not gone:
            [first] = addresses(post)
            gone.append(
                next(one for number, one in enumerate(people) if first != f"kund{number:03}@example.se")
            )
            consenting.say(gone[0], newsletter, Event.WITHDRAWN, at=at)

    writing.work_to_the_end(mailing, Clock(at_each=after_the_first))
    assert len(addresses(post)) == 5
    assert reason_of(mailing, gone[0]) == "no-consent"


def test_withdrawal_while_the_program_is_down_is_obeyed(post: PostOffice, newsletter: UUID) -> None:
    cilla, dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla, dan)
    mailing = started(newsletter)
    consenting.say(cilla, newsletter, Event.WITHDRAWN, at=NOW)
    writing.work_to_the_end(mailing, Clock(NOW + MINUTE))
    assert addresses(post) == ["dan@example.dk"]


def test_restriction_and_deletion_between_two_mails_are_obeyed(post: PostOffice, newsletter: UUID) -> None:
    people = writing.many(3)
    writing.say_yes(newsletter, *people)
    mailing = started(newsletter)
    restrictions.restrict(customer=people[0], actor=MACHINE, at=NOW, reach=EVERYBODY)
    Customer.objects.filter(pk=people[1]).update(state=Customer.State.PUT_ASIDE)
    writing.work_to_the_end(mailing)
    assert addresses(post) == ["kund002@example.se"]
    assert [reason_of(mailing, one) for one in people] == ["restricted", "gone", "sent"]


def test_two_cards_with_one_mailbox_get_one_mail(post: PostOffice, newsletter: UUID) -> None:
    people = add(CILLA, Details(name="Carl Åkerström", emails=("Cilla@example.se",)))
    writing.say_yes(newsletter, *people)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert len(addresses(post)) == 1
    assert sorted(reason_of(mailing, one) for one in people) == ["same-mailbox", "sent"]


def test_second_card_gets_it_when_the_first_said_no(post: PostOffice, newsletter: UUID) -> None:
    people = add(CILLA, Details(name="Carl Åkerström", emails=("Cilla@example.se",)))
    writing.say_yes(newsletter, people[1])
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert [reason_of(mailing, one) for one in people] == ["no-consent", "sent"]


def test_no_more_leave_in_a_minute_than_the_message_says(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(14))
    mailing = started(newsletter, per_minute=6)
    clock = writing.work_to_the_end(mailing)
    times = list(Addressee.objects.order_by("claimed_at").values_list("claimed_at", flat=True))
    in_any_minute = [sum(at <= other < at + MINUTE for other in times if other) for at in times if at]
    assert (len(addresses(post)), max(in_any_minute)) == (14, 6)
    assert clock.at - NOW > 2 * MINUTE


def test_paused_nobody_gets_it_until_somebody_goes_on(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(30))
    mailing = started(newsletter)
    clock = Clock()
    writing.work(mailing, clock)
    before = len(addresses(post))
    pausing.pause(mailing=mailing, actor=MACHINE, at=clock.at)
    clock.at += MINUTE
    assert (writing.work(mailing, clock), len(addresses(post))) == (True, before)
    starting.go_on(mailing=mailing, actor=MACHINE, at=clock.at, reach=EVERYBODY)
    writing.work_to_the_end(mailing, clock)
    assert (before, len(addresses(post)), len(set(addresses(post)))) == (20, 30, 30)


def test_pause_in_the_midst_of_a_round_lets_no_other_mail_leave(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(5))
    mailing = started(newsletter)

    def after_the_second(at: datetime) -> None:
        if len(post.desk.taken) == 2 and Mailing.objects.get(pk=mailing).state == Mailing.State.SENDING:
            pausing.pause(mailing=mailing, actor=MACHINE, at=at)

    writing.work(mailing, Clock(at_each=after_the_second))
    assert (len(addresses(post)), states(mailing)) == (2, {"SENT": 2, "WAITING": 3})


def test_stopped_whoever_hasnt_got_it_wont(post: PostOffice, newsletter: UUID) -> None:
    people = writing.many(22)
    writing.say_yes(newsletter, *people)
    mailing = started(newsletter)
    writing.work(mailing, Clock())
    starting.stop(mailing=mailing, actor=MACHINE, at=NOW + MINUTE, reach=EVERYBODY)
    writing.work(mailing, Clock(NOW + 2 * MINUTE))
    assert (len(addresses(post)), states(mailing)) == (20, {"SENT": 20, "LEFT_OUT": 2})
    with pytest.raises(pausing.NotUnderWay):
        starting.go_on(mailing=mailing, actor=MACHINE, at=NOW, reach=EVERYBODY)


def test_job_of_an_earlier_turn_sends_nothing(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(2))
    mailing = started(newsletter)
    pausing.pause(mailing=mailing, actor=MACHINE, at=NOW)
    starting.go_on(mailing=mailing, actor=MACHINE, at=NOW, reach=EVERYBODY)
    sending.run(mailing=mailing, turn=1, now=Clock())
    assert addresses(post) == []


def test_job_that_was_killed_twice_is_paused_and_told(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(2))
    mailing = started(newsletter)
    sending.give_up(str(mailing), 1)
    row = Mailing.objects.get(pk=mailing)
    assert (row.state, row.trouble) == (Mailing.State.PAUSED, "killed-twice")


def test_whoever_may_no_longer_write_has_nothing_sent(post: PostOffice, newsletter: UUID) -> None:
    writing.say_yes(newsletter, *writing.many(2))
    mailing = started(newsletter)
    Mailing.objects.filter(pk=mailing).update(started_by="user:00000000-0000-7000-8000-000000000000")
    with pytest.raises(PermissionDenied):
        writing.work(mailing, Clock())
    row = Mailing.objects.get(pk=mailing)
    assert (addresses(post), row.state, row.trouble) == ([], Mailing.State.PAUSED, "not-allowed")


def test_log_tells_counts_and_nobody(post: PostOffice, newsletter: UUID) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    told = {one.action: one for one in Entry.objects.filter(action__startswith="outreach.")}
    assert told["outreach.started"].facts == {
        "mailing": str(mailing), "purpose": str(newsletter), "customers": 2
    }  # fmt: skip
    assert told["outreach.ended"].facts == {
        "mailing": str(mailing), "sent": 1, "left_out": 1, "refused": 0, "perhaps": 0
    }  # fmt: skip
    assert {one.subject for one in told.values()} == {None}


@pytest.mark.parametrize(
    ("purpose", "refusal"), [(False, starting.NoPurpose), (True, starting.NobodyToWriteTo)]
)
def test_nothing_begins_without_a_purpose_and_somebody_to_write_to(
    newsletter: UUID, purpose: bool, refusal: type[Exception]
) -> None:
    writing.cilla_and_dan()
    with pytest.raises(refusal):
        started(newsletter if purpose else None)  # type: ignore[arg-type]  # what a draft may lack
    assert Addressee.objects.count() == 0


def test_message_that_was_changed_meanwhile_isnt_sent(newsletter: UUID) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = writing.draft(newsletter)
    written = mailings.Written(NEWS, "en", newsletter)
    mailings.change(mailing=mailing, seen_revision=1, written=written, actor=MACHINE, at=NOW)
    with pytest.raises(mailings.ChangedMeanwhile):
        starting.start(mailing=mailing, seen_revision=1, actor=MACHINE, at=NOW, reach=EVERYBODY)


def test_what_has_begun_is_neither_changed_nor_deleted_nor_begun_again(newsletter: UUID) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    written = mailings.Written(NEWS, "en", newsletter)
    for deed in (
        lambda: mailings.change(mailing=mailing, seen_revision=1, written=written, actor=MACHINE, at=NOW),
        lambda: mailings.delete(mailing=mailing, actor=MACHINE, at=NOW),
        lambda: writing.start(mailing),
    ):
        with pytest.raises(mailings.NotADraft):
            deed()


def test_old_mailings_are_forgotten_after_two_years(post: PostOffice, newsletter: UUID) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert forgetting.forget_old(now=NOW + timedelta(days=700)) == 0
    erasure_clock.confirm(actor=MACHINE, at=NOW + timedelta(days=740))
    assert forgetting.forget_old(now=NOW + timedelta(days=740)) == 1
    assert (Mailing.objects.count(), Addressee.objects.count()) == (0, 0)
