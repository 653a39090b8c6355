import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers, sealing
from tryggve.domains.customers.engine.imports.results import ImportResult, Sample
from tryggve.domains.customers.engine.imports.undoing import UndoTold
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.words import imports as import_words
from tryggve.lib.errors import Missing

_RECENT = 10
_NAMED = 20
_SHOWS_NOBODY = (Import.State.QUEUED, Import.State.RUNNING, Import.State.UNDOING)


class NoSuchImport(Missing):
    """No import has that id, or it was called off."""


@dataclass(frozen=True)
class Shown:
    """An import, in whatever state it is."""

    id: UUID
    state: str
    columns: list[tuple[str, str | None]]
    samples: list[Sample]
    result: ImportResult
    rows_total: int
    rows_done: int
    made_at: datetime
    file: str
    can_be_mended: bool = False
    can_be_undone: bool = False
    undo: UndoTold | None = None
    undo_titles: Sequence[tuple[UUID, str]] = ()

    @property
    def is_previewed(self) -> bool:
        return self.state == Import.State.PREVIEWED

    @property
    def is_under_way(self) -> bool:
        return self.state in _SHOWS_NOBODY

    @property
    def is_done(self) -> bool:
        return self.state == Import.State.DONE

    @property
    def is_being_undone(self) -> bool:
        return self.state == Import.State.UNDOING

    @property
    def is_undone(self) -> bool:
        return self.state == Import.State.UNDONE

    @property
    def is_unmatched(self) -> bool:
        """Whether no column is known, so that nobody can be found in the list."""
        return self.waits_for_a_yes and not any(
            field in import_words.FIELDS for _heading, field in self.columns
        )

    @property
    def is_stopped(self) -> bool:
        return self.state == Import.State.STOPPED

    @property
    def is_refused(self) -> bool:
        return self.state == Import.State.REFUSED

    @property
    def waits_for_a_yes(self) -> bool:
        return self.is_previewed or self.is_stopped or self.is_refused

    @property
    def is_worth_it(self) -> bool:
        return bool(self.result.created or self.result.updated)

    @property
    def named_columns(self) -> list[tuple[str, str]]:
        """Each heading of the file and what it feeds, in words; nothing, no word."""
        return [(heading, import_words.meaning(field or "")) for heading, field in self.columns]

    @property
    def numbers_told(self) -> list[str]:
        return list(import_words.numbers_told(self.result.identity_numbers))

    @property
    def asides(self) -> list[tuple[int, str, str]]:
        return [
            (one.line, one.column or "", str(import_words.REASONS[one.reason]))
            for one in self.result.set_aside
        ]

    @property
    def doubles(self) -> list[tuple[int, str | None, str]]:
        return [
            (one.line, one.customer, str(import_words.DOUBLES[one.why]))
            for one in self.result.duplicates
            if not (self.is_done and one.verdict)
        ]

    @property
    def passed_over(self) -> list[tuple[int, str]]:
        return [(one.line, str(import_words.SKIPS[one.reason])) for one in self.result.skipped]


@dataclass(frozen=True)
class Brief:
    """An import in a list: when, how far it came, how many customers it wrote."""

    id: UUID
    made_at: datetime
    state: str
    rows_done: int


def recent_imports() -> list[Brief]:
    """The newest ten whose result can still be read, newest first. Nothing in it tells of a customer."""
    rows = (
        Import.objects.exclude(key_ref=None).order_by("-made_at").only("pk", "made_at", "state", "rows_done")
    )
    return [Brief(row.pk, row.made_at, row.get_state_display(), row.rows_done) for row in rows[:_RECENT]]


def import_shown(*, batch: UUID, actor: str, at: datetime) -> Shown:
    """One import for its page; the look is in the audit log. Raises NoSuchImport."""
    row = Import.objects.filter(pk=batch).defer("file_sealed").first()
    if row is None or row.result_sealed is None:
        raise NoSuchImport
    try:
        plain = vault.keyring().open(
            bytes(row.result_sealed), bound_to=sealing.import_binding(batch, "result")
        )
    except vault.KeyGone as cause:
        raise NoSuchImport from cause
    known = json.loads(plain)
    if row.state not in _SHOWS_NOBODY:  # a page that only counts is asked for every second
        audit.look(actions.IMPORT_VIEWED, actor=actor, at=at, batch=str(batch))
    undo = _undo_of(row)
    return Shown(
        id=batch,
        state=row.state,
        columns=[(heading, field) for heading, field in known["columns"]],
        samples=[Sample(**sample) for sample in known["samples"]],
        result=ImportResult.from_json(known["result"]),
        rows_total=row.rows_total,
        rows_done=row.rows_done,
        made_at=row.made_at,
        file=known["file"],
        can_be_mended=row.state == Import.State.DONE and row.leftovers_sealed is not None,
        can_be_undone=undoing.can_be_undone(row),
        undo=undo,
        undo_titles=_titles(undo) if undo and row.state == Import.State.UNDONE else (),
    )


def _undo_of(row: Import) -> UndoTold | None:
    """What came of an undo; nothing where none was ordered."""
    if row.decisions_sealed is None or row.state not in (Import.State.UNDOING, Import.State.UNDONE):
        return None
    return UndoTold.from_bytes(import_papers.opened(row, "decisions", bytes(row.decisions_sealed)))


def _titles(undo: UndoTold) -> list[tuple[UUID, str]]:
    some = sorted(undo.named())[:_NAMED]
    rows = Customer.objects.in_force().filter(pk__in=some).order_by("pk")
    opened = sealing.opened(rows.values_list("pk", "revision", "details_sealed"))
    return [(customer, details.title) for customer, details in opened]
