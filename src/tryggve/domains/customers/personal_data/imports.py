from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, Import, ImportImage
from tryggve.domains.customers.personal_data.card import TITLES, values_of
from tryggve.domains.customers.services import forgetting, images
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def left_by_imports(customer: UUID) -> Iterator[Part]:
    """What lists hold of the customer: rows that wait for a yes or were set aside, what no field took, what differed.

    Raises vault.CannotOpen.
    """
    card = Customer.objects.filter(pk=customer, state__in=Customer.KEPT).first()
    details = sealing.opened_one((card.pk, card.revision, card.details_sealed)) if card else None
    numbers = sealing.opened_sensitive(card).number_keys if card else frozenset[str]()
    for found in forgetting.rows_of(customer=customer, details=details, numbers=numbers):
        rows = [("waiting", row) for row in found.waiting] + [("set_aside", row) for row in found.aside]
        values = [Value(name, title, text) for name, row in rows for title, text in row]
        if values := values + list(_tied(found.papers.leavings or {}, str(customer))):
            since = found.papers.batch.made_at
            yield Part("import", _("From a list"), values, since, _("a list that was brought in"))
    yield from _before_imports(customer)


def _before_imports(customer: UUID) -> Iterator[Part]:
    for kept in ImportImage.objects.filter(customer_ref=customer).exclude(before_sealed=None).order_by("pk"):
        image = images.opened(kept.batch_ref, kept)
        since = Import.objects.get(pk=kept.batch_ref).made_at
        yield Part("before_import", _("Before a list was brought in"), list(values_of(image.before)), since)


def _tied(leavings: dict[str, list[Any]], customer: str) -> Iterator[Value]:
    for name in ("kept", "not_taken"):
        for _line, whose, said in leavings.get(name, ()):
            if whose == customer:
                yield from (Value(name, TITLES.get(title, title), text) for title, text in said.items())


def erase_left_by_imports(customer: UUID) -> int:
    """What a list was seen to say of this id, and images for an undo.

    The rows by which a person is recognised go before the key does.
    """
    return forgetting.forget_ties(customer=customer) + images.forget_of(customer=customer)


HOLDING = registry.Holding(
    code="customers.imports",
    title=_("Lists that were brought in"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Import, ImportImage}),
    export=left_by_imports,
    erase=erase_left_by_imports,
    retention=RetentionRule(
        until=_("the list was brought in"),
        kept_for=Period(days=30),
        basis=LegalBasis.LEGITIMATE_INTERESTS,
    ),
)
