from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import AssignmentEnd, Due
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def days_of(customer: UUID) -> Iterator[Part]:
    """When the assignment ended, and that the company is to decide whether the customer is still needed."""
    for end in AssignmentEnd.objects.filter(pk=customer):
        values = [Value("ended_on", _("The assignment ends"), end.ended_on.isoformat())]
        yield Part("assignment-end", _("End of the assignment"), values, end.told_at)
    for due in Due.objects.filter(pk=customer):
        values = [Value("needed_until", _("Needed until"), due.needed_until.isoformat())]
        yield Part("due", _("Due to be erased"), values, due.found_at)


def erase_days(customer: UUID) -> int:
    ends, _of_ends = AssignmentEnd.objects.filter(pk=customer).delete()
    due, _of_due = Due.objects.filter(pk=customer).delete()
    return ends + due


HOLDING = registry.Holding(
    code="rights.keeping",
    title=_("How long you are needed as a customer"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({AssignmentEnd, Due}),
    export=days_of,
    erase=erase_days,
    retention=RetentionRule(
        until=_("the customer is erased"), kept_for=Period(), basis=LegalBasis.LEGITIMATE_INTERESTS
    ),
)
