"""Whether what somebody asked for is done, before anybody is told that it is."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.rights.models import Case, Erasure, Package, Restriction
from tryggve.lib.errors import Refusal

_FIRST: Final[Mapping[str, StrOrPromise]] = {
    Case.Kind.ACCESS: _(
        "First make the file with all that is held, or hand it over on paper. Nothing was sent: the answer says that "
        "the customer gets it."
    ),
    Case.Kind.PORTABILITY: _(
        "First make the file that the customer takes along, or hand it over on paper. Nothing was sent: the answer "
        "says that the customer gets it."
    ),
    Case.Kind.ERASURE: _(
        "First have the customer put aside, to be erased. Nothing was sent: the answer says that it is done."
    ),
    Case.Kind.RESTRICTION: _(
        "First keep the customer's data from use. Nothing was sent: the answer says that it is done."
    ),
}


class NotDoneYet(Refusal):
    """The answer would tell of something that nobody has done."""


def require_done(row: Case, *, is_on_paper: bool) -> None:
    """Go on if what this case asks for is done, as far as Tryggve can know that. Raises NotDoneYet.

    ``is_on_paper``: the answer is handed over, and with it what it speaks of.
    """
    if row.kind in _FIRST and not _is_done(row, is_on_paper=is_on_paper):
        raise NotDoneYet(_FIRST[row.kind])


def _is_done(row: Case, *, is_on_paper: bool) -> bool:
    if row.kind == Case.Kind.ERASURE:
        begun = (*Erasure.GOING, Erasure.State.DESTROYED)
        return Erasure.objects.filter(customer_ref=row.customer_ref, state__in=begun).exists()
    if row.kind == Case.Kind.RESTRICTION:
        return Restriction.objects.filter(customer_ref=row.customer_ref, ended_at=None).exists()
    return is_on_paper or Package.objects.filter(case=row, state=Package.State.READY).exists()
