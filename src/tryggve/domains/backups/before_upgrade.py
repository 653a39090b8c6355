"""A pair is taken before each upgrade, in a process of its own that has so long and no longer."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.restic.running import die_with_parent
from tryggve.domains.backups.services import pairs
from tryggve.lib import before_upgrade
from tryggve.lib.before_upgrade import Say

# What a run writes down: these must be of this version, and the others need only be readable.
_WRITTEN: Final = frozenset({"backups", "audit"})
_PROGRAM: Final = (
    "import django; django.setup(); from tryggve.domains.backups import before_upgrade as one; one.{}()"
)
# So long a start is held up by places that are slow; one that doesn't answer is passed over much sooner.
_SECONDS: float = 480.0
# And so long after those, so that no data lie anywhere without their keys.
_KEYS_SECONDS: float = 120.0


@before_upgrade.before_upgrade
def bring_away(now: datetime, say: Say) -> None:
    """Take a pair, and tell which places have none. The copy on this computer is made in any case."""
    if _waiting() & _WRITTEN:
        say(
            _(
                "Before this upgrade a copy of the database is kept on this computer alone: the older version took no "
                "backups, or noted them in another way."
            )
        )
        return
    if not Place.objects.filter(removed_at=None).exists():
        return
    say(
        _("Before the upgrade a backup is taken. That holds up the start by %(minutes)d minutes at most.")
        % {"minutes": (_SECONDS + _KEYS_SECONDS) // 60}
    )
    is_whole = _taken()
    run = Run.objects.filter(why=Run.Why.UPGRADE, began_at__gte=now).first()
    connection.close()
    for title in _without(run):
        say(
            _("«%(title)s» has no backup from before this upgrade: it didn't answer in time.")
            % {"title": title}
        )
    say(
        _("The backup is taken.")
        if is_whole
        else _(
            "The backup isn't whole. The upgrade goes on: a copy of the database is kept on this computer."
        )
    )


def take() -> None:
    """In the process of its own."""
    run = pairs.take(why=Run.Why.UPGRADE, now=timezone.now)  # noqa: TID251 - this process is where the clock is read
    sys.exit(0 if run.state == Run.State.DONE else 1)


def take_keys() -> None:
    """The same, for the keys alone."""
    pairs.take_keys_alone(now=timezone.now)  # noqa: TID251 - this process is where the clock is read


def _taken() -> bool:
    try:
        return _status_of(take.__name__, seconds=_SECONDS) == 0
    except subprocess.TimeoutExpired:
        with suppress(subprocess.TimeoutExpired):
            _status_of(take_keys.__name__, seconds=_KEYS_SECONDS)
        return False


def _status_of(what: str, *, seconds: float) -> int:
    path = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", _PROGRAM.format(what)],
        env=os.environ | {"PYTHONPATH": path}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, timeout=seconds, check=False, preexec_fn=die_with_parent,
    ).returncode  # fmt: skip


def _waiting() -> set[str]:
    loader = MigrationLoader(connection)
    return {app for app, _name in set(loader.graph.nodes) - set(loader.applied_migrations)}


def _without(run: Run | None) -> list[str]:
    """The titles of those places that no copy of it came to."""
    brought = Copy.objects.filter(run=run).exclude(snapshot="").values("place")
    places = Place.objects.filter(removed_at=None).exclude(pk__in=brought)
    return list(places.values_list("title", flat=True))
