"""What a person decides of a list that waits for a yes: columns, rows with a mistake, doubles."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers
from tryggve.domains.customers.engine.columns import headings
from tryggve.domains.customers.engine.columns.headings import Chosen
from tryggve.domains.customers.engine.comparison.decisions import Choice, Decisions, Rules
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.tracing import LEFT_OUT, Trace
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.understood import Cells
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors.waiting import WAITING, NotWaiting, waiting
from tryggve.domains.customers.services import forgetting, import_batch
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal

# A list and a register of so many together are compared within a moment; longer ones when a person asks for it.
AT_ONCE = 4000
_FATES = {"same": "updated", "new": "new", "out": LEFT_OUT}


class ChangedMeanwhile(Refusal):
    """Somebody else decided something of this list, or was taken out of it, at the same moment."""


Edit = Callable[[WaitingList, Decisions], tuple[WaitingList, Decisions]]


def match_columns(*, batch: UUID, fields: Mapping[int, Chosen], actor: str, at: datetime) -> None:
    """Take the columns at these places for those fields (None: left out), and compare the list anew.

    Raises NotWaiting, ChangedMeanwhile and sealing.KeysMissing.
    """

    def edit(held: WaitingList, decided: Decisions) -> tuple[WaitingList, Decisions]:
        return held.matched(headings.matched_by_hand(held.columns, fields)), decided

    _change(batch, edit, what="columns", actor=actor, at=at, is_compared=True)


def mend_row(*, batch: UUID, place: int, cells: Cells, actor: str, at: datetime) -> None:
    """Put other cells in one row of the list. Raises NotWaiting, ChangedMeanwhile and sealing.KeysMissing."""
    country = setup.firm_country()

    def edit(held: WaitingList, decided: Decisions) -> tuple[WaitingList, Decisions]:
        return held.mended(place, cells, country), decided

    _change(batch, edit, what="row", actor=actor, at=at)


def decide_doubles(
    *, batch: UUID, choices: Mapping[int, Choice | None], rules: Rules, actor: str, at: datetime
) -> None:
    """Say of rows, by their places, whom they are about (None: nothing any more), and of others of a kind by rule.

    Raises NotWaiting, ChangedMeanwhile and sealing.KeysMissing.
    """

    def edit(held: WaitingList, decided: Decisions) -> tuple[WaitingList, Decisions]:
        traces = held.traces_at(list(choices))
        told = [_told(traces[place], one) for place, one in choices.items() if one and place in traces]
        all_of_them = {**decided.choices, **choices}.items()
        known = {place: one for place, one in all_of_them if one and place < len(held)}
        return held.retraced(told), Decisions(known, dict(rules))

    _change(batch, edit, what="doubles", actor=actor, at=at)


def compare_again(*, batch: UUID, actor: str, at: datetime) -> None:
    """Work out anew what would happen. Raises NotWaiting, ChangedMeanwhile and sealing.KeysMissing."""
    _change(batch, lambda *both: both, what="comparison", actor=actor, at=at, is_compared=True)


def _told(trace: Trace, choice: Choice) -> Trace:
    """A row that is said to be a customer's is that customer's from now on, also when that one is deleted."""
    customer = choice.customer if choice.verdict == "same" else None
    return trace._replace(fate=_FATES[choice.verdict], customer=customer, added=())


def _change(
    batch: UUID, edit: Edit, *, what: str, actor: str, at: datetime, is_compared: bool = False
) -> None:
    row, held, decided = waiting(batch)
    seen = bytes(row.file_sealed or b"")
    held, decided = edit(held, decided)
    plan: Plan | None = None
    if is_compared or len(held) + Customer.objects.count() <= AT_ONCE:
        read = held.understood(setup.firm_country())
        plan = import_batch.plan(read, held.source, decided, at=at)
        held = held.planned(read, plan, setup.firm_country())
        row.rows_total = plan.writes
        shown = import_papers.shown(plan, *import_papers.told_of_file(row))
        row.result_sealed = import_papers.sealed(row, "result", shown)
    row.file_sealed = import_papers.sealed(row, "file", held.to_bytes())
    row.decisions_sealed = import_papers.sealed(row, "decisions", decided.to_bytes())
    with transaction.atomic():
        _require_as_seen(batch, seen)
        row.save(update_fields=["rows_total", "result_sealed", "file_sealed", "decisions_sealed"])
        audit.record(actions.IMPORT_DECIDED, actor=actor, at=at, batch=str(batch), what=what)
    forgetting.forget_gone(decided.named() | (import_batch.tied(plan) if plan else set()))


def _require_as_seen(batch: UUID, seen: bytes) -> None:
    now = Import.objects.select_for_update().only("file_sealed", "state").filter(pk=batch).first()
    if now is None or now.state not in WAITING:
        raise NotWaiting(_("This import was started or called off already. Nothing was changed."))
    if bytes(now.file_sealed or b"") != seen:
        raise ChangedMeanwhile(
            _(
                "Somebody else changed this list at the same moment. Nothing of yours was saved: do it once more."
            )
        )
