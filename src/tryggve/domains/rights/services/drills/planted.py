import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import actors
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, sealing
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject
from tryggve.ui import own_address

# The domain that no mail ever reaches (RFC 2606 §2).
_NOWHERE = "planted.invalid"
_KEPT_ASIDE = b"planted"


class NotThere(RuntimeError):
    """The register doesn't know whom it was just given, so that nothing follows from what is tried."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A made-up customer in force; ``mark`` stands in the name, the address and where the customer came from.

    ``sample`` was sealed under the customer's key, and lies outside the register.
    """

    person: customers.Person
    mark: str
    sample: bytes

    @property
    def id(self) -> UUID:
        return self.person.id

    @property
    def address(self) -> str:
        return f"{self.mark}@{_NOWHERE}"


@contextmanager
def customer(*, at: datetime) -> Iterator[Planted]:
    """Somebody who was written down at that moment, for as long as the block lasts; nothing in it is kept.

    Raises vault.Locked.
    """
    # A process's first question for an address loads all pages: before nobody else can write.
    own_address.link_to("portal:ask")
    keys: list[UUID] = []
    try:
        with transaction.atomic():
            one = _planted(at)
            keys.append(one.person.key)
            yield one
            transaction.set_rollback(True)
    finally:
        vault.keyring().destroy_keys(keys)


@contextmanager
def searched_customer(*, at: datetime) -> Iterator[Planted]:
    """The same of somebody whom the search finds. Raises NotThere and vault.Locked."""
    # Everybody is read before the transaction begins: nobody else can write while it lasts.
    _is_searched(f"nobody@{_NOWHERE}")
    try:
        with customer(at=at) as one:
            if not is_searched(one):
                raise NotThere
            yield one
    finally:
        customers.forget_search()


def is_searched(one: Planted) -> bool:
    """Whether the search finds the customer."""
    return _is_searched(one.address)


def erase(one: Planted, *, at: datetime) -> None:
    """As whoever waited long enough is erased: key first, with the entry in the ledger; then what every domain holds.

    The lists that wait to be brought in aren't opened: what happens to them couldn't be rolled back.
    """
    vault.keyring().erase_keys({one.id: [one.person.key]}, at=at)
    customers.erase_again(one.id, actor=actors.SYSTEM, at=at, deed=actions.ERASED)


def is_readable(one: Planted, *, at: datetime) -> bool:
    """Whether anything of an erased customer is left that can be read: key, row, search, or what any domain tells."""
    return (
        _opens(one)
        or bool(customers.still_there([one.id]))
        or is_searched(one)
        or one.mark in _told_of(one.id, at=at)
    )


def _planted(at: datetime) -> Planted:
    mark = f"planted{secrets.token_hex(8)}"
    id = customers.add_signed_up(
        name=f"Planted {mark}", email=f"{mark}@{_NOWHERE}", source=mark, actor=actors.SYSTEM, at=at
    )
    person = customers.person(id)
    if person is None:
        raise NotThere
    bound_to = sealing.case_binding(id, id)
    return Planted(person, mark, vault.keyring().seal(_KEPT_ASIDE, key=person.key, bound_to=bound_to))


def _is_searched(address: str) -> bool:
    return bool(customers.with_email(address, most=1))


def _opens(one: Planted) -> bool:
    try:
        return vault.keyring().open(one.sample, bound_to=sealing.case_binding(one.id, one.id)) == _KEPT_ASIDE
    except vault.KeyGone:
        return False


def _told_of(customer: UUID, *, at: datetime) -> str:
    told = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=actors.SYSTEM, at=at)
    return json.dumps(told.to_json(), default=str, ensure_ascii=False)
