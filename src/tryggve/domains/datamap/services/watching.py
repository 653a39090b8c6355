"""In a watched place nobody's data should lie: when some turns up, whom alarms go to is told."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.datamap import actions, notices
from tryggve.domains.datamap.models import File, Scan
from tryggve.domains.incidents import api as incidents
from tryggve.notices import recipients
from tryggve.notices import services as mail
from tryggve.ui import own_address


def tell(scan: Scan, *, at: datetime) -> int:
    """How many files with personal data turned up since this scan began; the mail names none of them.

    Raises vault.Locked.
    """
    if not scan.source.is_watched or scan.began_at is None:
        return 0
    new = File.objects.filter(
        source=scan.source, is_holding=True, state=File.State.THERE, first_found_at__gte=scan.began_at
    ).count()
    if new:
        with transaction.atomic():
            audit.record(actions.TURNED_UP, actor=actors.SYSTEM, at=at, source=str(scan.source_id), files=new)
            for person in incidents.people_alerted(at=at):
                told = {"address": own_address.link_to("datamap:overview"), "files": str(new)}
                mail.send(notices.TURNED_UP, to=recipients.staff(person), at=at, **told)
    return new
