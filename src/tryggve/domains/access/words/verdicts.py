"""What a verification found, in sentences for who reads it on a terminal."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.audit.verdict import KeyReplaced, Lost, Stated, Verdict
from tryggve.domains.access.words.log import moment, number


def lines_of(found: Verdict, *, saved: int) -> Iterator[str]:
    """``saved`` is how many checkpoints that were kept elsewhere the log was held against."""
    if found.first_bad is not None:
        yield _("The log is NOT whole. %(message)s") % {"message": found.first_bad.message}
        yield _(
            "Change nothing. Copy the whole data folder as it is to another disk, keep every mail and file with a "
            "checkpoint, and find out who could get at this computer."
        )
        return
    yield ngettext(
        "The log is whole: %(count)s entry, each as it was logged and in its place.",
        "The log is whole: %(count)s entries, each as it was logged and in its place.",
        found.entries,
    ) % {"count": number(found.entries)}
    if found.checkpoint is not None:
        yield _stated(found.checkpoint)
    yield _elsewhere(saved)
    yield from (_lost(one) for one in found.lost_by_restore if one.start < one.stop)
    yield from (_replaced(one) for one in found.keys_replaced)


def _stated(newest: Stated) -> str:
    told = {"count": number(newest.size), "epoch": newest.epoch}
    if newest.at is None:
        return _("The newest checkpoint holds for the first %(count)s entries of part %(epoch)s.") % told
    told["at"] = moment(datetime.fromisoformat(newest.at))
    return (
        _("The newest checkpoint, of %(at)s, holds for the first %(count)s entries of part %(epoch)s.") % told
    )


def _elsewhere(saved: int) -> str:
    if not saved:
        return _(
            "Whether the end was cut off, or all of it written anew, shows only against a checkpoint that was kept "
            "elsewhere: give it with --checkpoint FILE."
        )
    return ngettext(
        "It fits the checkpoint that was kept elsewhere.",
        "It fits the %(count)s checkpoints that were kept elsewhere.",
        saved,
    ) % {"count": number(saved)}


def _replaced(one: KeyReplaced) -> str:
    return _(
        "Since entry %(entry)s, of %(on)s, the log is signed with another key, because the one before was lost. What "
        "came after it is proved by the new key alone: ask who made it. The new key: %(key)s"
    ) % {"entry": number(one.entry), "on": formats.date_format(one.on, "DATE_FORMAT"), "key": one.key}


def _lost(lost: Lost) -> str:
    return _(
        "Entries %(first)s to %(last)s of part %(epoch)s were lost when a backup was put back on %(on)s, as the log "
        "itself tells."
    ) % {
        "first": number(lost.start),
        "last": number(lost.stop - 1),
        "epoch": lost.epoch,
        "on": formats.date_format(lost.on, "DATE_FORMAT"),
    }
