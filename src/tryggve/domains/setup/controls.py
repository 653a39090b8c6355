from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.setup import computer
from tryggve.lib import folders as folder


@measure(
    "CRY-03",
    every=timedelta(days=1),
    valid=timedelta(days=8),
    facts={
        "open": facts.count(_("Folders on a disk that isn't encrypted")),
        "is_virtual": facts.yes_or_no(_("The computer runs inside another one")),
    },
    causes={
        "cannot-tell": _(
            "Whether the disk is encrypted can't be seen from here: ask who set the computer up."
        ),
        "virtual": _(
            "The computer runs inside another one (a virtual machine), and only who runs that one knows whether its "
            "disks are encrypted. Ask them, and vouch for the answer here."
        ),
    },
    asks={"cannot-tell", "virtual"},
    mend=Mend("setup:keys", _("To keys and recovery kit"), "setup.view-keys"),
)
def the_disk_of_this_computer_is_encrypted(at: datetime) -> Measured:
    """Reads what the kernel knows of the disks that data and keys lie on; nothing is asked of anybody."""
    found = list(computer.encryption_of_disks(folder.current()).values())
    is_virtual = computer.is_virtual()
    told = {"open": found.count("open"), "is_virtual": is_virtual}
    if "open" in found:
        if is_virtual:
            raise CannotMeasure("virtual")
        return Measured(Verdict.FAILING, told)
    if "unknown" in found:
        raise CannotMeasure("virtual" if is_virtual else "cannot-tell")
    return Measured(Verdict.OBSERVED, told)
