"""SQLite files. A place in them has no name of its own."""

import sqlite3
from collections.abc import Sequence

from bench.mess.values import Made, Planted, Table, values_of


def sqlite(tables: Sequence[Table]) -> Made:
    """Every column is text."""
    with sqlite3.connect(":memory:") as connection:
        for number, table in enumerate(tables, 1):
            columns = ", ".join(f'"{heading}" TEXT' for heading in table.headings)
            marks = ", ".join("?" * len(table.headings))
            connection.execute(f"CREATE TABLE kunder{number} ({columns})")
            rows = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]
            connection.executemany(f"INSERT INTO kunder{number} VALUES ({marks})", rows)  # noqa: S608 - own names
        connection.commit()
        content = connection.serialize()
    connection.close()
    planted = [Planted(value, {}) for table in tables for row in table.rows for value in values_of(row)]
    return content, planted
