"""BAK-02: the newest backup was really brought back."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import clock
from tryggve.audit.models import Entry
from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.selectors import elsewhere
from tryggve.domains.backups.services.pairs import causes
from tryggve.domains.backups.services.restore_tests import evidence, still_there
from tryggve.domains.backups.services.restore_tests.schedule import YOUNG_ENOUGH
from tryggve.domains.backups.services.restore_tests.still_there import StillThere
from tryggve.domains.backups.words.pages import CAUSES, TEST_CAUSES

_MEBIBYTE: Final = 1024 * 1024
# A week, and a day to be late.
_LASTS: Final = timedelta(days=8)
_DAY: Final = timedelta(days=1)
# People do it, too, on another computer.
_YEAR: Final = timedelta(days=366)
_WRONG: Final = {
    "test-failed": _("The newest backup could not be restored"),
    "keys-lost": _("No copy of the keys is left that belongs to the backup"),
    "keys-older": _("The copy of the keys is older than the backup of the data"),
    "test-too-old": _("No backup has been restored for more than a week"),
    "pair-too-old": _("What was restored was older than two days"),
    "copy-gone": _("A copy that was brought to a place isn't there any more, or can't be opened"),
}
_OF_KEYS: Final = frozenset({"keys-lost", "keys-older", "keys-damaged"})
_CAUSES: Final = {
    "never-tested": _(
        "No backup has been restored yet, to test it. The first test is made once there is a backup."
    ),
    "not-as-logged": _(
        "What is written down of the newest restore test isn't what the log says of it. It doesn't count."
    ),
    "not-signed": _(
        "The newest restore test isn't signed in the log yet, so it doesn't count. Tryggve signs it by itself."
    ),
    "clock-ahead": _(
        "The newest restore test was made while this computer's clock was ahead. The next one is made soon."
    ),
    "no-place": _("There is no place for backups yet."),
    "no-pair": _("There is no whole backup yet that could be restored."),
    "no-private-memory": _(
        "There was too little memory to restore into: a restored copy isn't written to a disk. Give /dev/shm more room."
    ),
    "place-not-usable": _("The place of the backup couldn't be used when it was to be restored."),
    "test-cut-off": _("The newest restore test ended before it was done."),
    "no-test-database": _(
        "Tryggve may not make a database to restore into. As the administrator of PostgreSQL: "
        "ALTER ROLE tryggve CREATEDB;"
    ),
    "no-pg-restore": TEST_CAUSES["no-pg-restore"],
    "full": TEST_CAUSES["full"],
    causes.FULL_HERE: CAUSES[causes.FULL_HERE],
    "too-little-memory": TEST_CAUSES["memory"],
    "keys-replaced": _("The keys were replaced since the newest copy of them was made."),
    "not-restored": _("The restore test could not be made."),
}
_TOLD_AS: Final = {"cut-off": "test-cut-off", "memory": "too-little-memory"}
_OF_THE_PLACE: Final = frozenset({"unreachable", "in-use", "took-too-long", "not-installed", "too-old"})


@measure(
    "BAK-02",
    every=timedelta(minutes=30),
    valid=timedelta(hours=8),
    keeps=timedelta(hours=6),
    deadline=timedelta(minutes=10),
    # restic reserves far more than it uses.
    memory_bytes=4096 * _MEBIBYTE,
    facts={
        "wrong": facts.one_of(_("What is wrong"), _WRONG),
        "minutes": facts.count(_("Minutes until people could have signed in")),
        "data_age_hours": facts.count(_("Hours that the newest data in it was old")),
        "customers": facts.count(_("Customers who were really decrypted")),
        "files": facts.count(_("Files held against the original")),
        "lost": facts.count(_("How much can't be had back")),
        "on": facts.day(_("Day of the test")),
        "is_elsewhere": facts.yes_or_no(_("It was brought back from another house")),
        "not_tested": facts.count(_("Places in another house that couldn't be tested then")),
        "unreached": facts.count(_("Newest copies in places that can't be reached now")),
        "by_people": facts.yes_or_no(
            _("People brought a copy back on another computer within a year, as they should")
        ),
        "by_people_on": facts.day(_("Day on which they did so last")),
    },
    causes=_CAUSES,
    mend=Mend("backups:overview", _("To your backups"), "backups.view"),
)
def the_newest_backup_was_restored(at: datetime) -> Measured:
    """Goes by what a test wrote in the log, under a checkpoint: a row without its entry is nothing.

    And by whether the newest copies lie still where they were brought to. It is proof where nothing stands farther
    away than what was tested, and some place has data and some has keys now.
    """
    entry = evidence.newest_conclusive()
    if entry is None:
        raise CannotMeasure(_cause_of_newest(at))
    test = evidence.founded(entry)
    if entry.facts["outcome"] == "failed":
        return Measured(Verdict.FAILING, {**_told(entry), "wrong": _wrong(entry)})
    if test is None:
        raise CannotMeasure("not-signed" if evidence.waits_for_signature(entry) else "not-as-logged")
    if clock.is_ahead(test.began_at, at=at):
        raise CannotMeasure("clock-ahead")
    lies = still_there.look()
    told = {**_told(entry), **_told_of_places(test, lies), **_told_of_people(at)}
    if wrong := _wrong_now(entry, test, lies, at):
        return Measured(Verdict.FAILING, {**told, "wrong": wrong})
    is_all = lies.has_data and lies.has_keys and not told.get("not_tested")
    return Measured(Verdict.PROVED if is_all else Verdict.OBSERVED, told)


def _wrong_now(entry: Entry, test: RestoreTest, lies: StillThere, at: datetime) -> str:
    if not lies.may_have_keys:
        return "keys-lost"
    if lies.lost:
        return "copy-gone"
    if at - test.began_at > _LASTS:
        return "test-too-old"
    return "pair-too-old" if timedelta(minutes=entry.facts["data_age_minutes"]) > YOUNG_ENOUGH else ""


def _told_of_places(test: RestoreTest, lies: StillThere) -> dict[str, facts.Value]:
    found: dict[str, int] = test.found
    counted = {"not_tested": found.get("passed_over", 0), "unreached": lies.unreached}
    return {
        "is_elsewhere": bool(found.get("elsewhere")),
        **{name: number for name, number in counted.items() if number},
    }


def _told_of_people(at: datetime) -> dict[str, facts.Value]:
    today = timezone.localdate(at)
    days = [one.on for one in elsewhere.restored() if one.on <= today + _DAY]
    newest = max(days, default=None)
    if newest is None:
        return {"by_people": False}
    return {"by_people": today - newest <= _YEAR, "by_people_on": newest}


def _told(entry: Entry) -> dict[str, facts.Value]:
    said = entry.facts
    return {
        "minutes": -(-said["seconds"] // 60),
        "data_age_hours": said["data_age_minutes"] // 60,
        "customers": said["customers"],
        "files": said["files"],
        "on": timezone.localdate(entry.recorded_at),
        **({"lost": said["lost"]} if said["lost"] else {}),
    }


def _wrong(entry: Entry) -> str:
    cause = entry.facts["cause"]
    if cause in _OF_KEYS:
        return "keys-older" if cause == "keys-older" else "keys-lost"
    return "test-failed"


def _cause_of_newest(at: datetime) -> str:
    """Why nothing is known: what the newest test says that could not be made."""
    unknown = RestoreTest.objects.filter(state=RestoreTest.State.UNKNOWN)
    newest = unknown.filter(began_at__lte=at + clock.MOST_AHEAD).first()
    if newest is None:
        return "never-tested"
    if newest.cause in _OF_THE_PLACE:
        return "place-not-usable"
    told = _TOLD_AS.get(newest.cause, newest.cause)
    return told if told in _CAUSES or told == "locked" else "not-restored"
