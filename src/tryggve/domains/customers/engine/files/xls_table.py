from tryggve.domains.customers.engine.files import ole_parts, sheet_rows, xls_records
from tryggve.domains.customers.engine.files.ole_parts import OleParts
from tryggve.domains.customers.engine.table import Limits, Table, UnreadableFile, bounded, refuse_vast_area

BOOKS = ("workbook", "book")


def read(data: bytes, limits: Limits) -> Table:
    """The first sheet of an old Excel workbook that people see and that holds anything; raises UnreadableFile."""
    parts = OleParts(data)
    book = parts.read(next((name for name in BOOKS if name in parts.names), ""))
    sheets = [sheet for sheet in xls_records.sheets_of(book) if xls_records.has_cells(book, sheet)]
    if not sheets:
        raise UnreadableFile("no_table")
    chosen, *others = sorted(sheets, key=lambda sheet: sheet.is_hidden)
    cells = xls_records.cells_of(book, chosen)
    refuse_vast_area(cells.height, cells.width, limits)
    cut_down = ole_parts.ole_file("Workbook", xls_records.book_with(book, cells))
    with sheet_rows.opened(cut_down) as workbook:
        rows = sheet_rows.rows_of(workbook.get_sheet_by_index(0), cells.faults, cells.merged)
    return Table(
        kind="xls",
        rows=bounded(rows, limits),
        sheet=chosen.name,
        other_sheets=tuple(sheet.name for sheet in others),
    )
