"""How long two cards that are one customer's are kept: the kept card has what was said and written down for either."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tryggve import vault
from tryggve.domains.customers.api import Made, Side
from tryggve.domains.rights import sealing
from tryggve.domains.rights.models import AssignmentEnd, KeptByLaw

_NONE_BEFORE = "none"


def join_ends(made: Made) -> list[str]:
    """The later end of an assignment counts; how it was before on the kept card. The other keeps its own."""
    ends = AssignmentEnd.objects.in_bulk([made.kept.customer, made.gone.customer])
    own, other = ends.get(made.kept.customer), ends.get(made.gone.customer)
    if other is None or (own is not None and own.ended_on >= other.ended_on):
        return []
    _tell_end(made.kept, other.ended_on, other.told_at)
    return [_NONE_BEFORE] if own is None else [own.ended_on.isoformat(), own.told_at.isoformat()]


def part_ends(made: Made, moved: Sequence[str]) -> None:
    """As it was before, unless somebody has told another end since."""
    ends = AssignmentEnd.objects.in_bulk([made.kept.customer, made.gone.customer])
    own, other = ends.get(made.kept.customer), ends.get(made.gone.customer)
    if not moved or own is None or other is None or own.told_at != other.told_at:
        return
    if list(moved) == [_NONE_BEFORE]:
        own.delete()
    else:
        _tell_end(made.kept, date.fromisoformat(moved[0]), datetime.fromisoformat(moved[1]))


def join_by_law(made: Made) -> list[str]:
    """Move what the law has the company keep, under a new key of its own; the ids."""
    rows = list(KeptByLaw.objects.select_for_update().filter(customer_ref=made.gone.customer))
    _move_by_law(rows, made.gone, made.kept)
    return [str(row.pk) for row in rows]


def part_by_law(made: Made, moved: Sequence[str]) -> None:
    """Move that back."""
    rows = KeptByLaw.objects.select_for_update().filter(pk__in=list(moved), customer_ref=made.kept.customer)
    _move_by_law(list(rows), made.kept, made.gone)


def _tell_end(side: Side, ended_on: date, told_at: datetime) -> None:
    AssignmentEnd.objects.update_or_create(
        pk=side.customer, defaults={"ended_on": ended_on, "told_at": told_at}
    )


def _move_by_law(rows: Iterable[KeptByLaw], origin: Side, to: Side) -> None:
    """A key belongs to one customer; the one before opens nothing any more, and is collected."""
    for row in rows:
        bound_to = sealing.by_law_binding(row.pk, origin.customer)
        words = vault.keyring().open(bytes(row.words_sealed), bound_to=bound_to)
        [key] = vault.keyring().create_keys([to.customer], compartment="retained")
        row.customer_ref, row.key_ref = to.customer, key
        row.words_sealed = vault.keyring().seal(
            words, key=key, bound_to=sealing.by_law_binding(row.pk, to.customer)
        )
        row.save(update_fields=["customer_ref", "key_ref", "words_sealed"])
