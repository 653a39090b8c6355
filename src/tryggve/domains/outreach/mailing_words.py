"""What a mailing says and whom it is for, sealed; and why somebody didn't get it, in words."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.rights.api import Verdict
from tryggve.notices import troubles
from tryggve.ui import own_address


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """Subject and text, and the tags of those whom it is for; no tags: all customers."""

    subject: str
    text: str
    tags: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a customer isn't written to, beside what the law says."""

    GONE = "gone"
    NO_ADDRESS = "no-address"
    SAME_MAILBOX = "same-mailbox"
    UNREADABLE = "unreadable"
    STOPPED = "stopped"


class Halt(StrEnum):
    """Why sending rests or is paused, beside what the mail server says."""

    BY_HAND = "by-hand"
    NO_SERVER = "no-server"
    NOT_ALLOWED = "not-allowed"
    NOT_REACHED = "not-reached"
    FAULT = "fault"
    KILLED_TWICE = "killed-twice"
    RESTORED = "restored"


_REASONS = {
    Verdict.ENDED: _("You don't use data for this purpose any more."),
    Verdict.RESTRICTED: _("The customer's data is kept from use."),
    Verdict.NO_CONSENT: _("The customer hasn't said yes, or has taken it back."),
    Verdict.OBJECTED: _("The customer doesn't want such mail."),
    Verdict.HELD_BACK: _("The address belongs to somebody who was erased or objected."),
    Reason.GONE: _("The customer isn't in the register any more."),
    Reason.NO_ADDRESS: _("There is no e-mail address on the card."),
    Reason.SAME_MAILBOX: _("Somebody else with the same address gets it."),
    Reason.UNREADABLE: _("The card can't be opened."),
    Reason.STOPPED: _("You stopped the sending."),
}
_HALTS = {
    Halt.BY_HAND: _("Somebody paused it."),
    Halt.NO_SERVER: _(
        "There are no settings for mail. Fill them in under Company, Mail; it goes on by itself."
    ),
    Halt.NOT_ALLOWED: _(
        "Whoever began it may no longer write to customers. Go on if you want it to be sent."
    ),
    Halt.NOT_REACHED: own_address.NotReached.sentence,
    Halt.FAULT: _("Something went wrong in Tryggve. Nobody gets it twice; try to go on."),
    Halt.RESTORED: _(
        "Your data were put back from a backup. Who got this since the backup was made isn't known here: going on "
        "writes to them again."
    ),
    Halt.KILLED_TWICE: _("Tryggve was stopped twice while it sent this. Look at the counts, then go on."),
}


def sealed(words: Words, mailing: UUID) -> bytes:
    """One document for this row alone; it lies under the service key, since it is nobody's own. Raises vault.Locked."""
    return vault.seal_for_service(_purpose(mailing), json.dumps(asdict(words)).encode())


def opened(blob: bytes | memoryview, mailing: UUID) -> Words:
    """Raises vault.Locked and vault.CannotOpen."""
    there = json.loads(vault.open_for_service(_purpose(mailing), bytes(blob)))
    return Words(there["subject"], there["text"], tuple(there["tags"]))


def reason_in_words(code: str, reply: int | None = None) -> str:
    """Why a customer didn't get it; empty for a code that is none."""
    return str(_REASONS.get(code, "")) or troubles.in_words(code, reply)  # type: ignore[call-overload]  # a code


def halt_in_words(code: str, reply: int | None = None) -> str:
    """Why it rests; empty for a code that is none."""
    return str(_HALTS.get(code, "")) or troubles.in_words(code, reply)  # type: ignore[call-overload]  # the same


def _purpose(mailing: UUID) -> str:
    return f"mailing {mailing}"
