"""Choosing, adding, changing, ending and ordering what the company uses personal data for."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import purposes as engine
from tryggve.domains.rights.engine.calendars.keeping_rules import rule_called
from tryggve.domains.rights.engine.purposes import Facts, Language, Words
from tryggve.domains.rights.engine.starter import Starter, further, starter_set
from tryggve.domains.rights.models import Purpose
from tryggve.domains.rights.selectors.purposes.purposes import NoSuchPurpose
from tryggve.domains.rights.services.consents import consent_texts
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal

MOST_PURPOSES = 60
# What stands in no notice, so that nobody has said yes to it.
_TELLS_NOBODY = frozenset({"fields", "dpv"})


class ChangedMeanwhile(Refusal):
    """Somebody else changed the purpose since it was read."""

    sentence = _("Somebody else changed this purpose while you wrote. Open it again; nothing was saved.")


class TooManyPurposes(Refusal):
    """A notice with more purposes than that is read by nobody."""

    sentence = _("There are %(most)d purposes already. End one that you don't need any more.")


@transaction.atomic
def choose_starters(*, firm_kind: str, codes: Collection[str], actor: str, at: datetime) -> list[str]:
    """Take over the chosen purposes of a kind of company; the codes of those that weren't in use before.

    One that has ended is taken up again as it was. Raises UnknownFirmKind and TooManyPurposes.
    """
    country = setup.firm_country()
    offered = (*starter_set(firm_kind, country=country), *further(firm_kind, country=country))
    known = {row.code: row for row in Purpose.objects.select_for_update()}
    wanted = [one for one in offered if one.code in codes and not _is_used(known.get(one.code))]
    for starter in wanted:
        if row := known.get(starter.code):
            _put_last(row, at=at)
        else:
            _make(starter.code, starter.facts, _words_of(starter), at=at)
    added = [one.code for one in wanted]
    if added:
        audit.record(actions.PURPOSES_CHOSEN, actor=actor, at=at, kind=firm_kind, purposes=added)
    return added


@transaction.atomic
def add_purpose(*, facts: Facts, words: Words, language: Language, actor: str, at: datetime) -> UUID:
    """One of the company's own, at the end. Raises UnknownRule and TooManyPurposes."""
    rule_called(facts.retention)
    taken = set(Purpose.objects.select_for_update().values_list("code", flat=True))
    code = next(name for number in range(1, len(taken) + 2) if (name := f"own-{number}") not in taken)
    row = _make(code, facts, {language: engine.to_document(words)}, at=at)
    audit.record(actions.PURPOSE_ADDED, actor=actor, at=at, purpose=code)
    return row.pk


@transaction.atomic
def change_purpose(
    *,
    purpose: UUID,
    revision: int,
    facts: Facts,
    words: Words,
    language: Language,
    actor: str,
    at: datetime,
    means_the_same: bool = False,
) -> bool:
    """Say something else of it; the words in that language alone. Whether that was anything new.

    What customers said yes to holds for what they were told (GDPR art. 4(11)): unless the change ``means_the_same``, a
    translation does, no yes to it holds any more, and the words in which they are asked must be written anew. Raises
    NoSuchPurpose, ChangedMeanwhile and UnknownRule.
    """
    rule_called(facts.retention)
    row = _locked(purpose)
    if row.revision != revision:
        raise ChangedMeanwhile
    before = engine.facts_from(row.facts)
    changed = [*_differing(before, facts), *_reworded(row, words, language)]
    if changed:
        is_told_otherwise = bool(set(changed) - _TELLS_NOBODY - {_translated(language)})
        if before.is_by_consent and is_told_otherwise and not means_the_same:
            consent_texts.retire(purpose=purpose, at=at)
        row.facts = engine.to_document(facts)
        row.words = {**row.words, language: engine.to_document(words)}
        row.revision, row.changed_at = row.revision + 1, at
        row.save(update_fields=["facts", "words", "revision", "changed_at"])
        audit.record(
            actions.PURPOSE_CHANGED,
            actor=actor,
            at=at,
            purpose=row.code,
            language=language,
            fields=changed,
        )
    return bool(changed)


@transaction.atomic
def end_purpose(*, purpose: UUID, actor: str, at: datetime) -> None:
    """Data isn't used for it any more; it stays for who asks what was. Raises NoSuchPurpose."""
    row = _locked(purpose)
    if row.ended_at is None:
        row.ended_at, row.changed_at, row.revision = at, at, row.revision + 1
        row.save(update_fields=["ended_at", "changed_at", "revision"])
        audit.record(actions.PURPOSE_ENDED, actor=actor, at=at, purpose=row.code)


@transaction.atomic
def take_up_again(*, purpose: UUID, actor: str, at: datetime) -> None:
    """As it was when it ended, at the end. Raises NoSuchPurpose and TooManyPurposes."""
    row = _locked(purpose)
    if row.ended_at is not None:
        _put_last(row, at=at)
        audit.record(actions.PURPOSE_BEGUN_AGAIN, actor=actor, at=at, purpose=row.code)


@transaction.atomic
def move_purpose(*, purpose: UUID, is_up: bool, actor: str, at: datetime) -> None:
    """Change places with the one above or below; at the end nothing happens. Raises NoSuchPurpose."""
    rows = list(Purpose.objects.select_for_update().filter(ended_at=None).order_by("position", "pk"))
    here = next((place for place, row in enumerate(rows) if row.pk == purpose), None)
    if here is None:
        raise NoSuchPurpose
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for place, row in enumerate(rows, start=1):
        row.position = place
    Purpose.objects.bulk_update(rows, ["position"])
    audit.record(actions.PURPOSES_ORDERED, actor=actor, at=at, purpose=rows[there].code)


def _make(code: str, facts: Facts, words: dict[str, dict[str, object]], *, at: datetime) -> Purpose:
    return Purpose.objects.create(
        code=code,
        facts=engine.to_document(facts),
        words=words,
        position=_next_position(),
        made_at=at,
        changed_at=at,
    )


def _put_last(row: Purpose, *, at: datetime) -> None:
    row.position = _next_position()
    row.ended_at, row.changed_at, row.revision = None, at, row.revision + 1
    row.save(update_fields=["position", "ended_at", "changed_at", "revision"])


def _next_position() -> int:
    """After all others. Raises TooManyPurposes."""
    used = Purpose.objects.filter(ended_at=None)
    if used.count() >= MOST_PURPOSES:
        raise TooManyPurposes(most=MOST_PURPOSES)
    return (used.aggregate(last=Max("position"))["last"] or 0) + 1


def _locked(purpose: UUID) -> Purpose:
    row = Purpose.objects.select_for_update().filter(pk=purpose).first()
    if row is None:
        raise NoSuchPurpose
    return row


def _is_used(row: Purpose | None) -> bool:
    return row is not None and row.ended_at is None


def _words_of(starter: Starter) -> dict[str, dict[str, object]]:
    return {language: engine.to_document(words) for language, words in starter.words.items()}


def _reworded(row: Purpose, words: Words, language: Language) -> list[str]:
    if language not in row.words:
        return [_translated(language)]
    return _differing(engine.words_from(row.words[language]), words)


def _translated(language: Language) -> str:
    return f"words_{language}"


def _differing(before: Facts | Words, after: Facts | Words) -> list[str]:
    names = (field.name for field in fields(before))
    return [name for name in names if getattr(before, name) != getattr(after, name)]
