from datetime import date
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tryggve.domains.rights.selectors.purposes import notices, purposes
from tryggve.domains.rights.selectors.purposes.notices import Standing
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``notice list``."""
    return verbs.add_parser("list", help=_("what is published in which language, and what is out of date"))


def run(command: Command, options: dict[str, Any], *, today: date) -> int:
    """One line a language; the answer is no (1) while one of them is out of date or none is published."""
    standings = notices.all_standings(today=today, kept=purposes.purposes_in_use())
    if options["json"]:
        command.say_json([_as_json(one) for one in standings])
    else:
        for one in standings:
            command.say(f"{one.language}  {_in_words(one)}")
            for change in one.changes if one.is_out_of_date else ():
                command.say(f"    {change}")
    is_any = any(one.published for one in standings)
    return 0 if is_any and not any(one.is_out_of_date for one in standings) else 1


def _as_json(one: Standing) -> dict[str, Any]:
    published = one.published
    return {
        "language": one.language,
        "number": published.number if published else None,
        "published_at": published.published_at.isoformat() if published else None,
        "fingerprint": published.fingerprint if published else None,
        "is_out_of_date": one.is_out_of_date,
        "changes": list(one.changes),
        "missing": [{"purpose": gap.purpose, "field": gap.field} for gap in one.missing],
    }


def _in_words(one: Standing) -> str:
    if one.published is None:
        return _("something is missing") if one.missing else _("not published")
    day = formats.date_format(timezone.localtime(one.published.published_at), "DATE_FORMAT")
    told = {"number": one.published.number, "day": day}
    if one.is_out_of_date:
        return _("version %(number)d of %(day)s, out of date") % told
    return _("version %(number)d of %(day)s") % told
