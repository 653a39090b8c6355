"""What people do with a control: have it measured again, vouch for it, or say that it doesn't apply."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.controls import actions, catalogue, measuring_jobs, notes, registry
from tryggve.controls.models import Attestation, Exemption, Probe, Statement
from tryggve.lib.errors import Missing, Refusal
from tryggve.lib.ids import new_id
from tryggve.routines import jobs

# The language in which the catalogue is asked whether it has words for something.
_ANY_LANGUAGE = "en"
LONGEST_EXEMPTION = timedelta(days=365)
LARGEST_FILE_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to be put with somebody's word."""

    name: str
    content: bytes


class NotMeasured(Refusal):
    """Nothing in this version measures the control."""

    sentence: ClassVar = _("Tryggve can't measure this yet. Somebody may vouch for it meanwhile.")


class NotAttestable(Refusal):
    """Nobody's word is asked for this control."""

    sentence: ClassVar = _("Nobody needs to vouch for this: Tryggve measures it. Nothing was changed.")


class AlwaysApplies(Refusal):
    """There is no company that the control isn't for."""

    sentence: ClassVar = _("This protection is for every company. Nothing was changed.")


class ReasonMissing(Refusal):
    """Why it doesn't apply must be said."""

    sentence: ClassVar = _("Say in a few words why this doesn't apply to you. Nothing was changed.")


class BadUntil(Refusal):
    """The last day lies before now, or later than somebody's word may stand."""

    sentence: ClassVar = _("Choose a day within the next %(days)d days. Nothing was changed.")


class FileTooLarge(Refusal):
    """What was put with somebody's word is more than a database should hold."""

    sentence: ClassVar = _("The file is larger than %(megabytes)d MB. Nothing was kept.")


class NoSuchStatement(Missing):
    """Nobody said that, or it was ended already."""


@transaction.atomic
def measure_again(*, control: str, actor: str, at: datetime) -> None:
    """Have the control measured soon, before what is only due. Raises NotMeasured, catalogue.UnknownControl."""
    catalogue.control(control)
    if control not in registry.measures():
        raise NotMeasured
    Probe.objects.get_or_create(control=control, defaults={"due_at": at})
    Probe.objects.filter(control=control).update(asked_at=at)
    audit.record(actions.ASKED, actor=actor, at=at, control=control.lower())
    jobs.enqueue(measuring_jobs.measure_what_is_due)


def attest(
    *,
    control: str,
    by: User,
    note: str,
    until: datetime | None,
    at: datetime,
    file: Attached | None = None,
) -> UUID:
    """Vouch for a control until then, at most for as long as its frequency, which it is for None.

    Raises catalogue.UnknownControl, NotAttestable, BadUntil, FileTooLarge, and as vault.staff_keyring does.
    """
    longest = timedelta(days=catalogue.control(control).frequency_days)
    if not catalogue.words(control, _ANY_LANGUAGE).attest:
        raise NotAttestable
    made = Attestation(pk=new_id(), control=control, by_ref=by.pk, said_at=at)
    _say(made, by=by, note=note, until=until, longest=longest)
    if file is not None and len(file.content) > LARGEST_FILE_BYTES:
        raise FileTooLarge(megabytes=LARGEST_FILE_BYTES // 1_000_000)
    kept = notes.sealed_file(file.name, file.content, attestation=made, by=by) if file else None
    with transaction.atomic():
        made.save(force_insert=True)
        if kept is not None:
            kept.save(force_insert=True)
        audit.record(
            actions.ATTESTED,
            actor=by.actor,
            at=at,
            control=control.lower(),
            attestation=str(made.pk),
            days=(made.until - at).days,
        )
    return made.pk


@transaction.atomic
def withdraw_attestation(*, attestation: UUID, by: User, at: datetime) -> None:
    """Somebody's word stands no longer. Raises NoSuchStatement."""
    control = _end(Attestation.objects.filter(pk=attestation), by=by, at=at)
    told = str(attestation)
    audit.record(actions.ATTESTATION_WITHDRAWN, actor=by.actor, at=at, control=control, attestation=told)


def exempt(*, control: str, by: User, reason: str, until: datetime | None, at: datetime) -> UUID:
    """Say that a control doesn't apply to the firm, until then: at most 365 days, which it is for None.

    Raises catalogue.UnknownControl, AlwaysApplies, ReasonMissing, BadUntil, and as vault.staff_keyring does.
    """
    if not catalogue.words(control, _ANY_LANGUAGE).not_applicable_hint:
        raise AlwaysApplies
    if not reason.strip():
        raise ReasonMissing
    made = Exemption(pk=new_id(), control=control, by_ref=by.pk, said_at=at)
    _say(made, by=by, note=reason, until=until, longest=LONGEST_EXEMPTION)
    with transaction.atomic():
        made.save(force_insert=True)
        audit.record(
            actions.EXEMPTED,
            actor=by.actor,
            at=at,
            control=control.lower(),
            exemption=str(made.pk),
            days=(made.until - at).days,
        )
    return made.pk


@transaction.atomic
def end_exemption(*, exemption: UUID, by: User, at: datetime) -> None:
    """The control applies again. Raises NoSuchStatement."""
    control = _end(Exemption.objects.filter(pk=exemption), by=by, at=at)
    told = str(exemption)
    audit.record(actions.EXEMPTION_ENDED, actor=by.actor, at=at, control=control, exemption=told)


def _end(one: QuerySet[Attestation] | QuerySet[Exemption], *, by: User, at: datetime) -> str:
    """The control of the one statement, as the log writes it. Raises NoSuchStatement."""
    if not one.filter(ended_at=None).update(ended_at=at, ended_by_ref=by.pk):
        raise NoSuchStatement
    return one.get().control.lower()


def _say(made: Statement, *, by: User, note: str, until: datetime | None, longest: timedelta) -> None:
    made.until = made.said_at + longest if until is None else until
    if not made.said_at < made.until <= made.said_at + longest:
        raise BadUntil(days=longest.days)
    made.note_sealed = notes.sealed(note.strip(), statement=made.pk, by=by)
