"""Whose a routine is, unless the company chose somebody."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.routines.duties.catalogue import Doer, Duty

_EACH: Final = _("Everybody for themselves")
_ROLES: Final[Mapping[Doer, StrOrPromise]] = {
    Doer.OWNER: _("The owner"),
    Doer.CAPTAIN: _("The security captain"),
    Doer.EVERYONE: _("Everybody"),
}


def of_duty(duty: Duty) -> str:
    """In words."""
    return str(_EACH if duty.for_each_person else _ROLES[duty.doer])
