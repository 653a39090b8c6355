from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import ConsentText, Purpose
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.services.consent_events import NotByConsent
from tryggve.lib.errors import Refusal


class SameWords(Refusal):
    """A new version that says the same would only be confusing."""

    sentence: ClassVar = _("These are the words that are in use already. Nothing was changed.")


@transaction.atomic
def write(
    *,
    purpose: UUID,
    language: str,
    text: str,
    lasts_months: int | None,
    actor: str,
    at: datetime,
) -> UUID:
    """From now on customers are asked in these words; what was said to earlier ones stays. Its id.

    Raises NoSuchPurpose, NotByConsent and SameWords.
    """
    kept = Purpose.objects.select_for_update().filter(pk=purpose).first()
    if kept is None or not consents.is_by_consent(purposes.one_purpose(purpose)):
        raise NotByConsent
    newest = consents.newest_texts().get(purpose, {}).get(language)
    if newest and (newest.text, newest.lasts_months) == (text, lasts_months):
        raise SameWords
    rows = ConsentText.objects.filter(purpose=purpose, language=language)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row = ConsentText.objects.create(
        purpose_id=purpose,
        language=language,
        number=number,
        text=text,
        lasts_months=lasts_months,
        made_at=at,
        told={"facts": kept.facts, "words": kept.words},
    )
    audit.record(
        actions.CONSENT_TEXT_WRITTEN,
        actor=actor,
        at=at,
        purpose=str(purpose),
        language=language,
        number=number,
    )
    return row.pk


def retire(*, purpose: UUID, at: datetime) -> int:
    """What customers said yes to isn't what is done any more: no yes to these words holds. How many texts there were.

    In the caller's transaction. The words must be written anew before anybody can be asked.
    """
    return ConsentText.objects.filter(purpose=purpose, retired_at=None).update(retired_at=at)
