from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts import selectors as accounts
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.selectors.consents import choices, consents
from tryggve.domains.rights.selectors.consents.consents import Happened
from tryggve.domains.rights.selectors.purposes import purposes


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a customer's consents, in words."""

    event: Happened
    purpose: str
    who: str


def lines_of(customer: UUID, *, actor: str, at: datetime) -> list[Line]:
    """All that happened to a customer's consents, the newest first; that it was read is in the log."""
    events = consents.events_of(customer)
    audit.look(actions.CONSENTS_VIEWED, actor=actor, at=at, subject=customer, shown=len(events))
    names = {actors.user(one.id): one.name for one in accounts.colleagues()}
    called = _names() if events else {}
    return [Line(one, called.get(one.purpose, ""), _who(one.recorded_by, names)) for one in events]


def _names() -> dict[UUID, str]:
    language = choices.spoken(get_language() or "en")
    return {one: kept.told_in(language).words.name for one, kept in purposes.all_purposes().items()}


def _who(recorded_by: str, names: dict[str, str]) -> str:
    if recorded_by == "customer":
        return _("the customer")
    if recorded_by == actors.SYSTEM:
        return _("Tryggve itself")
    return names.get(recorded_by) or _("somebody who has left")
