"""The firm's own fields, in order; an import, an export and both halves of the card ask here."""

from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.custom_fields import Field, Kind
from tryggve.domains.customers.models import Customer, CustomField


def all_fields() -> list[Field]:
    """Every field, those put away last. One question."""
    rows = CustomField.objects.order_by("is_archived", "place", "pk")
    return [field_of(row) for row in rows]


def ordinary_fields() -> list[Field]:
    """Those in use whose answers stand in the details."""
    return [field for field in all_fields() if not (field.is_sensitive or field.is_archived)]


def sensitive_fields() -> list[Field]:
    """Those in use whose answers lie with identity numbers."""
    return [field for field in all_fields() if field.is_sensitive and not field.is_archived]


def text_fields() -> set[str]:
    """The ids of those that are answered by any text, also of those put away."""
    return {field.id for field in all_fields() if field.kind == "TEXT"}


def field_of(row: CustomField) -> Field:
    """The row as the engine knows it."""
    kinds: dict[str, Kind] = {kind: kind for kind in ("TEXT", "NUMBER", "DATE", "YES_NO", "CHOICE")}
    return Field(
        id=str(row.pk),
        name=row.name,
        kind=kinds[row.kind],
        choices=tuple(row.choices),
        is_sensitive=row.is_sensitive,
        is_archived=row.is_archived,
    )


def is_answered(row: CustomField) -> bool:
    """Whether somebody has an answer to it: reads the register until the first one is found.

    Sensitive documents aren't opened for this: one that is there counts as an answer.
    """
    if row.is_sensitive:
        real = Customer.objects.exclude(state__in=Customer.MADE_UP)
        return real.exclude(sensitive_sealed=None).exists()
    field, rows = str(row.pk), Customer.objects.exclude(state=Customer.State.DESTROYING)
    sealed = rows.order_by("pk").values_list("pk", "revision", "details_sealed").iterator(chunk_size=1000)
    return any(field in dict(details.custom) for _customer, details in sealing.opened(sealed))
