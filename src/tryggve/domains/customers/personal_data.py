import json
from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers import import_words, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, CustomerChange, Import
from tryggve.domains.customers.services import leavings
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
    """What lists said of the customer that no field took, or that differed. Raises vault.CannotOpen."""
    held = Import.objects.exclude(key_ref=None).exclude(leftovers_sealed=None).order_by("pk")
    for row in held.only("pk", "made_at", "leftovers_sealed"):
        binding = sealing.import_binding(row.pk, "leftovers")
        document = json.loads(vault.keyring().open(bytes(row.leftovers_sealed or b""), bound_to=binding))
        if values := list(_tied(document, str(customer))):
            yield Part("import", _("From a list"), values, row.made_at, _("a list that was brought in"))


def _tied(document: dict[str, list[tuple[int, str, dict[str, str]]]], customer: str) -> Iterator[Value]:
    for name in ("kept", "not_taken"):
        for _line, whose, said in document[name]:
            if whose == customer:
                yield from (Value(name, _TITLES.get(title, title), text) for title, text in said.items())


def erase_left_by_imports(customer: UUID) -> int:
    return leavings.forget_customer(customer=customer)


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
