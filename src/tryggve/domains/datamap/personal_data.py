from collections.abc import Iterator
from pathlib import PurePath
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap.models import File, Review, SafeCopy, Scan, Source
from tryggve.domains.datamap.selectors import ties
from tryggve.domains.datamap.words import kinds
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def files_of(customer: UUID) -> Iterator[Part]:
    """Files outside the register that name the customer, and nobody else of that name.

    In which folder they lie isn't told: it may name another customer. Raises vault.CannotOpen and vault.Locked.
    """
    for one in ties.named_in(customer):
        if not one.by_name_alone:
            values = [
                Value("name", _("Name of the file"), PurePath(one.path).name),
                Value("kinds", _("What is in it"), [kinds.name(kind) for kind in one.file.counts]),
            ]
            yield Part("file", _("A file that names you"), values, one.file.first_found_at)


def paths_of(customer: UUID) -> list[str]:
    """Raises vault.CannotOpen and vault.Locked."""
    return [one.path for one in ties.named_in(customer) if one.path and not one.by_name_alone]


def nothing_to_erase(_customer: UUID) -> int:
    """What is known of a file is about the file: it ends when the file is gone."""
    return 0


registry.register(
    registry.Holding(
        code="datamap.files",
        title=_("Files outside the register"),
        kinds=frozenset({Kind.CUSTOMER}),
        models=frozenset({Source, Scan, File, Review, SafeCopy}),
        export=files_of,
        erase=nothing_to_erase,
        outside=paths_of,
        retention=RetentionRule(
            until=_("the file is deleted, or its place isn't looked through any more"),
            kept_for=Period(days=30),
            basis=LegalBasis.LEGAL_OBLIGATION,
        ),
    )
)
