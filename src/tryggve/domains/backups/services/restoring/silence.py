from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups import restic
from tryggve.domains.backups.restic import ResticFailed
from tryggve.lib.errors import Refusal

_CAUSES: dict[type[ResticFailed], StrOrPromise] = {
    restic.NotInstalled: gettext_lazy("restic isn't installed; install it with: sudo apt install restic"),
    restic.TooOld: gettext_lazy(
        "the restic on this computer is too old; install 0.14 or later with: sudo apt install restic"
    ),
    restic.NoRepository: gettext_lazy("there is no repository of Tryggve's"),
    restic.WrongPassword: gettext_lazy("the repository there is another one's"),
    restic.LockedByAnother: gettext_lazy("another program is at work there; wait a little"),
    restic.Unreachable: gettext_lazy("it doesn't answer, or lets nobody in"),
    restic.PlaceFull: gettext_lazy("a disk is full"),
    restic.Damaged: gettext_lazy("what lies there is damaged"),
    restic.Incomplete: gettext_lazy("some of it can't be read"),
    restic.TookTooLong: gettext_lazy("it took too long to answer"),
}


def cause_in_words(failed: ResticFailed) -> str:
    """Why a place couldn't be used, for the middle of a sentence."""
    return str(_CAUSES.get(type(failed), gettext_lazy("restic ended with an error")))


class PlaceSilent(Refusal):
    """A place with backups couldn't be used."""

    sentence = gettext_lazy(
        "That place can't be used: %(cause)s. Nothing was changed. Mend that and try again, or name another place."
    )

    @classmethod
    def of(cls, failed: ResticFailed) -> "PlaceSilent":
        return cls(cause=cause_in_words(failed))
