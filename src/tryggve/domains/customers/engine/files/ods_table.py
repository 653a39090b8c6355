from dataclasses import replace

from tryggve.domains.customers.engine.files.ods_sheets import OdsReader
from tryggve.domains.customers.engine.files.sheet_rows import with_merged
from tryggve.domains.customers.engine.files.zip_parts import ZipParts
from tryggve.domains.customers.engine.table import Limits, Table, UnreadableFile, bounded, without_empty_end

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"


def read(data: bytes, limits: Limits) -> Table:
    """The first sheet of an OpenDocument file that people see and that holds anything; raises UnreadableFile."""
    parts = ZipParts(data, limits)
    if not parts.read("mimetype").startswith(_SPREADSHEET):
        raise UnreadableFile("no_table")
    if _MANIFEST in parts and b"encryption-data" in parts.read(_MANIFEST):
        raise UnreadableFile("password_protected")
    reader = OdsReader(limits)
    reader.read(parts.read("content.xml"))
    filled = sorted((sheet for sheet in reader.sheets if sheet.is_filled), key=lambda sheet: sheet.is_hidden)
    if not filled:
        raise UnreadableFile("no_table")
    chosen, *others = filled
    rows = [replace(row, cells=without_empty_end(list(row.cells))) for row in chosen.rows]
    return Table(
        kind="ods",
        rows=bounded(with_merged(rows, chosen.merged), limits),
        sheet=chosen.name,
        other_sheets=tuple(sheet.name for sheet in others),
    )
