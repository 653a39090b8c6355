"""What a rehearsal of a restore tells: whether it went well, its code, and what is left of it."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.services.restoring.rehearsing import Rehearsed, Withheld
from tryggve.domains.backups.words import restoring

_NAMES: Final = 3
_WITHHELD: Final[dict[Withheld, StrOrPromise]] = {
    Withheld.SAME_COMPUTER: gettext_lazy(
        "There is no code: this is the very computer that the copy comes from. What would be left if it burnt shows "
        "only on another one."
    ),
    Withheld.NOT_WHOLE: gettext_lazy(
        "There is no code: something is missing, as was said above. Take the copy before it with --at, or another "
        "place, and tell whoever looks after your backups."
    ),
}


def told(found: Rehearsed, *, now: datetime, are_names_shown: bool, left: Sequence[Path]) -> Iterator[str]:
    """All of it, a sentence after the other; names only for who sits there. ``left``: what is kept of it."""
    since = found.ended.progress.data_taken_at
    if since is not None:
        yield _("Your data, as they were on %(date)s (%(age)s), could be put back here.") % {
            "date": restoring.moment(since),
            "age": restoring.age(now - since),
        }
    if found.names and are_names_shown:
        yield _("Some of your customers, read with the restored keys: %(names)s. Do you know them?") % {
            "names": ", ".join(found.names[:_NAMES])
        }
    yield from restoring.losses(found.ended)
    if found.withheld:
        yield str(_WITHHELD[found.withheld])
    else:
        yield _("The code to type in on the page «Restore on another computer»: %(code)s") % {
            "code": found.code
        }
    yield _(
        "Nothing was taken over: the register goes on where it is, and what lies here is never started and sends "
        "nothing."
    )
    if left:
        command = shlex.join(["rm", "-r", *map(str, left)])
        yield _("It lies here still. When you have seen enough, type:") + f"\n\n    {command}\n"
    if found.ended.progress.vendor == "postgresql":
        yield _("Delete the PostgreSQL database that you made for it, too.")
    yield _("Put the pages of the kit back where they were.")


def as_json(found: Rehearsed, *, now: datetime, left: Sequence[Path]) -> dict[str, Any]:
    """The same for a program; nobody's name."""
    return {
        **restoring.as_json(found.ended, now=now),
        "restored": False,
        "rehearsed": not found.withheld,
        "code": found.code,
        "withheld": found.withheld,
        "customers_read": len(found.names),
        "delete": list(map(str, left)),
    }
