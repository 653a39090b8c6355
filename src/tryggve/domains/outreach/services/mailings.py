"""Writing a message to customers, changing it and throwing it away, as long as nobody has got it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.outreach import actions, mailing_words
from tryggve.domains.outreach.engine import pace
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.selectors.mailings import NoSuchMailing
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

State = Mailing.State
LONGEST_TEXT = 20_000


class NotADraft(Refusal):
    """Customers have it already."""

    sentence: ClassVar = _("This message has begun to be sent, so it can't be changed. Write a new one.")


class ChangedMeanwhile(Refusal):
    """Somebody else changed it since it was read."""

    sentence: ClassVar = _(
        "Somebody else changed this message while you wrote. Nothing was saved. Open it again."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A message as somebody wrote it: in what language, for which purpose, and how fast it is sent."""

    words: Words
    language: str
    purpose: UUID | None
    per_minute: int = pace.USUAL


@transaction.atomic
def write(*, written: Written, actor: str, at: datetime) -> UUID:
    """A new draft. Raises vault.Locked without the service key."""
    mailing = new_id()
    Mailing.objects.create(
        pk=mailing,
        language=written.language,
        purpose_ref=written.purpose,
        per_minute=written.per_minute,
        words_sealed=mailing_words.sealed(written.words, mailing),
        made_at=at,
        made_by=actor,
        changed_at=at,
    )
    audit.record(actions.WRITTEN, actor=actor, at=at, mailing=str(mailing))
    return mailing


@transaction.atomic
def change(*, mailing: UUID, seen_revision: int, written: Written, actor: str, at: datetime) -> None:
    """Say something else. Raises NoSuchMailing, NotADraft, ChangedMeanwhile."""
    row = locked_draft(mailing)
    if row.revision != seen_revision:
        raise ChangedMeanwhile
    Mailing.objects.filter(pk=mailing).update(
        language=written.language,
        purpose_ref=written.purpose,
        per_minute=written.per_minute,
        words_sealed=mailing_words.sealed(written.words, mailing),
        changed_at=at,
        revision=row.revision + 1,
    )
    audit.record(actions.CHANGED, actor=actor, at=at, mailing=str(mailing))


@transaction.atomic
def delete(*, mailing: UUID, actor: str, at: datetime) -> None:
    """Raises NoSuchMailing and NotADraft."""
    locked_draft(mailing).delete()
    audit.record(actions.DELETED, actor=actor, at=at, mailing=str(mailing))


def locked(mailing: UUID) -> Mailing:
    """For a change in the caller's transaction. Raises NoSuchMailing."""
    row = Mailing.objects.select_for_update().filter(pk=mailing).first()
    if row is None:
        raise NoSuchMailing
    return row


def locked_draft(mailing: UUID) -> Mailing:
    """The same of one that nobody has got. Raises NoSuchMailing and NotADraft."""
    row = locked(mailing)
    if row.state != State.DRAFT:
        raise NotADraft
    return row
