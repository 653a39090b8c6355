from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.models import SignUp
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def sign_ups_of(customer: UUID) -> Iterator[Part]:
    """What was typed on the website with an address of the customer's, and waits for its button.

    Raises vault.CannotOpen and vault.Locked.
    """
    person = customers.person(customer)
    addresses = {one.casefold() for one in person.emails} if person else set()
    for row in SignUp.objects.order_by("made_at", "pk") if addresses else ():
        typed = sign_ups.typed_in(row)
        if typed.email.casefold() in addresses:
            values = [Value("name", _("Name"), typed.name), Value("email", _("E-mail"), typed.email)]
            yield Part("sign_up", _("Form on the website"), values, row.made_at)


def nothing_to_find_it_by(customer: UUID) -> int:
    """What waits of who asked to be erased goes before the key of the card does (``services.sign_ups.forget_of``).

    Of anybody else the address can't be read any more by now: it goes within three days.
    """
    return 0


HOLDING = registry.Holding(
    code="rights.sign-ups",
    title=_("Forms on the website that wait for your button"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({SignUp}),
    export=sign_ups_of,
    erase=nothing_to_find_it_by,
    retention=RetentionRule(
        until=_("the form was sent"),
        kept_for=Period(days=sign_ups.LASTS.days),
        basis=LegalBasis.CONSENT,
    ),
    given=frozenset({"name", "email"}),
)
