"""Keeping the record of processing as it was: of each day on which it said something else than before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine.changes import fingerprint
from tryggve.domains.rights.engine.papers import paper as papers
from tryggve.domains.rights.models import Purpose, RecordVersion
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.selectors.purposes import records
from tryggve.domains.setup import api as setup


@transaction.atomic
def keep_version(*, at: datetime) -> int | None:
    """Keep the record in the company's language; the version's number, or None while it is the same or not whole."""
    list(Purpose.objects.select_for_update().values_list("pk"))  # two at once would both take the next number
    language = choices.spoken(setup.firm_language())
    found = records.the_record(language, today=timezone.localdate(at))
    latest = RecordVersion.objects.order_by("-number").first()
    if found.paper is None:
        return None
    told = fingerprint(found.paper)
    if latest is not None and (latest.fingerprint, latest.language) == (told, language):
        return None
    made = RecordVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        language=language,
        paper=papers.to_document(found.paper),
        fingerprint=told,
        kept_at=at,
    )
    audit.record(
        actions.RECORD_KEPT,
        actor=actors.SYSTEM,
        at=at,
        language=language,
        number=made.number,
        fingerprint=told,
    )
    return made.number
