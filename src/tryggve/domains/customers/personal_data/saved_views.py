from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.models import SavedView
from tryggve.domains.customers.selectors import saved_views
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def views_of(person: UUID) -> Iterator[Part]:
    """What somebody who works here saved for himself: the names of views, and what each chooses customers by.

    Raises vault.CannotOpen.
    """
    times = dict(SavedView.objects.filter(owner_ref=person).values_list("pk", "made_at"))
    for view in saved_views.every_view_of(person):
        values = [Value("name", _("Name"), view.name)]
        if chosen := view.chosen.to_json():
            values.append(Value("chosen", _("Customers chosen by"), chosen))
        yield Part("view", _("Saved view"), values, times[view.id], _("saved by the person"))


def erase_views(person: UUID) -> int:
    erased, _by_model = SavedView.objects.filter(owner_ref=person).delete()
    return erased


HOLDING = registry.Holding(
    code="customers.saved-views",
    title=_("Saved views of the register"),
    kinds=frozenset({Kind.STAFF}),
    models=frozenset({SavedView}),
    export=views_of,
    erase=erase_views,
    retention=RetentionRule(
        until=_("the person deletes the view, or the account is erased"),
        kept_for=Period(),
        basis=LegalBasis.LEGITIMATE_INTERESTS,
    ),
)
