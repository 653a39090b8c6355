"""What keeps a spreadsheet from taking a cell for a formula (OWASP, «CSV Injection»)."""

from tryggve.domains.customers.engine.values.cleaning import unguarded
from tryggve.lib.formulas import may_be_formula


def guarded(cell: str) -> str:
    """The cell as CSV, where a spreadsheet shows it as text: an apostrophe before what may be a formula.

    ``cleaning.unguarded`` gives back the cell, whatever it was.
    """
    return f"'{cell}" if may_be_formula(cell) else kept_through_import(cell)


def kept_through_import(cell: str) -> str:
    """The cell, with an apostrophe before one that an import would take for guarded."""
    return f"'{cell}" if unguarded(cell) != cell else cell
