"""What must be clear before a customer is put aside to be erased: who asks, and that nothing is owed to them."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import Case, Erasure
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services.requests.case_answers import require_identity
from tryggve.lib.errors import Refusal

_NEEDS_THE_DATA = (Case.Kind.ACCESS, Case.Kind.PORTABILITY)


class AnswerFirst(Refusal):
    """The customer waits to see what would be destroyed."""

    sentence: ClassVar = _(
        "This customer has asked to see or take along what you hold, and waits for the answer. Give that first: "
        "afterwards there is nothing left to answer with. Nothing was changed."
    )


def require_clear(customer: UUID, ground: str, case: UUID | None) -> Case | None:
    """The request that the erasure carries out, if there is one.

    Who asked to be erased needn't wait for another answer; but then it must be sure who asked. Raises IdentityUnknown
    and AnswerFirst.
    """
    named = case or cases.asking_erasure(customer)
    behind = Case.objects.filter(pk=named).first() if named else None
    if ground != Erasure.Ground.REQUEST:
        _require_answered(customer)
    elif behind is not None:
        require_identity(behind)
    return behind


def _require_answered(customer: UUID) -> None:
    waits = Case.objects.filter(customer_ref=customer, kind__in=_NEEDS_THE_DATA, state=Case.State.OPEN)
    if waits.exists():
        raise AnswerFirst
