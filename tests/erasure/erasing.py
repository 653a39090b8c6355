"""Customers who are asked to be erased, and what is left of them."""

from datetime import timedelta
from uuid import UUID

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import Case, Erasure, Keep
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.lib.ids import new_id

ANNA, KARIN = f"user:{new_id()}", f"user:{new_id()}"
AFTER = NOW + timedelta(days=14)


def ask(customer: UUID, *, actor: str = ANNA, ground: str = Erasure.Ground.REQUEST) -> UUID:
    return erasures.ask_erasure(
        customer=customer, ground=Erasure.Ground(ground), actor=actor, at=NOW, reach=EVERYBODY
    )


def erase(customer: UUID, *, ground: str = Erasure.Ground.REQUEST) -> UUID:
    """From the asking to the end."""
    erasure = ask(customer, ground=ground)
    assert destroying.destroy_due(at=AFTER) == 1
    return erasure


def open_case(customer: UUID) -> None:
    """Something that the customer asked for, in words."""
    case = Case(customer_ref=customer, kind="ACCESS", channel="MAIL", received_on=NOW, due_on=NOW)
    case.words_sealed = _sealed(b"please-correct-me", customer, sealing.case_binding(case.pk, customer))
    case.opened_at, case.opened_by = NOW, ANNA
    case.save()


def keep_longer(customer: UUID) -> None:
    """A decision to keep the customer, which holds up no erasure."""
    keep = Keep(customer_ref=customer, kind=Keep.Kind.LONGER, decided_at=NOW, decided_by=ANNA)
    keep.reason_sealed = _sealed(b"she-owes-us", customer, sealing.keep_binding(keep.pk, customer))
    keep.save()


def _sealed(words: bytes, customer: UUID, bound_to: vault.Binding) -> bytes:
    row = Customer.objects.get(pk=customer)
    return vault.keyring().seal(words, key=vault.key_id_of(bytes(row.details_sealed)), bound_to=bound_to)


def state_of(customer: UUID) -> str | None:
    """The state of the customer's row, if there is one."""
    return Customer.objects.filter(pk=customer).values_list("state", flat=True).first()


def buried() -> list[UUID]:
    """Whom the ledger names, each once."""
    return list(dict.fromkeys(one.subject for one in vault.tombstones()))
