from django.utils.translation import gettext_lazy as _

from tryggve.accounts import handovers
from tryggve.accounts.handovers import Leaving
from tryggve.accounts.models import User
from tryggve.domains.customers.services import responsible


def hand_customers_over(leaving: Leaving) -> int:
    return responsible.hand_over(
        leaver=leaving.person.pk, successor=leaving.successor.pk, actor=leaving.actor, at=leaving.at
    )


def count_customers(person: User) -> int:
    return responsible.count_of(person.pk)


handovers.register(
    "customers.responsible",
    _("The customers that this person looks after are the successor's from then on."),
    hand_customers_over,
    count=count_customers,
)
