import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits, Part
from tryggve.domains.datamap.tests.engine.reading_files import everything, packed, parts, places, reasons

NUMBER = "811218-9876"
BINARY = bytes(range(256))


def database(*statements: str, rows: tuple[tuple[object, ...], ...] = ()) -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        for statement in statements:
            made.execute(statement)
        if rows:
            made.executemany(f"INSERT INTO kunder VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
        made.commit()
        return made.serialize()


def customers(*rows: tuple[object, ...]) -> bytes:
    return database("CREATE TABLE kunder (namn, nummer, bild)", rows=rows)


def test_rows_are_told_by_their_table_and_their_number() -> None:
    content = customers(("Anna", NUMBER, None), ("Bo", "811218-9875", None))
    [table] = parts(content, "a.db")
    assert (table.inside, table.is_table, table.heading) == (("kunder",), True, b"namn\tnummer\tbild")
    assert table.content == f"Anna\t{NUMBER}\t\nBo\t811218-9875\t".encode()
    assert [where for _part, where in places([table], "811218-9875")] == [{"row": 2}]


def test_values_of_every_kind_are_read_and_none_breaks_a_row() -> None:
    content = customers(
        (1, 2.5, b"text"), ("a\tb\r\nc\x85d\u2028e", "x\x1ey\x1fz", None), ("Å\u00ad\u2011", "", None)
    )
    [table] = parts(content, "a.db")
    assert table.content.decode().split("\n") == ["1\t2.5\ttext", "a b  c d e\tx y\tz\t", "Å-\t\t"]


def test_many_rows_come_piece_by_piece_and_are_counted_on() -> None:
    content = customers(*((f"Person {number}", number, None) for number in range(1, 10_001)))
    found = parts(content, "a.db")
    assert len(found) > 1
    for number in (1, 4097, 10_000):
        assert [where for _part, where in places(found, f"Person {number}\t")] == [{"row": number}]


def test_tables_with_odd_names_and_without_row_ids_are_read() -> None:
    content = database(
        'CREATE TABLE "a""b; DROP" ("c d" PRIMARY KEY) WITHOUT ROWID',
        'INSERT INTO "a""b; DROP" VALUES (\'811218-9876\')',
    )
    assert [(part.inside, part.content) for part in parts(content, "a.db")] == [
        (('a"b; DROP',), NUMBER.encode())
    ]


def test_a_database_that_keeps_a_log_beside_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE kunder (nummer)")
        made.execute("INSERT INTO kunder VALUES (?)", (NUMBER,))
        made.commit()
    content = file.read_bytes()
    assert content[18:20] == b"\2\2"
    assert [part.content for part in parts(content, "a.db")] == [NUMBER.encode()]


def test_what_a_full_text_search_holds_is_read_once() -> None:
    content = database(
        "CREATE VIRTUAL TABLE sok USING fts5(ord)", "INSERT INTO sok VALUES ('Anna 811218-9876')"
    )
    found = [one for one in everything(content, "a.db") if isinstance(one, Part)]
    assert [part.inside for part, _where in places(found, f"Anna {NUMBER}")] == [("sok_content",)]


def test_no_code_of_the_schema_is_run() -> None:
    content = database(
        "CREATE TABLE kunder (a, b AS (hex(zeroblob(10000000))), c AS (upper(a)) STORED)",
        "CREATE VIEW alla AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "CREATE INDEX langsam ON kunder (a) WHERE length(a) > 3",
        "INSERT INTO kunder (a) VALUES ('Anna')",
    )
    assert [(part.inside, part.content) for part in parts(content, "a.db")] == [(("kunder",), b"Anna")]


def test_a_table_whose_rows_are_made_by_code_is_refused() -> None:
    """A schema changed by hand, as sqlite3 itself would not let it be written."""
    content = database("CREATE TABLE kunder (a)", "INSERT INTO kunder VALUES ('Anna')")
    view = content.replace(b"CREATE TABLE kunder (a)", b"CREATE VIEW k AS SELECT")
    assert reasons(view, "a.db") == ["damaged"]


def test_files_in_a_table_are_read_by_their_own_readers() -> None:
    content = customers(("Anna", 1, packed({"a.txt": NUMBER})))
    assert [part.inside for part in parts(content, "a.db")] == [("kunder",), ("kunder/1/bild", "a.txt")]


def test_what_no_reader_knows_is_told_once_for_its_table() -> None:
    content = customers(("Anna", 1, BINARY), ("Bo", 2, BINARY), ("Siv", 3, b"\xff\0"))
    assert [one for one in everything(content, "a.db") if isinstance(one, NotScanned)] == [
        NotScanned(("kunder",), "partly")
    ]


def test_a_value_that_would_fill_the_memory_is_told_and_other_tables_read() -> None:
    content = database(
        "CREATE TABLE kunder (a)",
        "INSERT INTO kunder VALUES (zeroblob(17000000))",
        "CREATE TABLE andra (b)",
        "INSERT INTO andra VALUES ('Anna')",
    )
    told, read = everything(content, "a.db")
    assert told == NotScanned(("kunder",), "too-large")
    assert isinstance(read, Part)


def test_a_database_too_large_to_be_held_is_told() -> None:
    assert reasons(customers(("Anna", 1, None)), "a.db", Limits(held_bytes=1000)) == ["too-large"]


@pytest.mark.parametrize("keep", [100, 5000])
def test_a_database_that_ends_early_is_damaged(keep: int) -> None:
    assert "damaged" in reasons(customers(*(("Anna", number, None) for number in range(3000)))[:keep], "a.db")


def test_a_database_without_tables_holds_nothing() -> None:
    assert everything(database("CREATE TABLE kunder (a)"), "a.db") == []


@given(st.data())
def test_no_change_of_a_database_stops_the_reader(data: st.DataObject) -> None:
    changed = bytearray(WHOLE)
    for _change in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.one_of(st.integers(0, 200), st.integers(0, len(changed) - 1)))
        changed[place] = data.draw(st.integers(0, 255))
    everything(bytes(changed), "a.db", Limits(parts=1000))


WHOLE = database(
    "CREATE TABLE kunder (namn, nummer INTEGER PRIMARY KEY, bild)",
    "CREATE INDEX namn ON kunder (namn)",
    rows=tuple(("Anna" * 9, number, None) for number in range(300)),
)
