"""Carrying out erasures whose time has come, and those that an older copy of the data has forgotten.

A data transaction marks the erasure; one transaction of the key store destroys the keys and enters that in its ledger,
from where there is no way back; one data transaction removes all that is left. Cut anywhere, the next time goes on.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.notices import CASE_LETTER
from tryggve.domains.rights.selectors.retention import by_law
from tryggve.domains.rights.services import erasure_clock, suppression
from tryggve.domains.rights.services.destruction import gone_keys, leftovers, replaying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.lib import write_points
from tryggve.notices.models import OutboxMessage
from tryggve.notices.recipients import CUSTOMER

logger = logging.getLogger(__name__)

_MACHINE = "system"
_LETTER_TAKES = timedelta(days=3)


def destroy_due(*, at: datetime) -> int:
    """Destroy the customers whose quarantine is over, and those who were half destroyed; how many are done.

    One that fails holds up no other; while a list is brought in, all wait for the next time. While the clock is
    doubted, only what was begun is finished. Raises vault.Locked.
    """
    states = Erasure.GOING if erasure_clock.is_believed(at=at) else (Erasure.State.DESTROYING,)
    due = Erasure.objects.filter(state__in=states, destroys_at__lte=at).order_by("destroys_at", "pk")
    done = 0
    for erasure in list(due.values_list("pk", flat=True)):
        try:
            done += _is_destroyed(erasure, at=at)
        except customers.RegisterBusy:
            break
        except vault.Locked:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others don't wait for it
            facts = {"erasure": str(erasure), "error": type(error).__name__}
            logger.error("an erasure can't be carried out", extra={"facts": facts})
    return done


def replay_ledger(*, at: datetime) -> int:
    """Erase again whoever the ledger says was erased and whose rows are here: an older copy was put back; how many.

    So it does with what was written about them beside the erasure. Their keys are gone, so nothing of them can be read
    meanwhile. Those who are just being destroyed are left to ``destroy_due``. Raises vault.Locked.
    """
    suppression.hold_whom_the_ledger_holds(at=at)
    dead = {one.subject: one.at for one in vault.tombstones()}
    back = customers.still_there(dead) - _under_way()
    merged = customers.among_merged(back)
    count = sum(_is_erased_again(one, dead[one], at=at) for one in (*sorted(back - merged), *sorted(merged)))
    replaying.notice(has_any_come_back=bool(back), at=at)
    count += leftovers.erase_left_over(dead.keys(), at=at)
    if count:
        logger.warning("erased customers were erased again", extra={"facts": {"count": count}})
    return count


def _under_way() -> set[UUID]:
    """Who is just being destroyed, and the cards that end with theirs."""
    rows = Erasure.objects.filter(state=Erasure.State.DESTROYING)
    found = set(rows.values_list("customer_ref", flat=True))
    return found.union(*map(customers.cards_merged_into, found))


@transaction.atomic
def _is_erased_again(customer: UUID, destroyed_at: datetime, *, at: datetime) -> bool:
    if not customers.still_there([customer]):
        return False  # the card ended with the one that it was merged into
    erased = customers.erase_again(customer, actor=_MACHINE, at=at, deed=actions.ERASED_AGAIN)
    replaying.require_row(customer, destroyed_at)
    _settle(customer, destroyed_at, erased, at=at)
    write_points.reached("erasure: replayed, not committed")
    return True


def _is_destroyed(erasure: UUID, *, at: datetime) -> bool:
    row = _marked(erasure, at=at)
    if row is None:
        return False
    write_points.reached("erasure: marked")
    if row.ground == Erasure.Ground.REQUEST:
        sign_ups.forget_of(row.customer_ref)
    customers.destroy(
        customer=row.customer_ref,
        actor=_MACHINE,
        at=at,
        deed=actions.ERASED,
        barred=row.outcome.get("tags", ()),
        settle=partial(_settle_now, row.customer_ref, at),
    )
    write_points.reached("erasure: done")
    return True


def _marked(erasure: UUID, *, at: datetime) -> Erasure | None:
    """The erasure, which nobody can call off any more; None for one that was called off, is held, or waits for mail."""
    with transaction.atomic():
        row = Erasure.objects.select_for_update().filter(pk=erasure, state__in=Erasure.GOING).first()
        if row is None or row.state == Erasure.State.DESTROYING:
            return row
        if _waits_for_its_letter(row, at):
            return None
        try:
            erasures.require_not_held(row.customer_ref, at=at)
        except customers.Held:
            return None
        now = erasures.held_back_from_now_on(row.customer_ref, row.ground, at=at)
        row.state = Erasure.State.DESTROYING
        row.outcome = {"tags": sorted({*row.outcome.get("tags", ()), *now})}
        row.save(update_fields=["state", "outcome"])
    return row


def _waits_for_its_letter(row: Erasure, at: datetime) -> bool:
    """Whether the answer to the customer is still on its way, which would go with the key when it is done sooner.

    For three days, no longer: a mail server that never comes back holds up nobody's right.
    """
    if not row.hastened_by or at - row.destroys_at > _LETTER_TAKES:
        return False
    mail = OutboxMessage.objects.filter(recipient_ref=f"{CUSTOMER}{row.customer_ref}", kind=CASE_LETTER.code)
    return mail.filter(state__in=(OutboxMessage.State.WAITING, OutboxMessage.State.SENDING)).exists()


def _settle_now(customer: UUID, at: datetime, erased: Mapping[str, int]) -> None:
    _settle(customer, vault.buried_at(customer) or at, erased, at=at)
    write_points.reached("erasure: written, not committed")


def _settle(customer: UUID, destroyed_at: datetime, erased: Mapping[str, int], *, at: datetime) -> None:
    """Say of the erasure that is going on what came of it; no tag stays beside the customer's id."""
    for row in Erasure.objects.select_for_update().filter(customer_ref=customer, state__in=Erasure.GOING):
        row.state, row.destroyed_at = Erasure.State.DESTROYED, destroyed_at
        tags = row.outcome.get("tags", ())
        suppression.hold_for_good(tags)
        row.outcome = {
            "erased": {code: count for code, count in sorted(erased.items()) if count},
            "held_back": len(tags),
            **by_law.told_of(customer),
            **gone_keys.confirmed(customer, at=at),
        }
        row.save(update_fields=["state", "destroyed_at", "outcome"])
