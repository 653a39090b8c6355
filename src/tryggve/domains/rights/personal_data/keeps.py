from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import Keep
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def keeps_of(customer: UUID) -> Iterator[Part]:
    """Why the customer was kept longer than usual, each time it was decided. Raises vault.CannotOpen."""
    for row in Keep.objects.filter(customer_ref=customer).order_by("decided_at", "pk"):
        values = [Value("kind", _("Decided"), row.get_kind_display())]
        if row.until:
            values.append(Value("until", _("Until"), row.until.isoformat()))
        if row.reason_sealed:
            bound_to = sealing.keep_binding(row.pk, customer)
            reason = vault.keyring().open(bytes(row.reason_sealed), bound_to=bound_to)
            values.append(Value("reason", _("Reason"), reason.decode()))
        yield Part("keep", _("Kept longer"), values, row.decided_at)


def erase_keeps(customer: UUID) -> int:
    erased, _by_model = Keep.objects.filter(customer_ref=customer).delete()
    return erased


HOLDING = registry.Holding(
    code="rights.keeps",
    title=_("Why something about you was kept longer"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Keep}),
    export=keeps_of,
    erase=erase_keeps,
    retention=RetentionRule(
        until=_("the customer is erased"), kept_for=Period(), basis=LegalBasis.LEGITIMATE_INTERESTS
    ),
)
