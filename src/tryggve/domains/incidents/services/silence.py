"""Protections that Tryggve can't measure any more: what is silent looks like what is well, unless somebody is told."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.controls import catalogue, causes, registry
from tryggve.controls import selectors as controls
from tryggve.controls.engine.standing import Standing, State
from tryggve.domains.incidents import actions, notices
from tryggve.domains.incidents.models import Silence
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.notices import recipients
from tryggve.notices import selectors as kept
from tryggve.notices import services as mail
from tryggve.ui import own_address

# A register that is locked until somebody comes is no silence yet.
PATIENCE: Final = timedelta(days=1)
# A quarter of an hour apart: a computer that was off for days measures before anybody is told.
SIGHTS: Final = 4
_FAULTS: Final = frozenset(causes.CAUSES) - {causes.NOT_BUILT, causes.NEVER_MEASURED}


@transaction.atomic
def tell(*, at: datetime) -> int:
    """Mail whom alarms go to of what has fallen silent, each once until it speaks again; how many protections.

    None without mail settings: what is said weeks later helps nobody. Raises vault.Locked.
    """
    silent = _silent(at)
    _note_sights(silent)
    people = people_alerted(at=at)
    if kept.the_mail_server() is None or not people:
        return 0
    is_worth_telling = Q(sights__gte=SIGHTS) | Q(control__in=[id for id in silent if _is_changed(silent[id])])
    untold = Silence.objects.filter(is_worth_telling, told_at=None)
    new = {row.control: silent[row.control] for row in untold.order_by("control")}
    if new:
        untold.update(told_at=at)
        _mail(new, people, at=at)
        audit.record(actions.SILENCE_TOLD, actor=actors.SYSTEM, at=at, count=len(new))
    return len(new)


def _silent(at: datetime) -> Mapping[str, Standing]:
    standings = controls.standings(now=at)
    return {id: standings[id] for id in registry.measures() if _is_silent(standings[id], at)}


def _is_silent(standing: Standing, at: datetime) -> bool:
    """Whether what was to be measured wasn't: not what can't be known yet, for want of something to measure."""
    if _is_changed(standing):
        return True
    is_faulty = standing.state is State.STALE or standing.cause in _FAULTS
    return is_faulty and standing.since is not None and standing.since <= at - PATIENCE


def _is_changed(standing: Standing) -> bool:
    return standing.cause == causes.CHANGED


def _note_sights(silent: Collection[str]) -> None:
    Silence.objects.exclude(control__in=silent).delete()
    Silence.objects.update(sights=F("sights") + 1)
    known = set(Silence.objects.values_list("control", flat=True))
    Silence.objects.bulk_create([Silence(control=id) for id in silent if id not in known])


def _mail(new: Mapping[str, Standing], people: Iterable[User], *, at: datetime) -> None:
    for person in people:
        mail.send(
            notices.SILENT,
            to=recipients.staff(person),
            at=at,
            protections=_in_words(new, person),
            address=own_address.origin(),
        )


def _in_words(silent: Mapping[str, Standing], person: User) -> str:
    with translation.override(person.language):
        return "\n".join(
            f"- {catalogue.words(id, person.language).heading} ({id}). {controls.cause_in_words(id, one.cause)}".strip()
            for id, one in silent.items()
        )
