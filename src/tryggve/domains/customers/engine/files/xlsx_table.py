import python_calamine

from tryggve.domains.customers.engine.files import sheet_rows, xlsx_sheets
from tryggve.domains.customers.engine.files.zip_parts import ZipParts
from tryggve.domains.customers.engine.table import Limits, Table, UnreadableFile, bounded, refuse_vast_area


def read(data: bytes, limits: Limits) -> Table:
    """The first sheet of a workbook that people see and that holds anything; raises UnreadableFile."""
    parts = ZipParts(data, limits)
    parts.verify()
    with sheet_rows.opened(data) as workbook:
        return _read(workbook, parts, limits)


def _read(workbook: python_calamine.CalamineWorkbook, parts: ZipParts, limits: Limits) -> Table:
    sheets, places = workbook.sheets_metadata, xlsx_sheets.sheet_parts(parts)
    if len(sheets) != len(places):
        raise UnreadableFile("damaged")
    filled = [
        (sheet, place)
        for sheet, place in zip(sheets, places, strict=True)
        if place in parts and xlsx_sheets.has_cells(parts.read(place))
    ]
    if not filled:
        raise UnreadableFile("no_table")
    filled.sort(key=lambda one: one[0].visible != python_calamine.SheetVisibleEnum.Visible)
    chosen, place = filled[0]
    xml = parts.read(place)
    refuse_vast_area(*xlsx_sheets.extent(xml), limits)
    sheet = workbook.get_sheet_by_name(chosen.name)
    rows = sheet_rows.rows_of(sheet, xlsx_sheets.faulty_cells(xml), xlsx_sheets.merged_cells(xml))
    others = tuple(other.name for other, _place in filled[1:])
    return Table(kind="xlsx", rows=bounded(rows, limits), sheet=chosen.name, other_sheets=others)
