from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

PLACE_ADDED = declare("backups.place-added", _("A place for backups was added"), place=str, kind=str)
PLACE_CHANGED = declare("backups.place-changed", _("A place for backups was changed"), place=str)
PLACE_REMOVED = declare("backups.place-removed", _("A place holds no backups of ours any more"), place=str)

FOLDER_ADDED = declare("backups.folder-added", _("A folder was added to what is backed up"), folder=str)
FOLDER_REMOVED = declare("backups.folder-removed", _("A folder isn't backed up any more"), folder=str)
HEARTBEAT_ADDED = declare(
    "backups.heartbeat-added",
    _("Another backup was added to those that are watched"),
    heartbeat=str,
    kind=str,
)
HEARTBEAT_RENEWED = declare(
    "backups.heartbeat-renewed", _("Another backup that is watched got a new address to call"), heartbeat=str
)
HEARTBEAT_REMOVED = declare(
    "backups.heartbeat-removed", _("Another backup isn't watched any more"), heartbeat=str
)
SIGNS_TOLD = declare(
    "backups.signs-told", _("Word was sent that a backup is unlike those before"), run=str, count=int
)
SIGNS_ANSWERED = declare(
    "backups.signs-answered",
    _("Somebody said that the company itself made a backup unlike those before"),
    run=str,
)
SILENCE_TOLD = declare("backups.silence-told", _("Word was sent that no backup was taken"))
PAIR_ASKED = declare("backups.pair-asked", _("Somebody asked for a backup"), run=str)
PAIR_TAKEN = declare("backups.pair-taken", _("A backup was taken"), run=str, why=str, data=int, keys=int)
PAIR_FAILED = declare(
    "backups.pair-failed",
    _("A backup failed"),
    run=str,
    why=str,
    data=int,
    keys=int,
    cause=str,
    missing=int,
)
# Which file it was stands nowhere: its name may tell of somebody.
FILE_RESTORED = declare(
    "backups.file-restored", _("A file was taken out of a backup"), run=str, is_put_back=bool
)
STAND_IN_ADDED = declare("backups.stand-in-added", _("A customer was made up, to test the backups with"))
STAND_IN_ERASED = declare(
    "backups.stand-in-erased", _("The customer that was made up to test the backups was erased")
)
SHREDDING_PROVEN = declare(
    "backups.shredding-proven",
    _("Somebody who was erased can't be read in an older backup with any copy of the keys"),
    run=str,
    copies=int,
)
SHREDDING_FAILED = declare(
    "backups.shredding-failed",
    _("Somebody who was erased can still be read in an older backup"),
    run=str,
    places=list[str],
)
SHREDDING_LOST = declare(
    "backups.shredding-lost",
    _("An older backup was let go of before it was seen that nobody erased can be read in it"),
    run=str,
)
RESTORED = declare(
    "backups.restored",
    _("The register was put back from a backup"),
    pair=str,
    erased=int,
    unopened=int,
)
RESTORE_TEST_ASKED = declare("backups.restore-test-asked", _("Somebody asked for a restore test"), test=str)
RESTORE_TESTED = declare(
    "backups.restore-tested",
    _("A backup was restored, to test it"),
    test=str,
    outcome=str,
    step=str,
    cause=str,
    lost=int,
    place=str,
    pair=str,
    seconds=int,
    data_age_minutes=int,
    customers=int,
    files=int,
    rows=int,
    evidence=str,
)
PLACE_TRIED = declare("backups.place-tried", _("A place for backups was tried out"), place=str, is_right=bool)
PLACE_DESTROYED = declare(
    "backups.place-destroyed",
    _("Somebody said that what held a removed place for backups was destroyed"),
    place=str,
)
RESTORED_ELSEWHERE = declare(
    "backups.restored-elsewhere",
    _("People restored a backup on another computer"),
    pair=str,
    days_ago=int,
    days_old=int,
)
LOST_KEYS_TOLD = declare("backups.lost-keys-told", _("Word was sent that keys are missing"), count=int)
