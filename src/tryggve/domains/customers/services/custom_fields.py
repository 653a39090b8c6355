"""The firm's own fields: adding, changing, ordering, putting away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.models import CustomField
from tryggve.domains.customers.selectors import custom_fields
from tryggve.lib.errors import Missing, Refusal

MOST_FIELDS = 60


class HasAnswers(Refusal):
    """Customers have answered the field: their answers would no longer fit, or lie where they shouldn't."""


class SameName(Refusal):
    """Another field is called the same."""


class TooManyFields(Refusal):
    """A card with more fields than that is read by nobody."""


class NoSuchField(Missing):
    """No field has that id."""


def add_field(
    *, name: str, kind: str, choices: list[str], is_sensitive: bool, actor: str, at: datetime
) -> UUID:
    """Ask for one thing more on each card, at the end. Raises SameName and TooManyFields."""
    with transaction.atomic():
        _require_new_name(name, but_for=None)
        if CustomField.objects.filter(is_archived=False).count() >= MOST_FIELDS:
            raise TooManyFields(
                _("There are %(count)d fields already. Put away one that nobody uses.")
                % {"count": MOST_FIELDS}
            )
        last = CustomField.objects.aggregate(last=Max("place"))["last"] or 0
        made = CustomField.objects.create(
            name=name,
            kind=CustomField.Kind(kind),
            choices=choices if kind == CustomField.Kind.CHOICE else [],
            is_sensitive=is_sensitive,
            place=last + 1,
            made_at=at,
        )
        audit.record(
            actions.FIELD_ADDED,
            actor=actor,
            at=at,
            field=str(made.pk),
            kind=kind.lower().replace("_", "-"),
            sensitive=is_sensitive,
        )
    return made.pk


def change_field(
    *,
    field: UUID,
    name: str,
    kind: str,
    choices: list[str],
    is_sensitive: bool,
    actor: str,
    at: datetime,
) -> None:
    """Rename a field or change its choices; kind and compartment only while nobody has answered.

    Answers keep a choice that is taken away. Raises HasAnswers, SameName and NoSuchField.
    """
    with transaction.atomic():
        row = _locked(field)
        _require_new_name(name, but_for=field)
        if (row.kind, row.is_sensitive) != (kind, is_sensitive) and custom_fields.is_answered(row):
            raise HasAnswers(_why_not(row))
        new = {
            "name": name,
            "kind": kind,
            "choices": choices if kind == CustomField.Kind.CHOICE else [],
            "is_sensitive": is_sensitive,
        }
        changed = [fact for fact, value in new.items() if getattr(row, fact) != value]
        if not changed:
            return
        CustomField.objects.filter(pk=field).update(**new)
        audit.record(actions.FIELD_CHANGED, actor=actor, at=at, field=str(field), fields=changed)


def move_field(*, field: UUID, is_up: bool, actor: str, at: datetime) -> None:
    """Change places with the one above or below among those in use; at the end nothing happens. Raises NoSuchField."""
    with transaction.atomic():
        rows = list(CustomField.objects.select_for_update().filter(is_archived=False).order_by("place", "pk"))
        here = next((at for at, row in enumerate(rows) if row.pk == field), None)
        if here is None:
            raise NoSuchField
        there = here - 1 if is_up else here + 1
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for place, row in enumerate(rows, start=1):
            row.place = place
        CustomField.objects.bulk_update(rows, ["place"])
        audit.record(actions.FIELDS_ORDERED, actor=actor, at=at, field=str(field))


def archive_field(*, field: UUID, actor: str, at: datetime) -> None:
    """Ask for it no more; what was answered stays and is shown. Raises NoSuchField."""
    _put(field, is_archived=True, actor=actor, at=at)


def restore_field(*, field: UUID, actor: str, at: datetime) -> None:
    """Ask for it again. Raises NoSuchField."""
    _put(field, is_archived=False, actor=actor, at=at)


@transaction.atomic
def _put(field: UUID, *, is_archived: bool, actor: str, at: datetime) -> None:
    row = _locked(field)
    if row.is_archived == is_archived:
        return
    row.is_archived = is_archived
    row.save(update_fields=["is_archived"])
    deed = actions.FIELD_ARCHIVED if is_archived else actions.FIELD_RESTORED
    audit.record(deed, actor=actor, at=at, field=str(field))


def _locked(field: UUID) -> CustomField:
    row = CustomField.objects.select_for_update().filter(pk=field).first()
    if row is None:
        raise NoSuchField
    return row


def _require_new_name(name: str, *, but_for: UUID | None) -> None:
    rows = CustomField.objects.values_list("pk", "name")
    if any(fold(other) == fold(name) for pk, other in rows if pk != but_for):
        raise SameName(_("There is a field of that name already, perhaps among those put away."))


def _why_not(row: CustomField) -> str:
    if row.is_sensitive:
        return _(
            "Customers have sensitive details, which aren't opened to look for answers. Put this field away, and add"
            " a new one."
        )
    return _(
        "Customers have answered this field, and their answers would no longer fit. Put it away, and add a new one."
    )
