from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import published
from tryggve.domains.rights.engine.changes import fingerprint
from tryggve.domains.rights.engine.gaps import Gap
from tryggve.domains.rights.engine.published import Content
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.models import NoticeVersion, Purpose
from tryggve.domains.rights.selectors.purposes import notices, purposes
from tryggve.lib.errors import Refusal


class NotWhole(Refusal):
    """Something that the law wants told isn't written yet; ``gaps`` says what."""

    sentence = _("Something that the law wants told is missing, so nothing was published.")

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__()
        self.gaps = gaps


@transaction.atomic
def publish(*, language: Language, actor: str, at: datetime) -> int | None:
    """Publish what is true now; the number of the version, or None where the published one says the same.

    Raises NotWhole.
    """
    # Two at once would both take the next number.
    list(Purpose.objects.select_for_update().values_list("pk"))
    kept = purposes.purposes_in_use()
    today = timezone.localdate(at)
    draft = notices.draft_of(language, purposes.the_controller(), kept, today=today)
    if not isinstance(draft, Content):
        raise NotWhole(draft)
    latest = NoticeVersion.objects.filter(language=language).order_by("-number").first()
    told = fingerprint(draft.paper)
    if latest and latest.fingerprint == told:
        return None
    made = NoticeVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        language=language,
        content=published.to_document(draft),
        fingerprint=told,
        published_at=at,
        published_by=actor,
    )
    audit.record(
        actions.NOTICE_PUBLISHED,
        actor=actor,
        at=at,
        language=language,
        number=made.number,
        fingerprint=told,
    )
    return made.number
