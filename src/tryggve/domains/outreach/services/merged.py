"""What was sent to two cards that are one customer's, and what that customer told: the kept card has all of it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Made, Side
from tryggve.domains.outreach import feedback_sealing
from tryggve.domains.outreach.models import Addressee, Feedback, FeedbackStep
from tryggve.lib.ids import new_id

_AND = "/"


def join_mailings(made: Made) -> list[str]:
    """Whom each message was for; the ids, two where both cards had a row and they changed places.

    Of the two rows of one message the kept card has the one that left, so that nobody gets it twice.
    """
    own = {row.mailing_id: row for row in _locked(made.kept)}
    moved = []
    for row in _locked(made.gone):
        other = own.get(row.mailing_id)
        if other is None:
            _give(row.pk, made.kept)
            moved.append(str(row.pk))
        elif row.state in Addressee.LEFT_US and other.state not in Addressee.LEFT_US:
            _swap(row.pk, made.kept, other.pk, made.gone)
            moved.append(f"{row.pk}{_AND}{other.pk}")
    return moved


def part_mailings(made: Made, moved: Sequence[str]) -> None:
    """Give them back, as far as they are there."""
    there = {row.pk for row in (*_locked(made.kept), *_locked(made.gone))}
    for told in moved:
        rows = [UUID(one) for one in told.split(_AND)]
        if not there.issuperset(rows):
            continue
        if len(rows) == 1:
            _give(rows[0], made.gone)
        else:
            _swap(rows[0], made.gone, rows[1], made.kept)


def join_feedback(made: Made) -> list[str]:
    """Move what was answered and what came of it; the ids."""
    rows = list(Feedback.objects.select_for_update().filter(customer_ref=made.gone.customer))
    _move_feedback(rows, made.gone, made.kept)
    return [str(row.pk) for row in rows]


def part_feedback(made: Made, moved: Sequence[str]) -> None:
    """Move that back."""
    rows = Feedback.objects.select_for_update().filter(pk__in=list(moved), customer_ref=made.kept.customer)
    _move_feedback(rows, made.kept, made.gone)


def _locked(side: Side) -> list[Addressee]:
    return list(Addressee.objects.select_for_update().filter(customer_ref=side.customer).order_by("pk"))


def _give(addressee: UUID, side: Side) -> None:
    Addressee.objects.filter(pk=addressee).update(customer_ref=side.customer)


def _swap(one: UUID, to: Side, other: UUID, others_to: Side) -> None:
    # Nobody's for a moment: no customer has two rows of one message.
    Addressee.objects.filter(pk=other).update(customer_ref=new_id())
    _give(one, to)
    _give(other, others_to)


def _move_feedback(rows: Iterable[Feedback], origin: Side, to: Side) -> None:
    for row in rows:
        for step in FeedbackStep.objects.filter(feedback=row).exclude(words_sealed=None):
            step.words_sealed = customers.sealed_anew(
                step.words_sealed, step.pk, feedback_sealing.step_binding, origin=origin, to=to
            )
            step.save(update_fields=["words_sealed"])
        row.answers_sealed = customers.sealed_anew(
            row.answers_sealed, row.pk, feedback_sealing.answers_binding, origin=origin, to=to
        )
        row.customer_ref = to.customer
        row.save(update_fields=["answers_sealed", "customer_ref"])
