"""Choices that somebody gave a name: everybody sees their own, which lie under their own key."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers.engine.search.chosen import Chosen, NamedChoice
from tryggve.domains.customers.models import SavedView
from tryggve.lib.errors import Missing

logger = logging.getLogger(__name__)


class NoSuchView(Missing):
    """This person has no view with that id."""


@dataclass(frozen=True)
class View:
    """A saved view, opened."""

    id: UUID
    name: str
    chosen: Chosen


def binding(view: UUID, owner: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="customers.saved-view",
        record=view,
        subject=owner,
        part="details",
        revision=1,
        compartment=vault.STAFF,
    )


def views_of(owner: UUID) -> list[View]:
    """The person's views by their names; one that is damaged is left out. Raises as vault.staff_keyring does."""
    return sorted(_readable(owner), key=lambda view: (view.name.casefold(), view.id))


def every_view_of(owner: UUID) -> list[View]:
    """The same in no order, none left out. Raises vault.CannotOpen, and as vault.staff_keyring does."""
    return list(_opened(SavedView.objects.filter(owner_ref=owner)))


def view_of(view: UUID, *, owner: UUID) -> View:
    """One of the person's views. Raises NoSuchView, vault.CannotOpen, and as vault.staff_keyring does."""
    for one in _opened(SavedView.objects.filter(owner_ref=owner, pk=view)):
        return one
    raise NoSuchView


def _readable(owner: UUID) -> Iterator[View]:
    rows = list(SavedView.objects.filter(owner_ref=owner))
    for row in rows:
        try:
            yield from _opened([row])
        except vault.CannotOpen as error:
            facts = {"view": str(row.pk), "error": type(error).__name__}
            logger.error("a saved view can't be opened", extra={"facts": facts})


def _opened(rows: Iterable[SavedView]) -> Iterator[View]:
    for row in rows:
        plain = vault.staff_keyring().open(bytes(row.content_sealed), bound_to=binding(row.pk, row.owner_ref))
        content = NamedChoice.from_bytes(plain)
        yield View(row.pk, content.name, content.chosen)
