"""A run in words, and as JSON."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.words.pages import cause_in_words
from tryggve.lib.command import Command


def say(command: Command, run: Run) -> None:
    """When it began, what came of it, and a line for each place."""
    day = formats.date_format(timezone.localtime(run.began_at), "DATETIME_FORMAT")
    facts = {"day": day, "state": run.get_state_display(), "why": run.get_why_display()}
    command.say(_("%(day)s (%(why)s): %(state)s") % facts)
    if run.cause:
        command.say(f"  {cause_in_words(run.cause)}")
    for copy in _copies(run):
        came = cause_in_words(copy.cause) if copy.cause else copy.snapshot[:8]
        command.say(f"  {copy.place.title}, {copy.get_kind_display()}: {came}")


def as_json(run: Run) -> dict[str, Any]:
    """All that is known of it; codes and counts."""
    return {
        "run": str(run.pk),
        "why": run.why,
        "state": run.state,
        "began_at": run.began_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "cause": run.cause,
        "bytes_done": run.bytes_done,
        "bytes_in_all": run.bytes_in_all,
        "files": run.files,
        "rows": run.rows,
        "signs": run.signs,
        "copies": [
            {"place": str(one.place.pk), "kind": one.kind, "snapshot": one.snapshot, "cause": one.cause}
            for one in _copies(run)
        ],
    }


def _copies(run: Run) -> list[Copy]:
    return list(run.copies.select_related("place").order_by("at", "pk"))
