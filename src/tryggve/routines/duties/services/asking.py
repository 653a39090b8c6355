"""After a staff meeting everybody is asked, once and by mail, whether they were there."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format

from tryggve.accounts.models import User
from tryggve.notices import recipients
from tryggve.notices import selectors as mail
from tryggve.notices import services as notices
from tryggve.routines.duties.notices import MEETING
from tryggve.ui import own_address


def ask(people: Iterable[User], *, on: date, at: datetime) -> None:
    """In the caller's transaction; nothing without a mail server. Raises as notices.send."""
    if mail.the_mail_server() is None:
        return
    for person in people:
        with translation.override(person.language):
            day = date_format(on, "DATE_FORMAT")
        notices.send(
            MEETING,
            to=recipients.staff(person),
            at=at,
            name=person.name,
            day=day,
            address=own_address.origin(),
        )
