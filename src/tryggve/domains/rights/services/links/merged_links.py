"""Links that lie in the mailboxes of two cards that are one customer's: what they were made for still works."""

from collections.abc import Sequence

from tryggve.domains.customers.api import Made
from tryggve.domains.rights.models import PortalLink

_LIE_LONG = (PortalLink.Use.CONSENT, PortalLink.Use.WITHDRAW, PortalLink.Use.FEEDBACK)


def join_links(made: Made) -> list[str]:
    """Whoever presses in an old mail speaks for the kept card; the ids of the links."""
    rows = PortalLink.objects.filter(
        customer_ref=made.gone.customer, use__in=_LIE_LONG, used_at=None, ended_at=None
    )
    moved = [str(link) for link in rows.values_list("pk", flat=True)]
    rows.update(customer_ref=made.kept.customer)
    return moved


def part_links(made: Made, moved: Sequence[str]) -> None:
    """For the card that they were mailed to, again."""
    rows = PortalLink.objects.filter(pk__in=list(moved), customer_ref=made.kept.customer)
    rows.update(customer_ref=made.gone.customer)
