from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Package
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def packages_of(customer: UUID) -> Iterator[Part]:
    """That there is one, and how large; what is in it is held elsewhere, too."""
    made = Package.objects.filter(case__customer_ref=customer, state=Package.State.READY)
    for row in made.order_by("ordered_at", "pk"):
        values = [
            Value("state", _("State"), row.get_state_display()),
            Value("size_bytes", _("Size in bytes"), row.size_bytes),
        ]
        yield Part("package", _("Package"), values, row.ordered_at, _("written by Tryggve itself"))


def erase_packages(customer: UUID) -> int:
    return package_files.remove(Package.objects.filter(case__customer_ref=customer))


HOLDING = registry.Holding(
    code="rights.packages",
    title=_("Packages of what is held"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Package}),
    export=packages_of,
    erase=erase_packages,
    retention=RetentionRule(
        until=_("the package was made"),
        kept_for=Period(days=package_files.KEPT_DAYS),
        basis=LegalBasis.LEGAL_OBLIGATION,
    ),
)
