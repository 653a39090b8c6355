"""What somebody asks for by right (GDPR art. 15 to 22), from the asking to the answer."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, package_files, sealing
from tryggve.domains.rights.engine import case_clock
from tryggve.domains.rights.engine.calendars import TooFarAway
from tryggve.domains.rights.models import Case, Package
from tryggve.domains.rights.selectors.requests import case_rows
from tryggve.domains.rights.services.requests import case_steps
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

LONGEST_WORDS = 10_000
_FIRST_DAY = date(2018, 5, 25)  # from when on the regulation applies (GDPR art. 99(2))
# Who comes by a mailbox may be whoever else reads it: before all that is held leaves, somebody makes sure.
_ALL_LEAVES = (Case.Kind.ACCESS, Case.Kind.PORTABILITY)


class Identity(StrEnum):
    """How it was made sure that the customer asks, and nobody else; no more than is needed (GDPR art. 12(6))."""

    KNOWN = "known"
    CALLED_BACK = "called-back"
    PORTAL = "portal"
    DOCUMENT = "document"
    REFUSED = "refused"


class NotReceivedThen(Refusal):
    """A request can't have come on that day."""

    sentence: ClassVar = _(
        "A request can't have come on that day. Choose the day when it came, today at the latest."
    )


class WordsMissing(Refusal):
    """Something must be said in words here."""

    sentence: ClassVar = _("Write why. Nothing was changed.")


@transaction.atomic
def open_case(
    *,
    customer: UUID,
    kind: Case.Kind,
    channel: Case.Channel,
    received_on: date,
    words: str,
    actor: str,
    at: datetime,
    reach: Reach,
    purpose: UUID | None = None,
    is_sure: bool = True,
) -> UUID:
    """Write down that a customer asked for something; the case, with the last day to answer.

    An objection counts from now on: nothing waits for the answer (GDPR art. 21(3), 18(1)(d)). ``purpose`` is what it
    is about; None: advertising.
    ``is_sure``: whoever came by their own page is nobody but the customer. Raises NotReceivedThen, CustomerGone,
    policy.Refused, vault.CannotOpen, vault.Locked.
    """
    customers.hold(customer)
    known = case_rows.kept(customer, reach)
    case = new_id()
    row = Case.objects.create(
        pk=case,
        customer_ref=customer,
        kind=kind,
        channel=channel,
        received_on=received_on,
        due_on=_answer_by(received_on, at),
        purpose_ref=purpose if kind == Case.Kind.OBJECTION else None,
        words_sealed=vault.keyring().seal(
            words.encode(), key=known.key, bound_to=sealing.case_binding(case, customer)
        ),
        identity_check=_known_by(kind, channel) if is_sure else "",
        opened_at=at,
        opened_by=actor,
    )
    case_steps.add(
        row, "received", action=actions.CASE_OPENED, actor=actor, at=at,
        kind=kind.lower(), channel=channel.lower(),
    )  # fmt: skip
    return case


@transaction.atomic
def check_identity(
    *, case: UUID, seen_revision: int, how: Identity, why: str, actor: str, at: datetime, reach: Reach
) -> None:
    """Write down how it was made sure who asks; why, where it wasn't. No copy of a document is kept.

    Raises WordsMissing, and as case_steps.locked does.
    """
    row, known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    if how is Identity.REFUSED and not why.strip():
        raise WordsMissing
    row.identity_check = how.value
    if how is Identity.REFUSED:
        package_files.remove(Package.objects.filter(case=row))
    case_steps.save(row, "identity_check")
    case_steps.add(
        row,
        "identity",
        action=actions.IDENTITY_CHECKED,
        actor=actor,
        at=at,
        words=why,
        key=known.key,
        how=how.value,
    )


@transaction.atomic
def to_see_all(*, customer: UUID, words: str, actor: str, at: datetime, reach: Reach) -> UUID:
    """The customer's open request to see what is held, or a new one: whoever has the file made knows who asked.

    It stays open until somebody answers it. Raises as open_case.
    """
    rows = Case.objects.filter(customer_ref=customer, kind=Case.Kind.ACCESS, state=Case.State.OPEN)
    if (there := rows.order_by("opened_at", "pk").values_list("pk", flat=True).first()) is not None:
        return there
    case = open_case(
        customer=customer, kind=Case.Kind.ACCESS, channel=Case.Channel.PAPER,
        received_on=timezone.localdate(at), words=words, actor=actor, at=at, reach=reach,
    )  # fmt: skip
    check_identity(case=case, seen_revision=1, how=Identity.KNOWN, why="", actor=actor, at=at, reach=reach)
    return case


@transaction.atomic
def take_back(*, case: UUID, seen_revision: int, actor: str, at: datetime, reach: Reach) -> None:
    """The customer doesn't want it any more. Raises as case_steps.locked does."""
    row, _known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    close(row, Case.State.TAKEN_BACK, at=at)
    case_steps.add(row, "taken-back", action=actions.CASE_CLOSED, actor=actor, at=at, state="taken-back")


def close(row: Case, state: Case.State, *, at: datetime) -> None:
    """Nothing more is to be done; in the caller's transaction, on a locked row.

    What was made for an answer that isn't given is taken away.
    """
    if state != Case.State.DONE:
        package_files.remove(Package.objects.filter(case=row))
    row.state, row.closed_at = state, at
    case_steps.save(row, "state", "closed_at")


def _known_by(kind: Case.Kind, channel: Case.Channel) -> str:
    return Identity.PORTAL if channel == Case.Channel.PORTAL and kind not in _ALL_LEAVES else ""


def _answer_by(received_on: date, at: datetime) -> date:
    if not _FIRST_DAY <= received_on <= timezone.localdate(at):
        raise NotReceivedThen
    try:
        return case_clock.answer_by(received_on, country=setup.firm_country()).due
    except TooFarAway as cause:
        raise NotReceivedThen from cause
