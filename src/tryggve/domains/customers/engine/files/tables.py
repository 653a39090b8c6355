from collections.abc import Callable
from typing import BinaryIO

from tryggve.domains.customers.engine.files import (
    csv_table,
    ods_table,
    signatures,
    vcard_table,
    xls_table,
    xlsx_table,
)
from tryggve.domains.customers.engine.table import Limits, Table, UnreadableFile

Reader = Callable[[bytes, Limits], Table]

# A new format is a file of its own with a ``read``, a signature, and a line here.
_READERS: dict[str, Reader] = {
    "text": csv_table.read,
    "xlsx": xlsx_table.read,
    "xls": xls_table.read,
    "ods": ods_table.read,
    "vcard": vcard_table.read,
}
_USUAL = Limits()


def read_table(stream: BinaryIO, limits: Limits = _USUAL) -> Table:
    """The table in a file, recognised by what it holds and never by its name; raises UnreadableFile only."""
    data = stream.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise UnreadableFile("too_large", limit=limits.bytes)
    if not data.strip(b" \t\r\n"):
        raise UnreadableFile("empty")
    format_ = signatures.format_of(data)
    if format_ not in _READERS:
        raise UnreadableFile(format_)
    return _READERS[format_](data, limits)
