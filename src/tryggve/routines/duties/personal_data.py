from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, RetentionRule
from tryggve.privacy.subjects import Kind
from tryggve.routines.duties.models import Remark
from tryggve.routines.duties.selectors import remarks
from tryggve.routines.duties.services import forgetting


def remarks_of(person: UUID) -> Iterator[Part]:
    """What somebody who works here wrote on routines. Raises vault.CannotOpen."""
    for told in remarks.remarks_by(person):
        yield Part(
            code="remark",
            title=_("Remark on a routine"),
            values=[Value("text", _("Text"), told.text)],
            since=told.at,
            source=_("written by the person"),
        )


registry.register(
    registry.Holding(
        code="duties.remarks",
        title=_("Remarks on routines"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({Remark}),
        export=remarks_of,
        erase=forgetting.erase_of,
        retention=RetentionRule(
            until=_("the routine was done, put off or switched off"),
            kept_for=forgetting.KEEP_REMARKS,
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
