from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tryggve.accounts.models import User
from tryggve.audit import checkpoints
from tryggve.audit import services as audit
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.domains.access import actions, checkpoint_folder, notices
from tryggve.domains.access.models import CheckpointPlaces
from tryggve.lib import folders as folder
from tryggve.notices import recipients
from tryggve.notices import selectors as outbox
from tryggve.notices import services as messages


@transaction.atomic
def set_places(*, path: str, mail_to: UUID | None, actor: str, at: datetime) -> None:
    """Where checkpoints leave to from now on; empty and None for nowhere. Raises UnsuitableFolder."""
    known = CheckpointPlaces.objects.filter(pk=1).first() or CheckpointPlaces(pk=1)
    changed = [
        name
        for name, is_other in (("folder", path != known.folder), ("mail-to", mail_to != known.mail_to_ref))
        if is_other
    ]
    if not changed:
        return
    if path != known.folder:
        _choose(known, path)
    known.mail_to_ref, known.changed_at = mail_to, at
    known.save()
    audit.record(actions.CHECKPOINT_PLACES_CHANGED, actor=actor, at=at, fields=changed)


def leave_newest(*, at: datetime) -> None:
    """Write the newest checkpoint to the folder unless it is there; what went wrong is kept to be shown.

    Raises as checkpoints.newest does.
    """
    places = CheckpointPlaces.objects.filter(pk=1).exclude(folder="").first()
    newest = checkpoints.newest()
    if places is None or newest is None:
        return
    if (places.left_epoch, places.left_size, places.folder_error) == (newest.epoch, newest.size, ""):
        return
    _note(places, newest, _trouble_of_leaving(places, newest), at)


@transaction.atomic
def mail_newest(*, at: datetime) -> None:
    """Mail the newest checkpoint unless it was, or an older one still waits. Raises as checkpoints.newest does."""
    places = CheckpointPlaces.objects.select_for_update().filter(pk=1).first()
    newest = checkpoints.newest()
    to = _reader(places)
    if places is None or newest is None or to is None:
        return
    is_mailed = (places.mailed_epoch, places.mailed_size) == (newest.epoch, newest.size)
    if is_mailed or outbox.is_one_waiting(kind=notices.CHECKPOINT, to=to):
        return
    note = newest.note.decode()
    messages.send(notices.CHECKPOINT, to=to, at=at, day=at.date().isoformat(), note=note)
    CheckpointPlaces.objects.filter(pk=1).update(
        mailed_epoch=newest.epoch, mailed_size=newest.size, mailed_at=at
    )


def name_of(checkpoint: Checkpoint) -> str:
    """What the file is called that leaves."""
    return f"tryggve-checkpoint-{checkpoint.epoch}-{checkpoint.size}.txt"


def _reader(places: CheckpointPlaces | None) -> recipients.Recipient | None:
    if places is None or places.mail_to_ref is None:
        return None
    reader = User.objects.filter(pk=places.mail_to_ref, is_active=True).first()
    return recipients.staff(reader) if reader else None


def _choose(places: CheckpointPlaces, path: str) -> None:
    places.folder, places.folder_error = path, ""
    places.left_epoch = places.left_size = 0
    places.left_at = None
    places.is_elsewhere = False
    if path:
        own = folder.current()
        chosen = checkpoint_folder.require_suitable(path, own)
        places.is_elsewhere = checkpoint_folder.is_on_other_disk(chosen, own)


def _trouble_of_leaving(places: CheckpointPlaces, newest: Checkpoint) -> str:
    try:
        checkpoint_folder.leave(
            newest.note,
            name=name_of(newest),
            folder=Path(places.folder),
            folders=folder.current(),
            is_elsewhere=places.is_elsewhere,
        )
    except checkpoint_folder.NotLeft as failure:
        return failure.trouble
    return ""


def _note(places: CheckpointPlaces, newest: Checkpoint, trouble: str, at: datetime) -> None:
    outcome: dict[str, object] = {"folder_error": trouble}
    if not trouble:
        outcome |= {"left_epoch": newest.epoch, "left_size": newest.size, "left_at": at}
    # Only while it is the same folder: another may have been chosen meanwhile.
    CheckpointPlaces.objects.filter(pk=1, folder=places.folder).update(**outcome)
