"""What every change of a case begins and ends with: the row is locked and as this person saw it; a step, an entry."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import Case, CaseStep
from tryggve.domains.rights.selectors.requests.case_rows import NoSuchCase, kept
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id


class ChangedMeanwhile(Refusal):
    """Somebody else did something about this case after this person opened it."""

    sentence: ClassVar = _(
        "Somebody else did something about this request while you were writing. Nothing was changed. Look at the "
        "steps below, and do it again if it is still right."
    )


class Closed(Refusal):
    """The case is closed."""

    sentence: ClassVar = _("This request is closed already. Nothing was changed.")


def locked(case: UUID, *, seen_revision: int, reach: Reach) -> tuple[Case, customers.Kept]:
    """The open case and its customer, for a change in the caller's transaction.

    Raises NoSuchCase, ChangedMeanwhile, Closed, CustomerGone, policy.Refused and vault.Locked.
    """
    customer = Case.objects.filter(pk=case).values_list("customer_ref", flat=True).first()
    if customer is None:
        raise NoSuchCase
    customers.hold(customer)
    found = kept(customer, reach)
    row = Case.objects.select_for_update().get(pk=case)
    if row.state != Case.State.OPEN:
        raise Closed
    if row.revision != seen_revision:
        raise ChangedMeanwhile
    return row, found


def save(row: Case, *fields: str) -> None:
    """Write those fields; whoever has the page open is told of it before they change anything."""
    row.revision += 1
    row.save(update_fields=["revision", *fields])


def add(
    row: Case, code: str, *, action: Action, actor: str, at: datetime, words: str = "", key: UUID | None = None,
    **facts: Any,
) -> UUID:  # fmt: skip
    """One step and its entry in the log; words are sealed under the customer's key. Raises vault.CannotOpen."""
    step = new_id()
    sealed = None
    if words and key is not None:
        bound_to = sealing.step_binding(step, row.customer_ref)
        sealed = vault.keyring().seal(words.encode(), key=key, bound_to=bound_to)
    CaseStep.objects.create(pk=step, case=row, code=code, words_sealed=sealed, done_at=at, done_by=actor)
    audit.record(action, actor=actor, at=at, subject=row.customer_ref, case=str(row.pk), **facts)
    return step
