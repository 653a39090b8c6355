"""Write the six customer lists and, beside them, what must become of every line: run as a module."""

from pathlib import Path

from tryggve.domains.customers.tests.files import lists, workbook

FOLDER = Path(__file__).parent
LISTS = [*lists.texts(), "spreadsheet.xlsx"]


def files() -> dict[str, bytes]:
    """Every file by its path from this folder."""
    made: dict[str, bytes] = {}
    for name, (data, text_list) in lists.texts().items():
        made[name] = data
        made[f"expected/{name}.json"] = text_list.ledger.as_json().encode()
    made["spreadsheet.xlsx"], ledger = workbook.spreadsheet()
    made["expected/spreadsheet.xlsx.json"] = ledger.as_json().encode()
    return made


def content_of(name: str) -> bytes:
    """A file as it lies in this folder."""
    return (FOLDER / name).read_bytes()


def write() -> None:
    for name, data in files().items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    write()
