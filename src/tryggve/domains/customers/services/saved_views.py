"""Naming, renaming and forgetting a choice of customers, each for oneself."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts import staff_keys
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine.search.chosen import Chosen, NamedChoice
from tryggve.domains.customers.models import SavedView
from tryggve.domains.customers.selectors import saved_views
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

MOST_VIEWS = 50


class TooManyViews(Refusal):
    """The person has as many views as can be kept."""

    sentence: ClassVar = _("You have %(most)d views, which is as many as can be kept. Delete one first.")


class NameTaken(Refusal):
    """The person has a view of that name."""

    sentence: ClassVar = _("You have a view of that name already. Choose another name; nothing was changed.")


def save_view(*, owner: User, name: str, chosen: Chosen, at: datetime) -> UUID:
    """Keep a choice under a name. Raises TooManyViews and NameTaken, and as vault.staff_keyring does."""
    view, key = new_id(), staff_keys.key_of(owner)
    with transaction.atomic():
        _require_free(name, owner=owner)
        if SavedView.objects.filter(owner_ref=owner.pk).count() >= MOST_VIEWS:
            raise TooManyViews(most=MOST_VIEWS)
        SavedView.objects.create(
            pk=view, owner_ref=owner.pk, made_at=at, content_sealed=_sealed(view, owner, key, name, chosen)
        )
        audit.record(actions.VIEW_SAVED, actor=owner.actor, at=at, subject=owner.pk, view=str(view))
    return view


def rename_view(*, view: UUID, owner: User, name: str, at: datetime) -> None:
    """Call it something else. Raises NoSuchView, NameTaken and vault.CannotOpen, and as vault.staff_keyring does."""
    key = staff_keys.key_of(owner)
    with transaction.atomic():
        known = saved_views.view_of(view, owner=owner.pk)
        if known.name == name:
            return
        _require_free(name, owner=owner, besides=view)
        sealed = _sealed(view, owner, key, name, known.chosen)
        SavedView.objects.filter(pk=view, owner_ref=owner.pk).update(content_sealed=sealed)
        audit.record(actions.VIEW_RENAMED, actor=owner.actor, at=at, subject=owner.pk, view=str(view))


def delete_view(*, view: UUID, owner: User, at: datetime) -> None:
    """Forget it; the customers stay. Raises NoSuchView."""
    with transaction.atomic():
        deleted, _by_model = SavedView.objects.filter(pk=view, owner_ref=owner.pk).delete()
        if not deleted:
            raise saved_views.NoSuchView
        audit.record(actions.VIEW_DELETED, actor=owner.actor, at=at, subject=owner.pk, view=str(view))


def _require_free(name: str, *, owner: User, besides: UUID | None = None) -> None:
    taken = {one.name.casefold() for one in saved_views.views_of(owner.pk) if one.id != besides}
    if name.casefold() in taken:
        raise NameTaken


def _sealed(view: UUID, owner: User, key: UUID, name: str, chosen: Chosen) -> bytes:
    content = NamedChoice(name, chosen).to_bytes()
    return vault.staff_keyring().seal(content, key=key, bound_to=saved_views.binding(view, owner.pk))
