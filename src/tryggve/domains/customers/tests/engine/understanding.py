import csv
import io

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.rows.understood import Understood, understand
from tryggve.domains.customers.engine.table import Row, Table
from tryggve.domains.customers.engine.values.phones import Country


def read(text: str, country: Country = "SE") -> Understood:
    """A list as the program understands it, from the text of its file."""
    return understand(read_table(io.BytesIO(text.encode())), country)


def customers(understood: Understood) -> list[Details]:
    return [line.details for _cells, line in understood.lines if isinstance(line, Draft)]


def fates(understood: Understood) -> list[tuple[int, str]]:
    """Line and fate of each row: the title of a customer, or why there is none."""
    return [
        (line.line, line.details.title if isinstance(line, Draft) else line.reason)
        for _cells, line in understood.lines
    ]


def fields(understood: Understood) -> list[str | None]:
    return [column.field for column in understood.columns]


def table(*rows: tuple[str, ...]) -> Table:
    return Table(kind="csv", rows=[Row(line, cells) for line, cells in enumerate(rows, start=1)])


def export_of(headings: str, rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """The file with those headings (a line break or a delimiter between them), each row by its filled cells."""
    names = [name for line in headings.strip().split("\n") for name in line.strip().split("|")]
    for row in rows:
        assert set(row) <= set(names)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
