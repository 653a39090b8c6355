from datetime import timedelta

from django.utils.translation import gettext as _

from tryggve.domains.customers.engine import invented
from tryggve.domains.customers.services import imports, responsible
from tryggve.lib import demonstration
from tryggve.lib.demonstration import Order


@demonstration.content
def customers(order: Order) -> None:
    """Three lists, brought in over three years, and customers shared out among who works there."""
    rows = invented.customers(order.country)
    first, second = order.customers // 2, order.customers // 3
    for source, count, ago in (
        (_("our old customer file"), first, timedelta(days=1100)),
        (_("the spring fair"), second, timedelta(days=200)),
        (_("called us"), order.customers - first - second, timedelta(days=9)),
    ):
        if count:
            imports.import_content(
                content=invented.as_list(order.country, rows, count),
                source=source,
                actor=order.actor,
                at=order.at - ago,
            )
    responsible.share_out(people=order.people, actor=order.actor, at=order.at)
