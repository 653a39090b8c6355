from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import import_words, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, CustomerChange, Import
from tryggve.domains.customers.services import forgetting
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind

_TITLES = import_words.FIELDS | {
    "emails": import_words.FIELDS["email"],
    "phones": import_words.FIELDS["phone"],
    "addresses": _("Address"),
}


def card_of(customer: UUID) -> Iterator[Part]:
    """The customer's details. Raises vault.CannotOpen."""
    for row in Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE):
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        yield Part(
            code="details",
            title=_("Details"),
            values=list(_values(details)),
            since=row.created_at,
            source=details.source,
        )


def _values(details: Details) -> Iterator[Value]:
    for code, content in asdict(details).items():
        if content and code != "source":  # the part itself says where it is from
            yield Value(code, _TITLES[code], content)


def erase_card(customer: UUID) -> int:
    """Remove the row; every process's search index drops the customer."""
    erased, _by_model = Customer.objects.filter(pk=customer).delete()
    if erased:
        CustomerChange.objects.create(customer_ref=customer)
    return erased


def left_by_imports(customer: UUID) -> Iterator[Part]:
    """What lists hold of the customer: rows that wait for a yes or were set aside, what no field took, what differed.

    Raises vault.CannotOpen.
    """
    card = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    details = sealing.opened_one((card.pk, card.revision, card.details_sealed)) if card else None
    for found in forgetting.rows_of(customer=customer, details=details):
        rows = [("waiting", row) for row in found.waiting] + [("set_aside", row) for row in found.aside]
        values = [Value(name, title, text) for name, row in rows for title, text in row]
        if values := values + list(_tied(found.papers.leavings or {}, str(customer))):
            since = found.papers.batch.made_at
            yield Part("import", _("From a list"), values, since, _("a list that was brought in"))


def _tied(leavings: dict[str, list[Any]], customer: str) -> Iterator[Value]:
    for name in ("kept", "not_taken"):
        for _line, whose, said in leavings.get(name, ()):
            if whose == customer:
                yield from (Value(name, _TITLES.get(title, title), text) for title, text in said.items())


def erase_left_by_imports(customer: UUID) -> int:
    """What a list was seen to say of this id; the rows by which a person is recognised go before the key does."""
    return forgetting.forget_ties(customer=customer)


registry.register(
    registry.Holding(
        code="customers.register",
        title=_("The register of customers"),
        kinds=frozenset({Kind.CUSTOMER}),
        models=frozenset({Customer}),
        export=card_of,
        erase=erase_card,
        retention=RetentionRule(
            until=_("the company deletes the customer"),
            kept_for=Period(),
            basis=LegalBasis.CONTRACT,
        ),
    )
)
registry.register(
    registry.Holding(
        code="customers.imports",
        title=_("Lists that were brought in"),
        kinds=frozenset({Kind.CUSTOMER}),
        models=frozenset({Import}),
        export=left_by_imports,
        erase=erase_left_by_imports,
        retention=RetentionRule(
            until=_("the list was brought in"),
            kept_for=Period(days=30),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
