"""What people did here is a routine done: nobody has to say so twice."""

from uuid import UUID

from tryggve.audit import registry
from tryggve.audit.models import Entry
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.selectors import quarter_words
from tryggve.routines.duties.services import doing


@registry.on(actions.ENDED.code)
def customers_were_told(entry: Entry) -> None:
    """By whoever began to send the quarter's word, once it has reached somebody."""
    if (teller := quarter_words.teller_of(UUID(entry.facts["mailing"]))) is not None:
        doing.note_done(duty="tell-customers", actor=teller, at=entry.recorded_at)
