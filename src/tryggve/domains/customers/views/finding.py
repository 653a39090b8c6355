"""What every page about one customer begins with."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tryggve.accounts.pages import actor_of
from tryggve.accounts.policy import asking
from tryggve.domains.customers.selectors import register

_LONGEST_NUMBER = 15


def card_seen(request: HttpRequest, customer: UUID, *, page: str) -> register.Card:
    """The customer's details, the look logged under that page's name. Raises as customer_card does."""
    return register.customer_card(
        customer=customer,
        actor=actor_of(request),
        at=timezone.now(),
        page=page,
        reach=asking.reach(request),
    )


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number in the address; None when there is none or it isn't one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
