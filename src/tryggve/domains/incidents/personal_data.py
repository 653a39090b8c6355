from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.incidents import wording
from tryggve.domains.incidents.models import Report, TrialAlert
from tryggve.domains.incidents.services.reports import KEPT_YEARS
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def reports_by(person: UUID) -> Iterator[Part]:
    """What somebody told under their own name, and the answer."""
    for row in Report.objects.filter(by_ref=person).order_by("told_at"):
        words = wording.opened(row.words_sealed, report=row.pk, part="words")
        answer = wording.opened(row.answer_sealed, report=row.pk, part="answer")
        values = [
            Value("kind", _("What happened"), row.get_kind_display()),
            Value("words", _("In the person's own words"), words),
            Value("answer", _("The answer"), answer),
        ]
        yield Part("report", _("Something that happened"), values, row.told_at, _("told by the person"))


def forget_who_told(person: UUID) -> int:
    """What happened stays as told by somebody who has left; alarms to the person are removed."""
    told = Report.objects.filter(by_ref=person).update(by_ref=None)
    return told + TrialAlert.objects.filter(to_ref=person).delete()[0]


registry.register(
    registry.Holding(
        code="incidents.reports",
        title=_("What people told that happened"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({Report, TrialAlert}),
        export=reports_by,
        erase=forget_who_told,
        retention=RetentionRule(
            until=_("the report is closed; without who told it from when the account is erased"),
            kept_for=Period(years=KEPT_YEARS),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
        given=frozenset({"kind", "words"}),
    )
)
