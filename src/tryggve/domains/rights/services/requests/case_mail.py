"""What a customer is mailed about a request that came in by itself."""

from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format

from tryggve.domains.customers import api as customers
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.links import consent_mail, links
from tryggve.domains.setup import api as setup
from tryggve.notices import services as messages


def send_receipt(case: UUID, *, language: str, at: datetime) -> None:
    """Tell the customer that it came, and by when it is answered; nothing for one without an address.

    What the customer wrote stays out of the mail. Raises vault.Locked and vault.CannotOpen.
    """
    row = Case.objects.get(pk=case)
    person = customers.person(row.customer_ref)
    if person is None or not consent_mail.can_be_mailed(person):
        return
    messages.send(
        notices.CASE_RECEIVED,
        to=consent_mail.to(person, language),
        at=at,
        firm=setup.firm_name(),
        name=person.name,
        asked=_in(language, row),
        received_on=_day(row.received_on, language),
        due_on=_day(row.due_on, language),
        portal=links.portal_address(),
    )


def _in(language: str, row: Case) -> str:
    with translation.override(language):
        label = str(row.get_kind_display())
    return label[:1].upper() + label[1:]


def _day(day: date, language: str) -> str:
    with translation.override(language):
        return str(date_format(day, "DATE_FORMAT"))
