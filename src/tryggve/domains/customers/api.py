"""What other domains may ask about customers, and have done to them.

Nothing here writes in the log that somebody looked: who asks for somebody does, with ``audit.look``.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.accounts.policy import EVERYBODY, Reach, asking
from tryggve.audit.registry import Action
from tryggve.domains.customers import sealing
from tryggve.domains.customers.carriers import Carrier, Made, Side, carrier, sealed_anew
from tryggve.domains.customers.engine import known_by
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers.births import birth_date
from tryggve.domains.customers.engine.known_by import ValueMarks
from tryggve.domains.customers.engine.read_aloud import read_aloud
from tryggve.domains.customers.engine.values.emails import email_key, parse_email
from tryggve.domains.customers.gatekeepers import Judge, gate
from tryggve.domains.customers.holds import Held, holder
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.panels import Panel, Place, Told
from tryggve.domains.customers.panels import register as show_on_card
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import custom_fields, numbers, register
from tryggve.domains.customers.selectors.copied import Opens, SealedCard, name_on, random_cards, sealed_cards
from tryggve.domains.customers.selectors.handed_out import (
    Kept,
    contact_card,
    document_pieces,
    first_customers,
    is_document_whole,
    kept_people,
    papers_of,
    within,
)
from tryggve.domains.customers.selectors.last_written import (
    LastWritten,
    last_written,
    statuses,
    unchanged_since,
)
from tryggve.domains.customers.selectors.marks import (
    marks_of,
    marks_of_everybody,
    names_of_everybody,
    newest_change,
)
from tryggve.domains.customers.selectors.reachable import Person, people_tagged, person, with_email
from tryggve.domains.customers.selectors.register import NoSuchCustomer, customers_without_key, tags_in_use
from tryggve.domains.customers.services import documents, imports, records
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.customers.services.merged_away import among_merged, cards_merged_into
from tryggve.domains.customers.services.merges import RegisterBusy
from tryggve.domains.customers.services.putting_aside import (
    bring_back,
    lift_restriction,
    put_aside,
    restrict,
)
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.records import remove as erase_again
from tryggve.domains.customers.services.stand_ins import CARD_TABLE, CardTable, add_stand_in
from tryggve.domains.customers.services.standing import Restricted, hold
from tryggve.domains.setup import api as setup

__all__ = [
    "CARD_TABLE",
    "AlreadyGone",
    "CardTable",
    "Carrier",
    "Held",
    "Judge",
    "Kept",
    "LastWritten",
    "Made",
    "NoSuchCustomer",
    "Opens",
    "Panel",
    "Person",
    "Place",
    "RegisterBusy",
    "Restricted",
    "SealedCard",
    "Side",
    "Told",
    "ValueMarks",
    "add_signed_up",
    "add_stand_in",
    "among_merged",
    "born_on",
    "bring_back",
    "card_title",
    "cards_merged_into",
    "carrier",
    "contact_card",
    "customers_without_key",
    "destroy",
    "document_pieces",
    "email_key",
    "erase_again",
    "first_customers",
    "forget_search",
    "gate",
    "has_a_number",
    "hold",
    "holder",
    "is_document_whole",
    "keep_document",
    "kept_people",
    "known_again_by",
    "known_again_by_address",
    "last_written",
    "lift_restriction",
    "mark_of_email",
    "marks_of",
    "marks_of_everybody",
    "name_on",
    "names_of_everybody",
    "newest_change",
    "own_fields",
    "papers_of",
    "people_tagged",
    "person",
    "preview_list",
    "put_aside",
    "random_cards",
    "read_aloud",
    "require_within",
    "restrict",
    "sealed_anew",
    "sealed_cards",
    "show_on_card",
    "statuses",
    "still_there",
    "tags_in_use",
    "unchanged_since",
    "value_marks",
    "with_email",
    "with_number",
    "within",
]


def known_again_by_address(person: Person) -> list[str]:
    """The customer's e-mails and telephone numbers as ``gate`` is asked for them; the numbers of people stay sealed."""
    details = Details(name=person.name, emails=person.emails, phones=person.phones)
    return known_by.known_by(details, (), setup.firm_country())


def mark_of_email(address: str) -> str:
    """An address as ``gate`` is asked for it."""
    [mark] = known_by.known_by(Details(emails=(parse_email(address) or address,)), (), setup.firm_country())
    return mark


def preview_list(*, name: str, content: bytes, source: str, actor: str, at: datetime) -> UUID:
    """What bringing a list in would do, before anything is changed; the import. Raises Refusal and vault.Locked."""
    return imports.preview_file(name=name, content=content, source=source, actor=actor, at=at)


