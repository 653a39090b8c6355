"""Strangers who sign up by a form on the company's website: nothing counts before the button behind a mail.

Until then there is no customer. Whoever fills in the form learns nothing of whether the address is in the register.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, notices, sealing
from tryggve.domains.rights.models import SignUp
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.links.links import LinkEnded
from tryggve.domains.rights.services.portal import answers
from tryggve.domains.setup import api as setup
from tryggve.lib import random_tokens
from tryggve.lib.ids import new_id
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.notices.models import OutboxMessage
from tryggve.ui import own_address

LASTS = timedelta(days=3)
# More than these wait for their button only when somebody floods the form.
MOST_WAITING = 500
_MOST_OF_ONE_ADDRESS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed who may be anybody."""

    name: str
    email: str


@transaction.atomic
def ask(*, typed: Typed, purposes: Sequence[UUID], language: str, source: str, at: datetime) -> None:
    """Mail that address a link whose button signs up; as much work, and nothing, for one that is held back.

    The name stays out of the mail: else anybody could have us send a stranger whatever words they like. ``source``:
    where a customer's data came from, in words for the card. Raises own_address.NotReached and vault.Locked.
    """
    own_address.require_reached()
    is_held_back = _is_held_back(typed.email)
    is_full = SignUp.objects.count() >= MOST_WAITING
    row, token = _kept(typed, purposes, source, at)
    key = vault.key_id_of(bytes(row.words_sealed))
    messages.send(
        notices.SIGN_UP,
        to=recipients.customer(row.pk, address=typed.email, language=language, key=key),
        at=at,
        firm=setup.firm_name(),
        link=own_address.link_to("portal:sign-up-confirm", token),
        days=LASTS.days,
    )
    audit.record(actions.SIGN_UP_ASKED, actor=actors.ANONYMOUS, at=at, sign_up=str(row.pk))
    if is_held_back or is_full:
        transaction.set_rollback(True)


def of_token(token: str, *, at: datetime) -> SignUp | None:
    """What waits for its button behind that link."""
    return SignUp.objects.filter(token_hash=random_tokens.hash_of(token), expires_at__gt=at).first()


def purposes_of(row: SignUp) -> list[UUID]:
    return [UUID(one) for one in row.purposes]


@transaction.atomic
def confirm(*, token: str, read: Mapping[UUID, UUID | None], language: str, at: datetime) -> None:
    """Make the stranger a customer who said yes, or write the yes down for the one who has the address already.

    ``read``: by purpose, the words that stood beside the button. Raises LinkEnded, and as answers.answer; then nothing
    happened, and the link is still to be used.
    """
    row = SignUp.objects.select_for_update().filter(token_hash=random_tokens.hash_of(token)).first()
    if row is None or row.expires_at <= at:
        raise LinkEnded
    said = {one: answers.Answer(True, read[one]) for one in purposes_of(row) if one in read}
    if not said:
        raise answers.ChangedMeanwhile
    key, sign_up = vault.key_id_of(bytes(row.words_sealed)), str(row.pk)
    typed, source = _opened(row)
    _forget_mails(row)
    if _is_held_back(typed.email) or not SignUp.objects.filter(pk=row.pk).delete()[0]:
        raise LinkEnded
    customer = _known(typed) or customers.add_signed_up(
        name=typed.name, email=typed.email, source=source, actor=actors.ANONYMOUS, at=at
    )
    audit.record(actions.SIGN_UP_CONFIRMED, actor=actors.ANONYMOUS, at=at, subject=customer, sign_up=sign_up)
    answers.answer(customer=customer, said=said, channel=answers.Channel.WEB, language=language, at=at)
    transaction.on_commit(lambda: vault.keyring().destroy_keys([key]))


def forget_ended(*, now: datetime) -> int:
    """Remove those whose button nobody pressed in time, with their mails and keys; how many. Raises vault.Locked."""
    return _forget(SignUp.objects.filter(expires_at__lte=now))


def forget_of(customer: UUID) -> int:
    """Remove those that wait with an address of somebody who asked to be erased, whose button lets nobody in any more.

    While the card can be read: later nobody knows by what to find them. How many. Raises vault.Locked.
    """
    marks = frozenset(customers.known_again_by(customer))
    return _forget(row for row in (SignUp.objects.all() if marks else ()) if _is_by(row, marks))


def typed_in(row: SignUp) -> Typed:
    """Raises vault.CannotOpen and vault.Locked."""
    return _opened(row)[0]


def _forget(rows: Iterable[SignUp]) -> int:
    ended = list(rows)
    if ended:
        _forget_mails(*ended)
        SignUp.objects.filter(pk__in=[row.pk for row in ended]).delete()
        vault.keyring().destroy_keys([vault.key_id_of(bytes(row.words_sealed)) for row in ended])
    return len(ended)


def _is_by(row: SignUp, marks: Collection[str]) -> bool:
    try:
        return customers.mark_of_email(typed_in(row).email) in marks
    except vault.CannotOpen:
        return False


def _forget_mails(*rows: SignUp) -> None:
    """Without their keys nobody could open them any more."""
    refs = [f"{recipients.CUSTOMER}{row.pk}" for row in rows]
    OutboxMessage.objects.filter(recipient_ref__in=refs).delete()


def _kept(typed: Typed, purposes: Sequence[UUID], source: str, at: datetime) -> tuple[SignUp, str]:
    sign_up, token = new_id(), random_tokens.new_token()
    [key] = vault.keyring().create_keys([sign_up])
    document = json.dumps({**asdict(typed), "source": source}).encode()
    row = SignUp.objects.create(
        pk=sign_up,
        token_hash=random_tokens.hash_of(token),
        words_sealed=vault.keyring().seal(document, key=key, bound_to=sealing.sign_up_binding(sign_up)),
        purposes=[str(one) for one in purposes],
        made_at=at,
        expires_at=at + LASTS,
    )
    return row, token


def _opened(row: SignUp) -> tuple[Typed, str]:
    sealed = vault.keyring().open(bytes(row.words_sealed), bound_to=sealing.sign_up_binding(row.pk))
    told = json.loads(sealed)
    return Typed(told["name"], told["email"]), told["source"]


def _is_held_back(address: str) -> bool:
    if not suppression.is_anybody_held_back():
        return False
    return bool(suppression.held_back([customers.mark_of_email(address)]))


def _known(typed: Typed) -> UUID | None:
    """Who has the address already: the one of that name, else the only one; of several others, none."""
    people = customers.with_email(typed.email, most=_MOST_OF_ONE_ADDRESS)
    same = [one for one in people if one.name.casefold() == typed.name.casefold()]
    if not same and len(people) != 1:
        return None
    found = (same or people)[0].id
    return found if customers.hold(found) else None
