"""Steps 1 to 5 of a restore: from two pages of paper to a copy of the data that lies in its place."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tryggve.domains.backups.management.asking import Asking
from tryggve.domains.backups.management.restore_choosing import Choosing
from tryggve.domains.backups.management.restore_wishes import Wishes
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.services.restoring import (
    beginning,
    data_found,
    fetching,
    keys_found,
    placing,
    progress,
    thrown_away,
    whereabouts,
)
from tryggve.domains.backups.services.restoring.data_found import DataCopy
from tryggve.domains.backups.services.restoring.keys_found import KeysCopy
from tryggve.domains.backups.services.restoring.progress import Progress
from tryggve.domains.backups.services.restoring.silence import PlaceSilent
from tryggve.domains.backups.words import restoring as words
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.vault.recovery import KitUnknown
from tryggve.vault.shares import ShareRefused

_KEYS_OPTION = "--keys-place"
_OWNER_ALONE = 0o600


class NoDatabase(Refusal):
    """The copy needs a PostgreSQL database, and none was named."""


class First:
    """One run of them; ``say`` tells a line."""

    def __init__(
        self,
        where: Folders,
        wishes: Wishes,
        asking: Asking,
        *,
        say: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._where, self._wishes, self._asking, self._say, self._now = where, wishes, asking, say, now

    def run(self) -> Progress:
        """Returns once the copy lies in its place. Raises refusals; then the same command goes on from there."""
        beginning.require_empty(self._where)
        with tempfile.TemporaryDirectory(prefix="tryggve-restore-") as folder:
            cache = Path(folder)
            repository = self._find_keys(cache)
            named, shares = self._open_keys(repository)
            self._say(words.step(3, _("The keys")))
            copy = self._newest_keys(named, repository, shares, cache)
            begun = beginning.put_keys_back(copy, shares, self._where, at=self._now())
            lies = _("They lie in %(folder)s now, with a new key file of this computer.")
            self._say(lies % {"folder": self._where.data})
            return self._fetch(begun, self._choose_data(copy, cache))

    def _find_keys(self, cache: Path) -> Repository:
        self._say(words.step(1, _("Where Tryggve kept its keys")))
        while True:
            location = self._wishes.keys_place or self._asking.line(
                _("The path of the folder, or sftp:… s3:… rest:… rclone:… "), option=_KEYS_OPTION
            )
            try:
                secrets = [self._asking.secret(f"{one}: ") for one in whereabouts.secrets_of(location)]
                access = whereabouts.access_to(location, secrets, ssh_key=self._wishes.ssh_key)
                found = keys_found.find(access, cache=cache)
            except (whereabouts.NoSuchPlace, keys_found.NoKeysThere, PlaceSilent) as refusal:
                self._asking.again(refusal)
                self._wishes = replace(self._wishes, keys_place=None)
            else:
                self._say(_("There is a repository of keys."))
                return found

    def _open_keys(self, repository: Repository) -> tuple[KeysCopy, list[str]]:
        self._say(words.step(2, _("Two pages of the recovery kit")))
        while True:
            shares = self._asking.shares((_("The words of one page: "), _("The words of another page: ")))
            try:
                copy = keys_found.newest(repository, shares)
            except (ShareRefused, KitUnknown, keys_found.KitOfAnother) as refusal:
                self._asking.again(refusal)
            else:
                self._say(_("They open the keys."))
                return copy, shares

    def _newest_keys(
        self, named: KeysCopy, repository: Repository, shares: list[str], cache: Path
    ) -> KeysCopy:
        """Whoever was erased since comes back by the copy of one place, so all of them are asked."""

        def say(title: str) -> None:
            self._say(_("Asking «%(title)s» …") % {"title": title})

        found = keys_found.newest_anywhere(named, repository, shares, cache=cache, say=say)
        for line in words.newest_keys(found, now=self._now()):
            self._say(line)
        return found.copy

    def _choose_data(self, keys: KeysCopy, cache: Path) -> DataCopy:
        self._say(words.step(4, _("Where the data come from")))
        known = data_found.places_in(keys.places, cache=cache)
        choosing = Choosing(known, self._wishes, self._asking, say=self._say)
        chosen = choosing.copy()
        self._say(words.data(chosen, now=self._now()))
        if warning := words.keys_are_older(keys, chosen):
            self._say(warning)
        choosing.confirm()
        return chosen

    def _fetch(self, begun: Progress, copy: DataCopy) -> Progress:
        self._say(words.step(5, _("Fetching the data")))
        if self._wishes.is_rehearsal:
            sizes = sum(one.size for one in copy.manifest.files)
            thrown_away.require_room(self._where, files_bytes=sizes, rows=copy.manifest.rows)
        if copy.manifest.vendor == "postgresql":
            self._settle_database()
        brought = fetching.fetch(copy, self._where, percent=self._percent(_("fetched")))
        damaged = fetching.damaged_files(copy, brought, percent=self._percent(_("compared")))
        write_points.reached("backups: data fetched")
        placing.put_in_place(brought, self._where)
        self._bring_folders(copy)
        done = progress.come_to(
            self._where,
            begun,
            progress.PLACED,
            data_snapshot=copy.snapshot.id,
            data_taken_at=copy.manifest.taken_at,
            pair=str(copy.manifest.pair),
            place=copy.place.title,
            vendor=copy.manifest.vendor,
            damaged_files=damaged,
            tables=dict(copy.manifest.counts),
        )
        placing.clear(self._where)
        return done

    def _bring_folders(self, copy: DataCopy) -> None:
        """The company's own folders, only where they were asked for."""
        if self._wishes.folders_to is None:
            return
        found = data_found.folders_of(copy)
        if found is None:
            self._say(_("No copy of folders of your own lies in that place."))
            return
        fetching.bring(copy.place.repository, found.id, to=self._wishes.folders_to)
        self._say(
            _("Your own folders, as they were on %(date)s, lie in %(folder)s.")
            % {"date": words.moment(found.taken_at), "folder": self._wishes.folders_to}
        )

    def _percent(self, what: str) -> Callable[[int], None]:
        told = -1

        def tell(percent: int) -> None:
            nonlocal told
            # A tenth at a time: who waits sees that it goes on, and a log stays short.
            if percent // 10 > told // 10 or told < 0:
                told = percent
                self._say(f"  {percent} % {what}")

        return tell

    def _settle_database(self) -> None:
        file = self._where.database_url_file
        if file.exists():
            return
        if self._wishes.database:
            address = self._wishes.database
        elif self._asking.is_answered:
            address = self._asking.secret(
                _("Address of an empty database (postgresql://USER:PASSWORD@HOST/NAME): ")
            )
        else:
            raise NoDatabase(
                _(
                    "This copy belongs into a PostgreSQL database. Your data were not fetched. Make an empty one, "
                    "write its address into a file, and name that file with --database."
                )
            )
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "w") as out:
            out.write(address.strip() + "\n")
