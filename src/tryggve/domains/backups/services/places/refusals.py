"""Why something can't be a place, or not for keys."""

import re
from typing import ClassVar, Final

from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal

_LONGEST_TITLE: Final = 80
_COUNTRY: Final = re.compile(r"[A-Z]{2}|")


class HoldsNothing(Refusal):
    """Neither data nor keys go there."""

    sentence: ClassVar = _("Nothing was to be kept there. Nothing was changed. Choose data, keys or both.")


class NoTitle(Refusal):
    """Nobody would know which one it is."""

    sentence: ClassVar = _("The place needs a name of at most 80 letters. Nothing was changed.")


class NoCountry(Refusal):
    """A country is told by two letters."""

    sentence: ClassVar = _("A country is written with two letters, as in SE. Nothing was changed.")


class KnownAlready(Refusal):
    """Two places would be one."""

    sentence: ClassVar = _("Backups go there already. Nothing was changed.")


class TooManyPlaces(Refusal):
    """A night wouldn't be long enough."""

    sentence: ClassVar = _(
        "Tryggve keeps backups in at most %(most)s places. Nothing was changed. Take one away that you don't use."
    )


class OthersThere(Refusal):
    """A repository lies there that the passwords known here don't open."""

    sentence: ClassVar = _(
        "Backups of somebody else's, or of an earlier Tryggve, lie there. Nothing was changed. Choose another folder, "
        "or take them up with their password."
    )


class NotUsable(Refusal):
    """The trial failed; its words tell why."""


class UnfitForKeys(Refusal):
    """The keys of customers who are erased would stay there."""


class OffLine(UnfitForKeys):
    """A disk that lies in a drawer holds keys that should be gone."""

    sentence: ClassVar = _(
        "A disk that is carried away can't hold keys: what is erased must be gone from every copy of the keys within "
        "two weeks. Nothing was changed. Keep data on it, and the keys in a place that is always there."
    )


class Synced(UnfitForKeys):
    """Somebody keeps a history of it."""

    sentence: ClassVar = _(
        "%(name)s keeps what is deleted in this folder, so the keys of customers who are erased would stay. Nothing "
        "was changed. Keep data there, and the keys in a folder that isn't synced."
    )


class KeepsAll(UnfitForKeys):
    """Nothing can be deleted there."""

    sentence: ClassVar = _(
        "Nothing can be deleted there, so the keys of customers who are erased would stay. That is right for data and "
        "wrong for keys. Nothing was changed. Keep data there, and the keys in another place."
    )


class KeepsVersions(UnfitForKeys):
    """What is deleted stays as an older version, or under a lock."""

    sentence: ClassVar = _(
        "This bucket keeps older versions or locks what is written, so the keys of customers who are erased would "
        "stay. That is right for data and wrong for keys. Nothing was changed. Keep the keys in a bucket without "
        "versions."
    )


class VersionsUntold(UnfitForKeys):
    """Nobody can promise that what is deleted there is gone."""

    sentence: ClassVar = _(
        "The storage doesn't tell whether it keeps older versions of what is deleted. Nothing was changed. Give the "
        "access key the rights s3:GetBucketVersioning and s3:GetBucketObjectLockConfiguration, or keep the keys in "
        "another place."
    )


class InOwnFolder(UnfitForKeys):
    """Every copy would be in the copies of that folder, for years."""

    sentence: ClassVar = _(
        "This place lies in a folder of yours that is backed up, or the other way about: your backups would be copied "
        "into themselves. Nothing was changed. Choose another folder or another disk."
    )


class RemoteKeeps(UnfitForKeys):
    """It isn't known that this storage forgets."""

    sentence: ClassVar = _(
        "Storage of the kind “%(kind)s” may keep what is deleted in a bin or a history, so the keys of customers who "
        "are erased would stay. Nothing was changed. Keep data there, and the keys in another place."
    )


def require_words(*, title: str, country: str) -> None:
    """What a place is called, and in which country it is, empty for unknown. Raises NoTitle and NoCountry."""
    if not 0 < len(title) <= _LONGEST_TITLE:
        raise NoTitle
    if not _COUNTRY.fullmatch(country):
        raise NoCountry
