"""What other domains show on a customer's card. They register themselves, since this one knows nothing of them.

>>> panels.register(panels.Panel("rights/_card_consents.html", "rights.consents", consents_of))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Subquery
from django.http import HttpRequest

from tryggve.accounts import permissions
from tryggve.accounts.models import User

Told = Sequence[Mapping[str, Any]]
Facts = Callable[[UUID, HttpRequest, Told], Mapping[str, Any]]


class Place(Enum):
    """Where on the card it stands: before all that is told, among it, or under it, as what one seldom does."""

    TOP = "top"
    SIDE = "side"
    END = "end"


def _none(customer: UUID, request: HttpRequest, told: Told) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the card, for who has the permission: its template is given ``panel``, the facts if any, and ``card``.

    ``beside``, made by ``lib.rows_as_json``, is asked in the same question as the customer's row, ``OuterRef("pk")``;
    ``facts`` is given what it tells, nothing where there is none.
    """

    template: str
    permission: str
    facts: Facts = _none
    place: Place = Place.SIDE
    beside: Subquery | None = None


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Show it on every card, after those registered before. Facts ask only where ``beside`` couldn't tell."""
    _panels.append(panel)


def beside(reader: User | AnonymousUser) -> dict[str, Subquery]:
    """What the panels that this person may see want asked with the customer's row, by template."""
    return {panel.template: panel.beside for panel in _open_to(reader) if panel.beside is not None}


def shown(
    customer: UUID, request: HttpRequest, told: Mapping[str, Any], place: Place
) -> list[tuple[str, Mapping[str, Any]]]:
    """Templates and their facts, for who reads the card; ``told`` is the answer to ``beside``."""
    return [
        (panel.template, panel.facts(customer, request, told.get(panel.template) or ()))
        for panel in _open_to(request.user)
        if panel.place is place
    ]


def _open_to(reader: User | AnonymousUser) -> list[Panel]:
    return [panel for panel in _panels if permissions.may(reader, panel.permission)]
