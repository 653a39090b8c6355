from base64 import b64encode
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.controls import notes
from tryggve.controls.models import Attestation, AttestationFile, Exemption, Statement
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def statements_by(person: UUID) -> Iterator[Part]:
    """What somebody who works here vouched for, or said not to apply, with their words. Raises vault.CannotOpen."""
    for row in Attestation.objects.filter(by_ref=person).select_related("file").order_by("said_at"):
        values = [*_told(row), *_told_of_file(row)]
        yield Part("attestation", _("Vouched for a protection"), values, row.said_at, _("said by the person"))
    for other in Exemption.objects.filter(by_ref=person).order_by("said_at"):
        yield Part(
            "exemption",
            _("Said that one doesn't apply"),
            _told(other),
            other.said_at,
            _("said by the person"),
        )


def _told(row: Statement) -> Sequence[Value]:
    values = [
        Value("control", _("Protection"), row.control),
        Value("until", _("Until"), row.until.isoformat()),
        Value("ended_at", _("Ended before that"), row.ended_at.isoformat() if row.ended_at else None),
    ]
    note = notes.opened(row)
    return [*values, Value("note", _("In the person's own words"), note)] if note else values


def _told_of_file(row: Attestation) -> Sequence[Value]:
    file: AttestationFile | None = getattr(row, "file", None)
    if file is None:
        return ()
    content = b64encode(notes.opened_file(file)).decode()
    return [
        Value("file_name", _("A file with it"), notes.opened_file_name(file)),
        Value("file_base64", _("What is in the file (base64)"), content),
    ]


registry.register(
    registry.Holding(
        code="controls.statements",
        title=_("What people vouched for"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({Attestation, AttestationFile, Exemption}),
        export=statements_by,
        erase=registry.with_the_key,
        retention=RetentionRule(
            until=_("the account is erased, with the key; what was vouched for and when stays as evidence"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
        unerased=registry.nobody,
    )
)
