"""Something that happened, told without walking through the pages."""

from datetime import datetime
from uuid import UUID

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.services import reports

WORDS = "Jag öppnade en bilaga från okänd avsändare."


def tell(by: User | None, *, at: datetime = NOW, kind: str = Report.Kind.LINK, words: str = WORDS) -> UUID:
    return reports.tell(kind=kind, happened=Report.When.NOW, words=words, by=by, at=at)
