"""Who may not be removed now, because the law or a dispute needs the data.

The domain that keeps the law registers itself, since this one knows nothing of it.
"""

from collections.abc import Callable, Collection, Set
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.lib.errors import Refusal

Asked = Callable[[Collection[UUID], datetime], Set[UUID]]

_asked: list[Asked] = []


class Held(Refusal):
    """The law, or a dispute, needs the data."""

    sentence: ClassVar = _(
        "This customer's data is held by law or because of a dispute, so it can't be erased now. Nothing was changed. "
        "End that first, when its reason is gone."
    )


def holder(function: Asked) -> Asked:
    """Ask this before customers are removed or made one: those of them who are held."""
    _asked.append(function)
    return function


def held(customers: Collection[UUID], *, at: datetime) -> set[UUID]:
    """Those of them who must stay at that moment; one question."""
    return {one for ask in _asked for one in ask(customers, at)} if customers else set()


def require_not_held(customer: UUID, *, at: datetime) -> None:
    """Go on if this customer may be removed. Raises Held."""
    if held([customer], at=at):
        raise Held
