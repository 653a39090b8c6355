"""The repositories of keys: where they lie, that two shares open them, and the newest copy in any of them.

Always the newest: an older one would open customers again who were erased since.
"""

import json
import secrets
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from tryggve import vault
from tryggve.domains.backups.engine import lineage
from tryggve.domains.backups.engine.lineage import Standing
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Repository, ResticFailed, Snapshot, WrongPassword
from tryggve.domains.backups.selectors.places import ANSWER_SECONDS, PlaceInUse
from tryggve.domains.backups.services.pairs import keys as copied_keys
from tryggve.domains.backups.services.restoring import silence, told_places
from tryggve.lib.errors import Refusal
from tryggve.vault import recovery, restoring
from tryggve.vault.key_copies import KeyCopy


class NoKeysThere(Refusal):
    sentence = gettext_lazy(
        "There is no repository of keys in that place. Nothing was changed. Name the place where Tryggve kept its "
        "keys: it stands on the paper «If everything is lost». The place with the data alone opens nothing."
    )


class KitOfAnother(Refusal):
    sentence = gettext_lazy(
        "These two pages are right in themselves, but don't open the keys in that place: they belong to another "
        "company's kit, or to one that was replaced. Nothing was changed. Take the pages of the newest kit, by the "
        "number and the date on them."
    )


class NoCopies(Refusal):
    sentence = gettext_lazy(
        "The repository of keys opens, but holds no copy of the keys. Nothing was changed. Is there another place "
        "where Tryggve kept its keys? Without them nobody can read the data."
    )


class CopyUnreadable(Refusal):
    sentence = gettext_lazy(
        "The newest copy of the keys is damaged. Nothing was changed. Name another place where Tryggve kept its keys."
    )


@dataclass(frozen=True, slots=True)
class KeysCopy:
    """A copy of the keys, in memory. ``told`` is what was written down with it, ``places`` where backups go.

    ``title``: of the place that it lies in, where another one than the one that was named.
    """

    snapshot: Snapshot
    store: bytes = field(repr=False)
    told: Mapping[str, Any]
    places: Sequence[Mapping[str, Any]] = field(repr=False)
    title: str = ""

    @property
    def standing(self) -> Standing:
        return lineage.standing(self.snapshot.tags, self.snapshot.taken_at)

    @property
    def taken_at(self) -> datetime:
        return datetime.fromisoformat(self.told["taken_at"])


@dataclass(frozen=True, slots=True)
class Silent:
    """A place that should hold keys, too, and why what lies there isn't known."""

    title: str
    cause: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest copy of all that answered, the places that didn't, and those that know erasures that it doesn't."""

    copy: KeysCopy
    silent: Sequence[Silent] = ()
    ahead: Sequence[str] = ()


def find(access: Access, *, cache: Path) -> Repository:
    """The repository in that place under its usual name, or the very one that was named; it needs no password yet.

    Raises NoKeysThere and PlaceSilent.
    """
    usual = replace(access.keys().place, files_under=None)  # no folder is made before anything opens
    for place in (usual, replace(usual, location=access.location)):
        one = Repository(place, secrets.token_hex(), cache)
        try:
            one.exists()
        except WrongPassword:
            return one
        except ResticFailed as failed:
            raise silence.PlaceSilent.of(failed) from None
    raise NoKeysThere


def newest(repository: Repository, typed: Sequence[str]) -> KeysCopy:
    """The newest copy of the keys that two shares open.

    Raises KitOfAnother, NoCopies, CopyUnreadable, PlaceSilent, and as ``vault.restoring.open_for_service``, shares that
    are refused among them.
    """
    repository = replace(repository, password=recovery.backup_password_of(typed))
    try:
        return _newest_in(repository, typed)
    except WrongPassword:
        raise KitOfAnother from None
    except ResticFailed as failed:
        raise silence.PlaceSilent.of(failed) from None
    except (tarfile.TarError, ValueError, KeyError, vault.CannotOpen):
        raise CopyUnreadable from None


def newest_anywhere(
    named: KeysCopy, repository: Repository, typed: Sequence[str], *, cache: Path, say: Callable[[str], None]
) -> Newest:
    """The newest of that one, out of this repository, and of all in the places that it and the others name.

    ``say`` hears the title of each place that is asked.
    """
    found, silent = [named], list[Silent]()
    asked = {repository.place.location}
    for copy in found:  # it grows meanwhile: a newer one may name places that the older one doesn't
        for place in told_places.with_keys(copy.places):
            held = told_places.repository(place.keys, cache)
            if held is None or held.place.location in asked:
                continue
            asked.add(held.place.location)
            say(place.title)
            answer = _answer(place, held, typed)
            if isinstance(answer, Silent):
                silent.append(answer)
            else:
                found.append(answer)
    newest = max(found, key=lambda one: one.standing)
    return Newest(newest, silent, _ahead(newest, found))


def _answer(place: PlaceInUse, held: Repository, typed: Sequence[str]) -> KeysCopy | Silent:
    try:
        if not held.exists(seconds=ANSWER_SECONDS):
            return Silent(place.title, gettext("there is no repository of Tryggve's"))
        return replace(_newest_in(held, typed), title=place.title)
    except ResticFailed as failed:
        return Silent(place.title, silence.cause_in_words(failed))
    except (Refusal, tarfile.TarError, ValueError, KeyError):
        return Silent(place.title, gettext("its newest copy can't be read with these pages"))


def _ahead(newest: KeysCopy, found: Sequence[KeysCopy]) -> list[str]:
    """The titles of places whose ledger isn't the beginning of this one's."""
    with KeyCopy(newest.store) as copy:
        return [one.title for one in found if one is not newest and not _extends(copy, one.standing)]


def _extends(copy: KeyCopy, other: Standing) -> bool:
    return not other.state or str(copy.ledger_state_at(other.erased)) == other.state


def _newest_in(repository: Repository, typed: Sequence[str]) -> KeysCopy:
    copies = repository.snapshots(tags=["keys"])
    if not copies:
        raise NoCopies
    chosen = max(copies, key=lambda one: lineage.standing(one.tags, one.taken_at))
    return _read(chosen, copied_keys.parts(repository.dump(chosen.id, f"/{copied_keys.NAME}")), typed)


def _read(snapshot: Snapshot, parts: Mapping[str, bytes], typed: Sequence[str]) -> KeysCopy:
    store = parts[copied_keys.STORE]
    places = restoring.open_for_service(
        store, typed, purpose=copied_keys.PLACES_PURPOSE, blob=parts[copied_keys.PLACES]
    )
    return KeysCopy(snapshot, store, json.loads(parts[copied_keys.PAIR]), json.loads(places))
