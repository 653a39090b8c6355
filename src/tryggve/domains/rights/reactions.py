"""What people did here is a routine done: nobody has to say so twice."""

from tryggve.audit import registry
from tryggve.audit.models import Entry
from tryggve.domains.rights import actions
from tryggve.routines.duties.services import doing


@registry.on(actions.RETENTION_REVIEWED.code)
def customer_data_was_cleaned(entry: Entry) -> None:
    doing.note_done(duty="clean-customer-data", actor=entry.actor, at=entry.recorded_at)
