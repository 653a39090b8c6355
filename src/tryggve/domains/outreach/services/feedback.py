"""What customers think of how their data is looked after: asked, given, and followed up."""

import json
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach, asking
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import actions, feedback_sealing, notices
from tryggve.domains.outreach.engine import questions
from tryggve.domains.outreach.engine.questions import Answers
from tryggve.domains.outreach.models import Feedback, FeedbackStep
from tryggve.domains.outreach.selectors.feedback import NoSuchFeedback
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.ui import own_address

State = Feedback.State
Channel = Feedback.Channel

LONGEST_WORDS = 4000
MOST_A_DAY = 5
KEPT_FOR = RetentionRule(
    until=_("it was looked into"), kept_for=Period(years=2), basis=LegalBasis.LEGITIMATE_INTERESTS
)
_DAY = timedelta(days=1)


class SaidOften(Refusal):
    """The same customer has said so much today that nobody could read it."""

    sentence: ClassVar = _("You have told us a lot today, and we have it. Come back tomorrow.")


class CannotBeAsked(Refusal):
    """There is no address to write to, or the customer wants no such mails."""

    sentence: ClassVar = _(
        "This customer has no e-mail address on the card, or has said no to being written to. Nothing was sent."
    )


class ChangedMeanwhile(Refusal):
    """Somebody else did something about it meanwhile."""

    sentence: ClassVar = _(
        "Somebody else did something about this while you were writing. Nothing was changed. Look at the steps below."
    )


class StepNotPossible(Refusal):
    """Nobody can take this back to an earlier state."""

    sentence: ClassVar = _("This was looked into already. Nothing was changed.")


@transaction.atomic
def give(*, customer: UUID, answers: Answers, channel: Feedback.Channel, at: datetime) -> UUID:
    """Keep what a customer answered. Raises SaidOften, customers.AlreadyGone and vault.Locked."""
    customers.hold(customer)
    person = customers.person(customer)
    if person is None:
        raise customers.AlreadyGone(_("This customer is not there any more. Nothing was changed."))
    if Feedback.objects.filter(customer_ref=customer, given_at__gt=at - _DAY).count() >= MOST_A_DAY:
        raise SaidOften
    feedback = new_id()
    state = State.OPEN if questions.needs_somebody(answers) else State.NO_NEED
    Feedback.objects.create(
        pk=feedback,
        customer_ref=customer,
        channel=channel,
        state=state,
        answers_sealed=vault.keyring().seal(
            json.dumps(dict(answers)).encode(),
            key=person.key,
            bound_to=feedback_sealing.answers_binding(feedback, customer),
        ),
        given_at=at,
        ended_at=at if state == State.NO_NEED else None,
    )
    audit.record(
        actions.FEEDBACK_GIVEN,
        actor=actors.ANONYMOUS,
        at=at,
        subject=customer,
        feedback=str(feedback),
        channel=channel.lower(),
    )
    return feedback


@transaction.atomic
def give_by_link(*, token: str, answers: Answers, at: datetime) -> UUID:
    """The same, once: the link is used up. Raises rights.LinkEnded, and as give; then it isn't."""
    customer = rights.use_feedback_link(token, at=at)
    return give(customer=customer, answers=answers, channel=Channel.LINK, at=at)


def feedback_address(*, customer: UUID, at: datetime, address: str = "") -> str:
    """A link for one message to that customer; it works once, within a month, while ``address`` is the customer's."""
    return own_address.link_to("feedback:answer", rights.make_feedback_link(customer, at=at, address=address))


@transaction.atomic
def ask(*, customer: UUID, language: str, actor: str, at: datetime, reach: Reach) -> None:
    """Mail a customer the three questions.

    Raises CannotBeAsked, customers.AlreadyGone, customers.Restricted, policy.Refused and vault.Locked.
    """
    customers.hold(customer)
    customers.require_within(customer, reach)
    person = customers.person(customer)
    if person is None:
        raise customers.AlreadyGone(_("This customer is not there any more. Nothing was changed."))
    if person.is_restricted:
        raise customers.Restricted
    if not person.emails or rights.wants_no_mail(customer):
        raise CannotBeAsked
    address = person.emails[0]
    messages.send(
        notices.FEEDBACK_QUESTION,
        to=recipients.customer(person.id, address=address, language=language, key=person.key),
        at=at,
        firm=setup.firm_name(),
        name=person.name,
        link=feedback_address(customer=customer, at=at, address=address),
        days=rights.FEEDBACK_LINK_DAYS,
    )
    audit.record(actions.FEEDBACK_ASKED, actor=actor, at=at, subject=customer)


@transaction.atomic
def follow_up(
    *,
    feedback: UUID,
    seen_revision: int,
    state: Feedback.State,
    words: str,
    actor: str,
    at: datetime,
    reach: Reach,
) -> None:
    """Write down that the customer was spoken to, or that it was looked into, and what came of it.

    Raises NoSuchFeedback, ChangedMeanwhile, StepNotPossible, policy.Refused and vault.Locked.
    """
    for customer in Feedback.objects.filter(pk=feedback).values_list("customer_ref", flat=True):
        customers.hold(customer)
    row = Feedback.objects.select_for_update().filter(pk=feedback).first()
    person = customers.kept_people([row.customer_ref]).get(row.customer_ref) if row else None
    if row is None or person is None:
        raise NoSuchFeedback
    asking.require_within(reach, person.responsible)
    if row.revision != seen_revision:
        raise ChangedMeanwhile
    if row.state not in Feedback.WAITING or state not in (State.CALLED, State.HANDLED):
        raise StepNotPossible
    row.state, row.revision = state, row.revision + 1
    row.ended_at = at if state == State.HANDLED else None
    row.save(update_fields=["state", "revision", "ended_at"])
    _add_step(row, words.strip(), key=person.key, actor=actor, at=at)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Remove what was looked into so long ago that nothing more comes of it; how many.

    None while the clock is doubted.
    """
    if not rights.is_clock_believed(at=now):
        return 0
    old = _old(now)
    if old:
        Feedback.objects.filter(pk__in=old).delete()
        audit.record(actions.FEEDBACK_FORGOTTEN, actor=actors.SYSTEM, at=now, count=len(old))
    return len(old)


@rights.waits_for_its_date
def is_anything_old(at: datetime) -> bool:
    """Whether ``forget_old`` would remove anything."""
    return bool(_old(at))


def _old(now: datetime) -> list[UUID]:
    today = timezone.localdate(now)
    ended = Feedback.objects.exclude(ended_at=None).values_list("pk", "ended_at")
    return [pk for pk, at in ended if at and KEPT_FOR.is_due(timezone.localdate(at), today=today)]


def _add_step(row: Feedback, words: str, *, key: UUID, actor: str, at: datetime) -> None:
    step, sealed = new_id(), None
    if words:
        bound_to = feedback_sealing.step_binding(step, row.customer_ref)
        sealed = vault.keyring().seal(words.encode(), key=key, bound_to=bound_to)
    FeedbackStep.objects.create(
        pk=step, feedback=row, state=row.state, words_sealed=sealed, done_at=at, done_by=actor
    )
    audit.record(
        actions.FEEDBACK_FOLLOWED_UP,
        actor=actor,
        at=at,
        subject=row.customer_ref,
        feedback=str(row.pk),
        state=row.state.lower(),
    )
