"""Requests and decisions about two cards that are one customer's: the kept card has what is not at its end."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Made, Side
from tryggve.domains.rights import package_files, sealing
from tryggve.domains.rights.models import Case, CaseStep, Keep, Package

# What was objected to stays so after the answer (GDPR art. 21(3)).
_GOES_ON = Q(state=Case.State.OPEN) | Q(kind=Case.Kind.OBJECTION, state=Case.State.DONE)


def join_cases(made: Made) -> list[str]:
    """Move requests that are open, and objections that hold; their ids."""
    rows = list(Case.objects.select_for_update().filter(_GOES_ON, customer_ref=made.gone.customer))
    _move_cases(rows, made.gone, made.kept)
    return [str(row.pk) for row in rows]


def part_cases(made: Made, moved: Sequence[str]) -> None:
    """Move those back, answered or not."""
    rows = Case.objects.select_for_update().filter(pk__in=list(moved), customer_ref=made.kept.customer)
    _move_cases(rows, made.kept, made.gone)


def join_keeps(made: Made) -> list[str]:
    """Move decisions to keep the customer that hold; their ids."""
    rows = list(Keep.objects.select_for_update().filter(customer_ref=made.gone.customer, ended_at=None))
    _move_keeps(rows, made.gone, made.kept)
    return [str(row.pk) for row in rows]


def part_keeps(made: Made, moved: Sequence[str]) -> None:
    """Move those back."""
    rows = Keep.objects.select_for_update().filter(pk__in=list(moved), customer_ref=made.kept.customer)
    _move_keeps(rows, made.kept, made.gone)


def _move_cases(rows: Iterable[Case], origin: Side, to: Side) -> None:
    for row in rows:
        # A package says what the one card held, and is sealed for it: it is ordered anew.
        package_files.remove(Package.objects.filter(case=row))
        for step in CaseStep.objects.filter(case=row).exclude(words_sealed=None):
            step.words_sealed = customers.sealed_anew(
                step.words_sealed, step.pk, sealing.step_binding, origin=origin, to=to
            )
            step.save(update_fields=["words_sealed"])
        row.words_sealed = customers.sealed_anew(
            row.words_sealed, row.pk, sealing.case_binding, origin=origin, to=to
        )
        row.customer_ref = to.customer
        row.save(update_fields=["words_sealed", "customer_ref"])


def _move_keeps(rows: Iterable[Keep], origin: Side, to: Side) -> None:
    for row in rows:
        row.reason_sealed = customers.sealed_anew(
            row.reason_sealed, row.pk, sealing.keep_binding, origin=origin, to=to
        )
        row.customer_ref = to.customer
        row.save(update_fields=["reason_sealed", "customer_ref"])
