from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

ADDED = declare("customers.added", _("A customer was added"))
CHANGED = declare("customers.changed", _("A customer was changed"), fields=list[str])
DELETED = declare("customers.deleted", _("A customer was deleted, with the key"))
ASSIGNED = declare("customers.assigned", _("Who looks after a customer was changed"), responsible=str)
HANDED_OVER = declare(
    "customers.handed-over", _("A person's customers were handed over"), successor=str, count=int
)
VIEWED = declare("customers.viewed", _("A customer's details were read"), page=str)
LISTED = declare("customers.listed", _("The list of customers was read"), shown=int, page=int)
SEARCHED = declare("customers.searched", _("Customers were searched for"), shown=int)
IMPORT_PREVIEWED = declare(
    "customers.import-previewed", _("A list was read, to be imported"), batch=str, rows=int
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
IMPORT_STOPPED = declare("customers.import-stopped", _("A half-done import was removed"), batch=str, rows=int)
IMPORT_FORGOTTEN = declare(
    "customers.import-forgotten", _("What was left of an old import was destroyed"), batch=str
)
