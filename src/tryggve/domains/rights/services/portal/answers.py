"""What customers say themselves: on their own page, by a link in a mail, with one click, by a form on a website."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.models import Case, ConsentEvent, PortalLink
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.selectors.consents.choices import Choice
from tryggve.domains.rights.selectors.consents.consents import Text
from tryggve.domains.rights.selectors.requests import case_words
from tryggve.domains.rights.services.consent_events import YES
from tryggve.domains.rights.services.consents import consent_questions, consents
from tryggve.domains.rights.services.consents.consents import Channel, Circumstances, Kind, Said
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import LinkEnded, Use
from tryggve.domains.rights.services.requests import case_mail, cases
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address

__all__ = [
    "Answer",
    "ChangedMeanwhile",
    "Channel",
    "answer",
    "answer_by_link",
    "ask_by_form",
    "ask_by_right",
    "withdraw_by_link",
]

# Why somebody who has the address isn't asked.
_NOT_ASKED = (
    customers.Restricted,
    customers.AlreadyGone,
    consent_questions.CannotBeMailed,
    consent_questions.SaidNoToMail,
)


class ChangedMeanwhile(Refusal):
    """A yes counts for what the customer has read and for how it stood then."""

    sentence: ClassVar = _(
        "Something here has changed since you opened the page, so your yes wasn't written down. Read it once more, and "
        "choose anew."
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes or a no, and what the page showed beside it.

    ``words``: those that were to be read; ``newest``: the last that had happened, on pages that tell how it stands.
    """

    is_yes: bool
    words: UUID | None = None
    newest: UUID | None = None


Answers = Mapping[UUID, Answer]


def answer(*, customer: UUID, said: Answers, channel: Channel, language: str, at: datetime) -> None:
    """Write down what is new in what the customer said: a yes, a no, a yes taken back.

    A no counts although a yes beside it is refused. Raises ChangedMeanwhile, and as consents.record.
    """
    how = Circumstances(channel, at, actors.ANONYMOUS, language, by_customer=True)
    try:
        _write(customer, said, how)
    except Exception:
        if noes := _noes(said):
            _write(customer, noes, how)
        raise


def answer_by_link(*, token: str, said: Answers, language: str, at: datetime) -> None:
    """The same, once: the link is used up, unless a yes was refused. Raises LinkEnded, and as answer."""
    try:
        _write_by_link(token, said, language, at=at, is_last=True)
    except LinkEnded:
        raise
    except Exception:
        if noes := _noes(said):
            _write_by_link(token, noes, language, at=at, is_last=False)
        raise


def withdraw_by_link(link: PortalLink, *, language: str, at: datetime) -> None:
    """Take the consent back that the link names. It can be pressed again, and changes nothing then."""
    if link.purpose_ref is not None:
        consents.withdraw(
            customer=link.customer_ref,
            purpose=link.purpose_ref,
            channel=Channel.LINK,
            actor=actors.ANONYMOUS,
            language=language,
            at=at,
        )


@transaction.atomic
def ask_by_form(*, address: str, purpose: UUID, actor: str, language: str, at: datetime) -> None:
    """Mail the question to whoever has that address in the register; as much work, and nothing, for anybody else.

    Whoever filled in the form mustn't learn whether the address is a customer's. Raises own_address.NotReached and
    vault.Locked.
    """
    own_address.require_reached()
    by: dict[str, Any] = {"purpose": purpose, "language": language, "actor": actor, "at": at}
    for person in customers.with_email(address, most=1):
        with suppress(*_NOT_ASKED):
            consent_questions.ask(customer=person.id, typed=address, **by)
            return
    consent_questions.pretend_to_ask(address=address, **by)


@transaction.atomic
def ask_by_right(
    *, customer: UUID, kind: Case.Kind, words: str, language: str, at: datetime, is_sure: bool = True
) -> UUID:
    """Open a case for what the customer asked for on the own page, and mail a receipt for it.

    ``is_sure``: nobody else has the mailbox. Pressed twice, the same words on the same day are one case. Raises as
    cases.open_case.
    """
    customers.hold(customer)
    if (same := _asked_already(customer, kind, words, timezone.localdate(at))) is not None:
        return same
    case = cases.open_case(
        customer=customer,
        kind=kind,
        channel=Case.Channel.PORTAL,
        received_on=timezone.localdate(at),
        words=words,
        actor=actors.ANONYMOUS,
        at=at,
        reach=EVERYBODY,
        is_sure=is_sure,
    )
    case_mail.send_receipt(case, language=language, at=at)
    return case


def _asked_already(customer: UUID, kind: Case.Kind, words: str, today: date) -> UUID | None:
    rows = Case.objects.filter(
        customer_ref=customer,
        kind=kind,
        channel=Case.Channel.PORTAL,
        received_on=today,
        state=Case.State.OPEN,
    )
    return next((row.pk for row in rows if case_words.says(row, words)), None)


@transaction.atomic
def _write_by_link(token: str, said: Answers, language: str, *, at: datetime, is_last: bool) -> None:
    link = links.locked_of_token(token, Use.CONSENT, at=at)
    only = {purpose: one for purpose, one in said.items() if link.purpose_ref in (None, purpose)}
    how = Circumstances(Channel.LINK, at, actors.ANONYMOUS, language, by_customer=True, question=link.pk)
    _write(link.customer_ref, only, how)
    if is_last:
        links.use_up(link, at=at)


@transaction.atomic
def _write(customer: UUID, said: Answers, how: Circumstances) -> None:
    asked = {
        one.purpose: one for one in choices.of_customer(customer, language=how.language, at=how.happened_at)
    }
    texts = selectors.newest_texts()
    new = []
    for purpose, one in said.items():
        choice = asked.get(purpose)
        if one.is_yes and not (choice and choice.is_yes):
            _require_as_shown(one, choice, texts.get(purpose, {}).values(), how)
            new.append(Said(purpose, Kind.GIVEN, one.words))
        elif choice is None and not one.is_yes:
            new += _taken_back(customer, purpose)
        elif choice is not None and not one.is_yes and not choice.is_no:
            new.append(Said(purpose, Kind.WITHDRAWN if choice.is_yes else Kind.REFUSED, choice.text.id))
    if new:
        consents.record(customer=customer, said=new, how=how, at=how.happened_at)


def _require_as_shown(one: Answer, choice: Choice | None, newest: Iterable[Text], how: Circumstances) -> None:
    """A link's page doesn't tell how it stands, since anybody may read it: what is said there can't rest on that."""
    if choice is None or one.words not in {text.id for text in newest}:
        raise ChangedMeanwhile
    if how.channel == Channel.PORTAL and one.newest != choice.receipt:
        raise ChangedMeanwhile


def _noes(said: Answers) -> Answers:
    return {purpose: one for purpose, one in said.items() if not one.is_yes}


def _taken_back(customer: UUID, purpose: UUID) -> list[Said]:
    """A no to what nobody is asked about any more counts for who once said yes to it."""
    said = ConsentEvent.objects.filter(customer_ref=customer, purpose=purpose, kind__in=YES)
    return [Said(purpose, Kind.WITHDRAWN)] if said.exists() else []
