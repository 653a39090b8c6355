"""What pages about one customer begin with."""

from uuid import UUID

from django.http import HttpRequest

from tryggve.accounts.pages import who_asks
from tryggve.domains.customers.selectors import register


def card_seen(request: HttpRequest, customer: UUID, *, page: str) -> register.Card:
    """The customer's details, the look logged under that page's name. Raises as customer_card does."""
    return register.customer_card(customer=customer, page=page, **who_asks(request))
