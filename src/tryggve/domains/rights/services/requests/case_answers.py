"""What the customer is told: that it takes longer, what was done, or why not. All of it is kept, sealed."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import Reach
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, notices
from tryggve.domains.rights.engine import case_clock, case_letters
from tryggve.domains.rights.engine.authorities import authority_of
from tryggve.domains.rights.engine.case_letters import Letter
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests import being_done, case_steps, cases
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages

_ACTIONS = {"extended": actions.CASE_EXTENDED, "written-goes-on": actions.CASE_WRITTEN}


class Outcome(StrEnum):
    """What becomes of the case with this letter."""

    GOES_ON = "goes-on"
    DONE = "done"
    REFUSED = "refused"


class Way(StrEnum):
    """How the letter reaches the customer."""

    MAIL = "mail"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote to the customer, in which language and how it leaves."""

    letter: Letter
    language: str
    way: Way


class NoAddress(Refusal):
    """There is no e-mail address to send it to."""

    sentence: ClassVar = _(
        "There is no e-mail address on this customer's card. Nothing was sent. Choose to print the letter instead."
    )


class GapLeft(Refusal):
    """The draft still has something in brackets that was to be written."""

    sentence: ClassVar = _("Something in [brackets] is still to be written in the letter. Nothing was sent.")


class IdentityUnknown(Refusal):
    """Nobody has made sure who asks."""

    sentence: ClassVar = _(
        "First write down how you know that the customer asks, and nobody else. Nothing was changed."
    )


def require_identity(row: Case) -> None:
    """Go on if it was made sure that the customer asks. Raises IdentityUnknown."""
    if row.identity_check in ("", cases.Identity.REFUSED):
        raise IdentityUnknown


class TooLateToExtend(Refusal):
    """The customer must be told within the first month (GDPR art. 12(3))."""

    sentence: ClassVar = _(
        "The time can't be extended any more: the customer had to be told within the first month. Nothing was "
        "changed. Answer as soon as you can."
    )


class NotRefusable(Refusal):
    """An objection to advertising is always followed (GDPR art. 21(3))."""

    sentence: ClassVar = _("A customer who says no to advertising is always right. Nothing was changed.")


@transaction.atomic
def extend(
    *,
    case: UUID,
    seen_revision: int,
    written: Written,
    reason: str,
    actor: str,
    at: datetime,
    reach: Reach,
) -> None:
    """Add two months and tell the customer why, both or neither (GDPR art. 12(3)).

    Raises TooLateToExtend, cases.WordsMissing, NoAddress, GapLeft, and as case_steps.locked does.
    """
    row, known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    if row.is_extended or timezone.localdate(at) > row.due_on:
        raise TooLateToExtend
    if not reason.strip():
        raise cases.WordsMissing
    row.due_on = extended_due(row)
    row.is_extended = True
    case_steps.save(row, "due_on", "is_extended")
    told = _with_more(written, reason.strip(), complaint_of(written.language))
    _send(row, known, told, code="extended", actor=actor, at=at)


@transaction.atomic
def answer(
    *,
    case: UUID,
    seen_revision: int,
    written: Written,
    outcome: Outcome,
    reason: str,
    actor: str,
    at: datetime,
    reach: Reach,
) -> UUID:
    """Write to the customer and, if that was the answer, close the case; the step that keeps the letter.

    A refusal tells why and where to complain (GDPR art. 12(4)). Raises IdentityUnknown, being_done.NotDoneYet,
    NotRefusable, cases.WordsMissing, NoAddress, GapLeft, and as case_steps.locked does.
    """
    row, known = case_steps.locked(case, seen_revision=seen_revision, reach=reach)
    _require_answerable(row, outcome, reason)
    if outcome is Outcome.DONE:
        being_done.require_done(row, is_on_paper=written.way is Way.PAPER)
    more = (reason.strip(), complaint_of(written.language)) if outcome is Outcome.REFUSED else ()
    if outcome is Outcome.GOES_ON:
        case_steps.save(row)
    else:
        cases.close(row, Case.State[outcome.name], at=at)
    return _send(row, known, _with_more(written, *more), code=f"written-{outcome.value}", actor=actor, at=at)


def extended_due(row: Case) -> date:
    """The last day to answer with two months more."""
    return case_clock.answer_by(row.received_on, country=setup.firm_country(), extended=True).due


def complaint_of(language: str) -> str:
    """Where to complain, as a sentence of a letter."""
    return case_letters.complaint(language=language, authority=authority_of(setup.firm_country()).contact)


def _require_answerable(row: Case, outcome: Outcome, reason: str) -> None:
    if outcome is Outcome.DONE:
        require_identity(row)
    if outcome is Outcome.REFUSED:
        if row.kind == Case.Kind.OBJECTION and row.purpose_ref is None:
            raise NotRefusable
        if not reason.strip():
            raise cases.WordsMissing


def _with_more(written: Written, *paragraphs: str) -> Written:
    """The letter with these paragraphs before its end, which is the last one."""
    if not paragraphs:
        return written
    body, _blank, end = written.letter.text.rstrip().rpartition("\n\n")
    text = "\n\n".join(filter(None, (body, *paragraphs, end))) + "\n"
    return replace(written, letter=replace(written.letter, text=text))


def _send(row: Case, known: customers.Kept, written: Written, *, code: str, actor: str, at: datetime) -> UUID:
    letter = written.letter
    if case_letters.has_gap(letter.text):
        raise GapLeft
    if written.way is Way.MAIL:
        if not known.emails:
            raise NoAddress
        to = recipients.customer(known.id, address=known.emails[0], language=written.language, key=known.key)
        messages.send(notices.CASE_LETTER, to=to, at=at, subject=letter.subject, text=letter.text)
    return case_steps.add(
        row,
        code,
        action=_ACTIONS.get(code, actions.CASE_CLOSED),
        actor=actor,
        at=at,
        words=json.dumps({**asdict(letter), "language": written.language, "way": written.way.value}),
        key=known.key,
        **({"way": written.way.value} if code in _ACTIONS else {"state": row.state.lower()}),
    )
