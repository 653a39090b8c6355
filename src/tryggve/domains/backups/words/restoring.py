"""What a restore tells a person, in a bad hour: short, and each time what comes next."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts import clock
from tryggve.domains.backups.services.restoring.data_found import Answer, DataCopy
from tryggve.domains.backups.services.restoring.keys_found import KeysCopy, Newest
from tryggve.domains.backups.services.restoring.ordering import Ended
from tryggve.lib import after_restore

STEPS = 7
_CUSTOMERS = "customers_customer"


def step(number: int, title: str) -> str:
    return _("Step %(number)s of %(steps)s. %(title)s") % {"number": number, "steps": STEPS, "title": title}


def moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def age(span: timedelta) -> str:
    """How long ago, in the largest unit that tells something."""
    hours = int(span.total_seconds()) // 3600
    if hours >= 48:
        return ngettext("%(count)s day ago", "%(count)s days ago", hours // 24) % {"count": hours // 24}
    if hours >= 1:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    return _("less than an hour ago")


def newest_keys(found: Newest, *, now: datetime) -> Iterator[str]:
    """Which copy of the keys is put back, and what the other places say or don't."""
    for one in found.silent:
        yield _(
            "WARNING: «%(title)s» should hold keys, too, and can't be asked: %(cause)s. If its copy is newer, whoever "
            "was erased since comes back. Mend that and begin again (Ctrl-C), unless it is lost."
        ) % {"title": one.title, "cause": one.cause}
    for title in found.ahead:
        yield _(
            "WARNING: the keys in «%(title)s» know of erasures that the newest keys don't. Look there whom they name, "
            "and erase those again."
        ) % {"title": title or _("the place that you named")}
    if found.copy.title:
        yield _("«%(title)s» holds a newer copy of the keys: that one is taken.") % {
            "title": found.copy.title
        }
    yield _("The newest copy of the keys is of %(date)s (%(age)s), made by Tryggve %(program)s.") % {
        "date": moment(found.copy.taken_at),
        "age": age(now - found.copy.taken_at),
        "program": found.copy.told.get("program", "?"),
    }


def answers(found: Sequence[Answer]) -> Iterator[str]:
    """Each place with its newest copy, or why it can't be used, numbered as they are chosen."""
    for number, one in enumerate(found, start=1):
        facts = {"number": number, "title": one.place.title, "cause": one.cause}
        if one.copies:
            count = len(one.copies)
            newest = ngettext(
                "%(count)s copy, of %(date)s", "%(count)s copies, the newest of %(date)s", count
            )
            facts["cause"] = newest % {"count": count, "date": moment(one.copies[-1].taken_at)}
        elif not one.cause:
            facts["cause"] = _("no copy lies there")
        yield "  {number}  {title}: {cause}".format(**facts)


def data(copy: DataCopy, *, now: datetime) -> str:
    """Which copy it is, and loud where its date is yet to come: then it may not be the newest."""
    told = copy.manifest
    ahead = [_dated_ahead()] if clock.is_ahead(told.taken_at, at=now) else []
    return "\n".join([_data(copy, now), *ahead])


def _dated_ahead() -> str:
    return _(
        "WARNING: that moment is yet to come. Either this computer's clock is slow: stop here (Ctrl-C) and set it. Or "
        "the clock of the lost computer was fast then, and newer copies have earlier dates: stop here (Ctrl-C), and "
        "name the day that you want with --at."
    )


def _data(copy: DataCopy, now: datetime) -> str:
    told = copy.manifest
    return _(
        "This copy of your data is of %(date)s (%(age)s), made by Tryggve %(program)s: up to %(customers)s "
        "customers, %(files)s sealed files."
    ) % {
        "date": moment(told.taken_at),
        "age": age(now - told.taken_at),
        "program": told.program,
        "customers": told.counts.get(_CUSTOMERS, 0),
        "files": len(told.files),
    }


def keys_are_older(copy: KeysCopy, data: DataCopy) -> str:
    """Loud, where whoever came after the copy of the keys can't be opened; empty where nobody did."""
    if copy.taken_at >= data.manifest.taken_at:
        return ""
    return _(
        "WARNING: the newest copy of the keys (%(keys)s) is OLDER than the data (%(data)s). Customers that were "
        "added in between can't be opened by anybody, and customers that were erased in between come back. If "
        "there is another place with keys, stop here (Ctrl-C) and begin with that one."
    ) % {"keys": moment(copy.taken_at), "data": moment(data.manifest.taken_at)}


def ended(found: Ended, *, now: datetime) -> Iterator[str]:
    """What there is again, what was lost, and what a person has to look at."""
    since = found.progress.data_taken_at
    if since is not None:
        yield _(
            "Your data are here again. What was done after %(date)s, until now, is lost: no backup knows of it."
        ) % {"date": moment(since)}
    if found.erased_again:
        yield _("Erased again, since they had been erased after the copy was made: %(count)s customers.") % {
            "count": found.erased_again
        }
    yield from losses(found)
    yield from after_restore.in_words(found.held)
    yield _(
        "Everybody has to sign in anew. If you took away somebody's access after the copy was made, do it again: "
        "the page «People» shows who has any."
    )


def losses(found: Ended) -> Iterator[str]:
    """What isn't there or can't be read, a warning each."""
    if found.unopened:
        yield _(
            "WARNING: %(count)s customers CAN'T BE OPENED: no copy of the keys has theirs. They are in the register, "
            "but nobody can read them. Look for a newer copy of the keys before you erase them."
        ) % {"count": found.unopened}
    if found.other_keys:
        yield _("WARNING: %(count)s other sealed records can't be opened, for the same reason.") % {
            "count": found.other_keys
        }
    if found.is_ledger_older:
        yield _(
            "WARNING: the copy of the keys knows fewer erasures than the audit log: customers who were erased may "
            "be readable again. Look for a newer copy of the keys."
        )
    if found.progress.damaged_files:
        yield _("WARNING: %(count)s sealed files of customers are damaged or missing in the copy.") % {
            "count": found.progress.damaged_files
        }
    if found.damaged_tables:
        yield _(
            "WARNING: %(count)s tables of the database don't hold as many rows as when they were copied."
        ) % {"count": found.damaged_tables}


def as_json(found: Ended, *, now: datetime) -> dict[str, Any]:
    """The same for a program."""
    told = found.progress
    return {
        "restored": True,
        "data_of": told.data_taken_at.isoformat() if told.data_taken_at else None,
        "keys_of": told.keys_taken_at.isoformat(),
        "lost_until": now.isoformat(),
        "pair": told.pair,
        "place": told.place,
        "minutes": round((now - told.began_at).total_seconds() / 60, 1),
        "erased_again": found.erased_again,
        "customers_unopened": found.unopened,
        "others_unopened": found.other_keys,
        "damaged_files": told.damaged_files,
        "damaged_tables": found.damaged_tables,
        "ledger_is_older": found.is_ledger_older,
        "held": {code: count for code, count in found.held.items() if count},
    }
