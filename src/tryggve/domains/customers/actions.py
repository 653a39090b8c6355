from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

ADDED = declare("customers.added", _("A customer was added"))
CHANGED = declare("customers.changed", _("A customer was changed"), "fields")
DELETED = declare("customers.deleted", _("A customer was deleted, with the key"))
VIEWED = declare("customers.viewed", _("A customer's details were read"), "page")
LISTED = declare("customers.listed", _("The list of customers was read"), "shown", "page")
SEARCHED = declare("customers.searched", _("Customers were searched for"), "shown")
IMPORT_PREVIEWED = declare(
    "customers.import-previewed", _("A list was read, to be imported"), "batch", "rows"
)
IMPORT_CONFIRMED = declare("customers.import-confirmed", _("Somebody said yes to an import"), "batch")
IMPORTED = declare(
    "customers.imported",
    _("A list was imported"),
    "batch",
    "rows",
    "created",
    "updated",
    "unchanged",
    "set_aside",
    "skipped",
)
IMPORT_VIEWED = declare("customers.import-viewed", _("The result of an import was read"), "batch")
IMPORT_CANCELLED = declare(
    "customers.import-cancelled", _("An import was called off before it began"), "batch"
)
IMPORT_STOPPED = declare("customers.import-stopped", _("A half-done import was removed"), "batch", "rows")
IMPORT_FORGOTTEN = declare(
    "customers.import-forgotten", _("What was left of an old import was destroyed"), "batch"
)
