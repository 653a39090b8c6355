from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

ADDED = declare("customers.added", _("A customer was added"))
CHANGED = declare("customers.changed", _("A customer was changed"), fields=list[str])
DELETED = declare("customers.deleted", _("A customer was deleted, with the key"))
PLANTED = declare("customers.planted", _("A customer was made up, to search the disk for what it says"))
UNPLANTED = declare("customers.planted-removed", _("The customer that was made up was removed again"))
ASSIGNED = declare("customers.assigned", _("Who looks after a customer was changed"), responsible=str)
HANDED_OVER = declare(
    "customers.handed-over", _("A person's customers were handed over"), successor=str, count=int
)
SHARED_OUT = declare("customers.shared-out", _("Customers were shared out to a person"), count=int)
VIEWED = declare("customers.viewed", _("A customer's details were read"), page=str, notes=int, relations=int)
HISTORY_VIEWED = declare("customers.history-viewed", _("A customer's history was read"), shown=int)
NOTES_VIEWED = declare("customers.notes-viewed", _("Notes about a customer were read"), shown=int)
NOTE_ADDED = declare("customers.note-added", _("A note about a customer was written"), note=str)
NOTE_CHANGED = declare("customers.note-changed", _("A note about a customer was changed"), note=str)
NOTE_DELETED = declare("customers.note-deleted", _("A note about a customer was deleted"), note=str)
RELATED = declare("customers.related", _("Two customers were related"), relation=str, kind=str)
UNRELATED = declare("customers.unrelated", _("A relation of two customers was removed"), relation=str)
FIELD_ADDED = declare(
    "customers.field-added", _("A field of our own was added"), field=str, kind=str, sensitive=bool
)
FIELD_CHANGED = declare(
    "customers.field-changed", _("A field of our own was changed"), field=str, fields=list[str]
)
FIELD_ARCHIVED = declare("customers.field-archived", _("A field of our own was put away"), field=str)
FIELD_RESTORED = declare("customers.field-restored", _("A field of our own was brought back"), field=str)
FIELDS_ORDERED = declare(
    "customers.fields-ordered", _("Fields of our own were put in another order"), field=str
)
SENSITIVE_VIEWED = declare(
    "customers.sensitive-viewed", _("A customer's sensitive details were opened"), numbers=int, answers=int
)
SENSITIVE_CHANGED = declare(
    "customers.sensitive-changed", _("A customer's sensitive details were changed"), fields=list[str]
)
NUMBER_SEARCHED = declare(
    "customers.number-searched", _("Customers were searched for by an identity number"), shown=int
)
LISTED = declare("customers.listed", _("The list of customers was read"), shown=int, page=int)
SEARCHED = declare("customers.searched", _("Customers were searched for"), shown=int)
VIEW_SAVED = declare("customers.view-saved", _("A view of the customers was saved"), view=str)
VIEW_RENAMED = declare("customers.view-renamed", _("A saved view was called something else"), view=str)
VIEW_DELETED = declare("customers.view-deleted", _("A saved view was deleted"), view=str)
EXPORTED = declare(
    "customers.exported", _("Customers were taken out as a file"), count=int, format=str, view=str
)
DOUBLES_LISTED = declare("customers.doubles-listed", _("Possible doubles were read"), shown=int)
MERGE_PREVIEWED = declare("customers.merge-previewed", _("Two cards were laid side by side"), other=str)
MERGED = declare(
    "customers.merged", _("Two cards of one customer were made one"), merge=str, other=str, kept=bool
)
TOLD_APART = declare("customers.told-apart", _("Two cards were said not to be the same customer"), other=str)
MERGE_UNDONE = declare("customers.merge-undone", _("A merge of two cards was undone"), merge=str, other=str)
MERGE_SETTLED = declare("customers.merge-settled", _("A card that was merged into another was destroyed"))
DOCUMENT_ADDED = declare("customers.document-added", _("A document was added to a customer"), document=str)
DOCUMENT_READ = declare(
    "customers.document-read", _("A customer's document was read"), document=str, page=str
)
DOCUMENT_REMOVED = declare("customers.document-removed", _("A customer's document was removed"), document=str)
IMPORT_PREVIEWED = declare(
    "customers.import-previewed", _("A list was read, to be imported"), batch=str, rows=int
)
IMPORT_DECIDED = declare(
    "customers.import-decided", _("Something was decided of a list that waits for a yes"), batch=str, what=str
)
IMPORT_ROWS_VIEWED = declare(
    "customers.import-rows-viewed", _("Rows of a list that waits for a yes were read"), batch=str, shown=int
)
IMPORT_CONFIRMED = declare("customers.import-confirmed", _("Somebody said yes to an import"), batch=str)
IMPORTED = declare(
    "customers.imported",
    _("A list was imported"),
    batch=str,
    rows=int,
    created=int,
    updated=int,
    unchanged=int,
    set_aside=int,
    skipped=int,
)
IMPORT_VIEWED = declare("customers.import-viewed", _("The result of an import was read"), batch=str)
IMPORT_CANCELLED = declare(
    "customers.import-cancelled", _("An import was called off before it began"), batch=str
)
UNDO_VIEWED = declare(
    "customers.import-undo-viewed", _("What undoing an import would do was read"), batch=str
)
UNDO_ORDERED = declare(
    "customers.import-undo-ordered", _("Somebody ordered that an import be undone"), batch=str, used=bool
)
UNDONE = declare(
    "customers.import-undone",
    _("An import was undone"),
    batch=str,
    deleted=int,
    restored=int,
    kept=int,
    partly=int,
)
UNDO_STOPPED = declare("customers.import-undo-stopped", _("An undo stopped half-way"), batch=str)
IMPORT_STOPPED = declare("customers.import-stopped", _("A half-done import was removed"), batch=str, rows=int)
IMPORT_FORGOTTEN = declare(
    "customers.import-forgotten", _("What was left of an old import was destroyed"), batch=str
)
