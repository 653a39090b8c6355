"""Writing down that a copy came to a place, or didn't."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from django.db import OperationalError, transaction

from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.pairs.carrying import Brought

# While somebody else fills the database.
_TRIES: Final = 3
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def note(run: Run, brought: Brought, kind: Copy.Kind, *, at: datetime) -> datetime:
    """When the copy was taken that the place had before; long ago where it had none. Raises OperationalError."""
    for _try in range(_TRIES - 1):
        with suppress(OperationalError):
            return _note(run, brought, kind, at)
    return _note(run, brought, kind, at)


@transaction.atomic
def _note(run: Run, brought: Brought, kind: Copy.Kind, at: datetime) -> datetime:
    of_place = Copy.objects.filter(place=brought.place, kind=kind).exclude(snapshot="")
    before: datetime | None = of_place.order_by("-at").values_list("at", flat=True).first()
    Copy.objects.create(
        run=run, place_id=brought.place, kind=kind, snapshot=brought.snapshot, cause=brought.cause, at=at
    )
    if brought.snapshot:
        places.seen(brought.place, at)
    else:
        places.failed(brought.place, brought.cause, at)
    return before or _LONG_AGO
