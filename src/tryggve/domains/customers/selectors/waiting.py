from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.comparison.decisions import Decisions
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import custom_fields
from tryggve.lib.errors import Refusal

WAITING = (Import.State.PREVIEWED, Import.State.STOPPED, Import.State.REFUSED)


class NotWaiting(Refusal):
    """The import was started, called off or ended before."""


class Waiting(NamedTuple):
    """A list that waits for a yes, and what was decided of it."""

    row: Import
    held: WaitingList
    decided: Decisions


def waiting(batch: UUID) -> Waiting:
    """The list of an import that waits for a yes. Raises NotWaiting."""
    row = Import.objects.filter(pk=batch, state__in=WAITING).exclude(file_sealed=None).first()
    if row is None:
        raise NotWaiting(_("This import was started or called off already. Nothing was changed."))
    return Waiting(row, held_by(row), decisions_of(row))


def held_by(row: Import) -> WaitingList:
    """The list of that import, its columns as ``asked_still`` has them."""
    held = import_papers.waiting_list(row)
    return replace(held, columns=asked_still(held.columns))


def asked_still(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The same columns; one that answered a field which is sensitive or put away by now feeds none any more."""
    if not any(one.question for one in columns):
        return tuple(columns)
    asked = {field.id: field for field in custom_fields.ordinary_fields()}
    return tuple(
        replace(one, question=asked.get(one.question.id)) if one.question else one for one in columns
    )


def decisions_of(row: Import) -> Decisions:
    """What was decided of the doubles of a list, nothing at first."""
    if row.decisions_sealed is None:
        return Decisions()
    return Decisions.from_bytes(import_papers.opened(row, "decisions", bytes(row.decisions_sealed)))
