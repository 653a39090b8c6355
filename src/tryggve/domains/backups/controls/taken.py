from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import clock
from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.backups.engine.due import NIGHTLY
from tryggve.domains.backups.lying_there import Fault, fault_of
from tryggve.domains.backups.restic import NotInstalled, TooOld, program
from tryggve.domains.backups.selectors import awake, places, taken
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.pairs import keys
from tryggve.domains.backups.words.pages import CAUSES

_MEBIBYTE: Final = 1024 * 1024
_HOUR: Final = timedelta(hours=1)
_LATE: Final = frozenset({"old", Fault.OLD})


@measure(
    "BAK-01",
    # The newest copy of all keys is fetched each time.
    every=timedelta(hours=3),
    valid=timedelta(hours=13),
    keeps=timedelta(hours=9),
    deadline=timedelta(minutes=10),
    # restic reserves far more than it uses.
    memory_bytes=4096 * _MEBIBYTE,
    facts={
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "no-data-place": _("No place holds the data"),
                "no-keys-place": _("No place holds the keys, without which nobody reads the copies"),
                "old": _("The newest whole backup is older than a night"),
                "signs": _("A backup is unlike those before, and nobody has said why"),
                Fault.FAILED: _("A place can't be used"),
                Fault.OLD: _("A place has had no copy in time"),
                Fault.GONE: _("A copy that was brought to a place isn't there any more"),
                Fault.INCOMPLETE: _("The register or documents are missing in a copy"),
                Fault.FOLDERS: _("A folder of your own couldn't be copied whole"),
                Fault.KEYS_MISSING: _("Keys are missing, in a copy or on this computer"),
            },
        ),
        "last_on": facts.day(_("Day of the newest whole backup")),
        "hours": facts.count(_("Hours since then")),
        "places": facts.count(_("Places that backups go to")),
        "failing": facts.count(_("Places with something wrong")),
        "signs": facts.count(_("Backups unlike those before that nobody has answered for")),
    },
    causes={
        "no-place": _("Tryggve doesn't know yet where backups go."),
        "not-installed": CAUSES["not-installed"],
        "too-old": CAUSES["too-old"],
        "on-its-way": _("A backup is being taken just now."),
        "was-off": _("This computer was off when a backup was due. What was missed is caught up."),
        "awaited": _("The first backup is on its way: it is taken tonight at the latest."),
    },
    asks={"no-place"},
    mend=Mend("backups:overview", _("To the backups"), "backups.view"),
)
def a_copy_is_taken_every_night(at: datetime) -> Measured:
    """Asks each place for its newest copies, whether data, documents and keys are in them, and for all keys here."""
    there = places.in_use()
    if not there:
        raise CannotMeasure("no-place")
    try:
        program.find()
        found = [fault for one in there if (fault := fault_of(one, at=at))]
    except (NotInstalled, TooOld) as lacking:
        raise CannotMeasure(lacking.code) from None
    newest, signs = taken.newest_whole(at=at), taken.unanswered().count()
    told: dict[str, facts.Value] = {"places": len(there), "failing": len(found), "signs": signs}
    if newest is not None:
        told["last_on"] = timezone.localdate(newest.began_at)
        told["hours"] = max(0, (at - newest.began_at) // _HOUR)
    is_old = newest is None or not clock.is_within(NIGHTLY, newest.began_at, at=at)
    wrong = [*_lacking(there), *_keys_lost(), *found, *(["signs"] if signs else [])]
    if is_old and not wrong and newest is None and taken.is_begun_since(at - NIGHTLY):
        raise CannotMeasure("awaited")
    wrong += ["old"] if is_old else []
    if wrong and _LATE.issuperset(wrong):
        _require_had_time(at)
    if wrong:
        return Measured(Verdict.FAILING, told | {"wrong": str(wrong[0])})
    return Measured(Verdict.PROVED, told)


def _require_had_time(at: datetime) -> None:
    """Raises CannotMeasure while what is late may still come."""
    if taken.is_on_its_way(at=at):
        raise CannotMeasure("on-its-way")
    if not awake.had_time(at=at):
        raise CannotMeasure("was-off")


def _keys_lost() -> list[str]:
    """Asked here, too: a copy of the keys tells of the moment when it was taken."""
    return [Fault.KEYS_MISSING] if keys.lost_here() else []


def _lacking(there: Sequence[PlaceInUse]) -> list[str]:
    data = [] if any(one.holds_data for one in there) else ["no-data-place"]
    return data if any(one.holds_keys for one in there) else [*data, "no-keys-place"]
