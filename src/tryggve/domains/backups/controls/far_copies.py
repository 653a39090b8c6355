"""BAK-03: one copy lies elsewhere, nobody there can read it, and nobody here can delete it."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.backups.restic import ResticFailed, program
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.pairs import turns
from tryggve.domains.backups.services.places import far
from tryggve.domains.backups.services.places.far import CannotTell, Fault

_MEBIBYTE: Final = 1024 * 1024
_KEYS: Final = "keys"
_NOWHERE: Final = "nothing-elsewhere"
_WRONG: Final = {
    _NOWHERE: _("No copy lies in another house than this computer"),
    Fault.NOT_SEEN: _("The place elsewhere can't be reached, or its disk hasn't been here for a month"),
    Fault.TOO_OLD: _("The copy elsewhere is too old"),
    Fault.GONE: _("The newest copy isn't in the place any more"),
    Fault.DAMAGED: _("The copy elsewhere isn't what was written there"),
    Fault.READABLE: _("What lies in the place isn't encrypted"),
    Fault.SHUT_OUT: _("The copies elsewhere were taken away, or don't open by their password any more"),
    Fault.DELETABLE: _("Whoever gets into this computer can delete the copies elsewhere, too"),
    _KEYS: _("No place that may hold keys holds new copies of them"),
}
# From the one that lacks most to the one that lacks least.
_ORDER: Final = tuple(Fault)


@measure(
    "BAK-03",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=10),
    # restic reserves room for addresses that it never uses.
    memory_bytes=8192 * _MEBIBYTE,
    facts={
        "wrong": facts.one_of(_("What is wrong"), {str(code): words for code, words in _WRONG.items()}),
        "elsewhere": facts.count(_("Places in another house")),
        "in_order": facts.count(_("Those of them where all is right")),
        "is_carried": facts.yes_or_no(_("It is a disk that is carried away")),
        "is_refused": facts.yes_or_no(_("An attempt to delete an older copy was refused")),
    },
    causes={
        "no-place": _("There is no place for backups yet."),
        "no-restic": _("restic is missing on this computer, or too old."),
        "cannot-tell": _(
            "The place elsewhere was there, but something couldn't be asked of it. Try the place out by hand."
        ),
    },
    asks={"no-place"},
    mend=Mend("backups:overview", _("To your backups"), "backups.view"),
)
def one_copy_lies_elsewhere_out_of_reach(at: datetime) -> Measured:
    """Asks each place, looks at what is stored, and tries to delete a small snapshot that a trial left there."""
    if not any(one.holds_data for one in places.in_use()):
        raise CannotMeasure("no-place")
    _require_restic()
    found = far.far_places()
    faults: dict[Fault, int] = {}
    right, untold = [], 0
    for place in found:
        try:
            fault = far.fault_of(place, at=at, alone=turns.held)
        except CannotTell:
            untold += 1
            continue
        if fault is None:
            right.append(place)
        else:
            faults[fault] = faults.get(fault, 0) + 1
    told: dict[str, facts.Value] = {"elsewhere": len(found), "in_order": len(right)}
    if not right and untold:
        raise CannotMeasure("cannot-tell")
    if not right:
        wrong = max(faults, key=_ORDER.index, default=_NOWHERE)
        return Measured(Verdict.FAILING, {**told, "wrong": str(wrong)})
    is_refused = not all(one.is_carried for one in right)
    told |= {"is_carried": any(one.is_carried for one in right), "is_refused": is_refused}
    if not far.is_a_key_place_in_order(at=at):
        return Measured(Verdict.FAILING, {**told, "wrong": _KEYS})
    return Measured(Verdict.PROVED if is_refused else Verdict.OBSERVED, told)


def _require_restic() -> None:
    try:
        program.find()
    except ResticFailed:
        raise CannotMeasure("no-restic") from None