def keep_document(
    *, customer: UUID, name: str, source: BinaryIO, actor: str, at: datetime, reach: Reach
) -> UUID:
    """A file about the customer, sealed. Raises Refusal, vault.FileNotKept and policy.Refused."""
    return documents.add_document(
        customer=customer, name=name, source=source, actor=actor, at=at, reach=reach
    )


def value_marks() -> ValueMarks:
    """For single values that stand somewhere, in the firm's country."""
    return ValueMarks(setup.firm_country())


def add_signed_up(*, name: str, email: str, source: str, actor: str, at: datetime) -> UUID:
    """A customer who came by themselves, with nobody to look after them yet. Raises vault.Locked."""
    details = Details(name=name, emails=(parse_email(email) or email,), source=source)
    return records.add_customer(details=details, actor=actor, at=at)


def with_number(text: str, *, actor: str, at: datetime) -> list[UUID]:
    """Customers in force who have that whole number; that it was looked for is in the log. Raises vault.Locked."""
    found = numbers.customers_with_number(text=text, actor=actor, at=at, reach=EVERYBODY)
    return found or []


def has_a_number(customer: UUID) -> bool:
    """Whether an identity number of a customer in force is known. Raises vault.CannotOpen and vault.Locked."""
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    return row is not None and bool(
        sealing.opened_one((row.pk, row.revision, row.details_sealed)).number_tags
    )


def born_on(customer: UUID) -> date | None:
    """The day of birth, where a number in the sensitive compartment tells it. Raises vault.CannotOpen and vault.Locked.

    Whoever tells it on must have a reason that the log knows; to find that somebody is a child needs none.
    """
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    return birth_date(sealing.opened_sensitive(row).numbers) if row else None


def forget_search() -> None:
    """Have this process read the register anew before its next search: it has seen what is now rolled back."""
    register_index.forget()


def own_fields() -> list[str]:
    """What the firm's own fields are called that each card asks for, sensitive ones too. One question."""
    return [field.name for field in custom_fields.all_fields() if not field.is_archived]


def card_title(*, customer: UUID, actor: str, at: datetime, reach: Reach, page: str) -> str:
    """What a customer in force is called, for a page that is about that one; the look is in the log.

    Raises NoSuchCustomer, policy.Refused, vault.CannotOpen and vault.Locked.
    """
    return register.customer_card(customer=customer, actor=actor, at=at, reach=reach, page=page).details.title


def require_within(customer: UUID, reach: Reach) -> None:
    """Go on unless this customer, in whatever state, is another person's. Raises policy.Refused."""
    row = Customer.objects.only("responsible_ref").filter(pk=customer).first()
    if row is not None:
        asking.require_within(reach, row.responsible_ref)


def known_again_by(customer: UUID) -> list[str]:
    """E-mails, telephone and identity numbers in comparable form, as ``gate`` is asked for them; of one put aside too.

    Nothing for anybody else, nor for a damaged one, of whom nobody knows any more what that was. Raises vault.Locked.
    """
    row = Customer.objects.filter(pk=customer, state__in=Customer.KEPT).first()
    if row is None:
        return []
    try:
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        numbers = sealing.opened_sensitive(row).number_keys
    except vault.CannotOpen:
        return []
    return known_by.barred_by(details, sorted(numbers), setup.firm_country())


def still_there(customers: Collection[UUID]) -> set[UUID]:
    """Those of them who have a row, in whatever state; not a stand-in, who is nobody to be told of."""
    return {
        one
        for some in sealing.batches(customers)
        for one in Customer.objects.exclude(state=Customer.State.STAND_IN)
        .filter(pk__in=some)
        .values_list("pk", flat=True)
    }


def destroy(
    *,
    customer: UUID,
    actor: str,
    at: datetime,
    deed: Action,
    settle: Callable[[Mapping[str, int]], None],
    barred: Collection[str] = (),
) -> None:
    """Destroy the keys of a customer who was put aside, then all that is left, in one transaction with ``settle``.

    That is told how much each holding erased, by its code. ``barred`` are tags that the key store keeps together with
    the destruction: ``vault.barred_tags``. Cut anywhere, it is done again from the start, which loses
    nothing. Raises RegisterBusy while a list is brought in, and vault.Locked.
    """
    with turn_if_free() as free:
        if not free:
            raise RegisterBusy
        row = Customer.objects.filter(pk=customer).first()
        if row is not None:
            records.take_away(row, at=at, is_alone=True, barred=barred)
        with transaction.atomic():
            settle(records.remove(customer, actor=actor, at=at, deed=deed))
