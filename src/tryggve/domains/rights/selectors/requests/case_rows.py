"""Whose case it is, before anything of it is told or changed."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.domains.customers import api as customers
from tryggve.lib.errors import Missing, Refusal


class NoSuchCase(Missing):
    """There is no case of that id."""


class CustomerGone(Refusal):
    """The customer is not in the register any more."""

    sentence: ClassVar = _("This customer isn't in the register any more. Nothing was changed.")


def kept(customer: UUID, reach: Reach) -> customers.Kept:
    """The customer, also one put aside. Raises CustomerGone, policy.Refused and vault.Locked."""
    found = customers.kept_people([customer]).get(customer)
    if found is None:
        raise CustomerGone
    require_within(reach, found.responsible)
    return found
