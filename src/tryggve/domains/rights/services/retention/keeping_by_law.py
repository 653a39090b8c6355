"""What the law has the company keep: written down under a key of its own, destroyed when its time is over."""

from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, sealing
from tryggve.domains.rights.engine.calendars import UnknownRule, until
from tryggve.domains.rights.engine.calendars.keeping_rules import Rule, offered_rules
from tryggve.domains.rights.models import KeptByLaw
from tryggve.domains.rights.selectors.requests import case_rows
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

LONGEST_WORDS = 10_000
_FIRST_YEAR = 1970


class OverAlready(Refusal):
    """The law doesn't demand it any more, or the day can't be."""

    sentence: ClassVar = _(
        "The law doesn't demand that any more, or the day can't be right. Choose the last day of the fiscal year that "
        "the invoice or receipt belongs to. Nothing was changed."
    )


class NotKept(Refusal):
    """It was removed already."""

    sentence: ClassVar = _("That was removed already. Nothing was changed.")


def laws() -> list[Rule]:
    """The rules on bookkeeping of the company's country: they are about single papers, and outlive the card."""
    return [one for one in offered_rules(setup.firm_country()) if one.is_of_books]


def write_down(
    *, customer: UUID, rule: str, counted_from: date, words: str, actor: str, at: datetime, reach: Reach
) -> UUID:
    """Keep these words, such as what an invoice says, as long as the law demands; the customer's erasure leaves them.

    ``counted_from``: the last day of the fiscal year. Raises UnknownRule, OverAlready, case_rows.CustomerGone,
    policy.Refused and vault.Locked.
    """
    case_rows.kept(customer, reach)
    last = _last_day(rule, counted_from, at)
    [key], kept = vault.keyring().create_keys([customer], compartment="retained"), new_id()
    write_points.reached("kept by law: key made")
    blob = vault.keyring().seal(
        words.strip().encode(), key=key, bound_to=sealing.by_law_binding(kept, customer)
    )
    with transaction.atomic():
        case_rows.kept(customer, reach)
        KeptByLaw.objects.create(
            pk=kept,
            customer_ref=customer,
            rule=rule,
            counted_from=counted_from,
            until=last,
            key_ref=key,
            words_sealed=blob,
            written_at=at,
            written_by=actor,
        )
        audit.record(actions.KEPT_BY_LAW, actor=actor, at=at, subject=customer, kept=str(kept), rule=rule)
    return kept


def remove(*, kept: UUID, actor: str, at: datetime, reach: Reach) -> UUID | None:
    """Destroy it with its key: it was wrong, or the law doesn't demand it; the customer's id, None if erased.

    Raises NotKept, policy.Refused and vault.Locked.
    """
    row = KeptByLaw.objects.filter(pk=kept).first()
    if row is None:
        raise NotKept
    if row.is_alone:
        require_within(reach, None)
    else:
        customers.require_within(row.customer_ref, reach)
    _destroy([row])
    audit.record(actions.KEPT_BY_LAW_REMOVED, actor=actor, at=at, subject=row.customer_ref, kept=str(kept))
    return None if row.is_alone else row.customer_ref


def let_go(*, at: datetime) -> int:
    """Destroy what the law no longer demands of customers who were erased; how much that was. Raises vault.Locked.

    Whoever said yes to the erasure said yes to this. What is kept of customers who are in the register waits for a
    person. Nothing goes while the clock is doubted.
    """
    if not erasure_clock.is_believed(at=at):
        return 0
    over = list(_over(at))
    if over:
        _destroy(over)
        audit.record(actions.KEPT_BY_LAW_OVER, actor=actors.SYSTEM, at=at, count=len(over))
    return len(over)


@erasure_clock.waits
def is_anything_over(at: datetime) -> bool:
    """Whether ``let_go`` would destroy anything."""
    return _over(at).exists()


def _over(at: datetime) -> QuerySet[KeptByLaw]:
    return KeptByLaw.objects.filter(until__lt=timezone.localdate(at), is_alone=True)


def _destroy(rows: Collection[KeptByLaw]) -> None:
    """The keys first: cut in between, what is left opens nothing, and the next time removes it."""
    vault.keyring().destroy_keys([row.key_ref for row in rows])
    write_points.reached("kept by law: keys destroyed")
    for row in rows:
        row.delete()


def _last_day(rule: str, counted_from: date, at: datetime) -> date:
    today = timezone.localdate(at)
    if rule not in {one.code for one in laws()}:
        raise UnknownRule(rule)
    if not _FIRST_YEAR <= counted_from.year <= today.year + 2:
        raise OverAlready
    last = until(rule, counted_from).until
    if last < today:
        raise OverAlready
    return last
