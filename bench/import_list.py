"""What bringing in a list costs: CPU seconds, as a ratio to reading the same file and inserting plain rows.

    .venv/bin/python -m bench.import_list                          10,000 rows, 15 pairs
    .venv/bin/python -m bench.import_list --rows 100000 --pairs 5
    .venv/bin/python -m bench.import_list --kind xlsx

Each run is a process of its own on a new register in SQLite; what is measured begins after the start of Django.
*plain* reads the file with ``csv`` or calamine and inserts its cells, readable, with Django's ``bulk_create``, 500
rows a transaction. *plan* is ``--dry-run``: read, understood and compared with nobody, nothing written. *import* is
the whole. *again* brings the same file in once more, which changes nothing.
"""

import argparse
import csv
import io
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import measuring

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KINDS = ("plain", "plan", "import", "again")
_ROWS_A_TRANSACTION = 500


def rows_of(file: Path) -> Iterator[list[str]]:
    """The cells of the file as the usual library gives them, without the headings."""
    if file.suffix == ".csv":
        rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline=""), delimiter=";")
        next(rows)
        yield from rows
    else:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415

        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
        for row in book.get_sheet_by_index(0).to_python()[1:]:
            yield [str(cell) for cell in row]


def plain(file: Path) -> Callable[[], None]:
    """Insert the cells as they are into a table of text columns."""
    from django.db import connection, models, transaction  # noqa: PLC0415 - after Django is set up

    columns = {f"cell_{number}": models.TextField() for number in range(len(measuring.HEADINGS))}
    options = type("Meta", (), {"app_label": "bench"})
    plain_row: Any = type("PlainRow", (models.Model,), {"__module__": __name__, "Meta": options, **columns})
    with connection.schema_editor() as editor:
        editor.create_model(plain_row)

    def work() -> None:
        rows = [plain_row(**dict(zip(columns, cells, strict=True))) for cells in rows_of(file)]
        for first in range(0, len(rows), _ROWS_A_TRANSACTION):
            with transaction.atomic():
                plain_row._default_manager.bulk_create(rows[first : first + _ROWS_A_TRANSACTION])

    return work


def plan(file: Path) -> Callable[[], None]:
    from tryggve.domains.customers.services import imports  # noqa: PLC0415

    def work() -> None:
        imports.trial(content=file.read_bytes(), source="", is_register_there=True, at=NOW)

    return work


def bring_in(file: Path) -> Callable[[], None]:
    from tryggve.domains.customers.services import imports  # noqa: PLC0415

    def work() -> None:
        imports.import_content(content=file.read_bytes(), source="", actor="system", at=NOW)

    return work


def one(kind: str, file: Path) -> dict[str, float]:
    """One run in this process, on a new register."""
    with measuring.scratch() as home:
        measuring.begin_register(home)
        if kind == "again":
            bring_in(file)()
        return measuring.measured({"plain": plain, "plan": plan}.get(kind, bring_in)(file))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--kind", choices=("csv", "xlsx"), default="csv")
    wanted = parser.parse_args()
    with measuring.scratch() as folder:
        file = folder / f"list.{wanted.kind}"
        measuring.write_list(file, wanted.rows)
        measuring.say(f"{wanted.rows} rows, {wanted.kind}, {file.stat().st_size / 1e6:.1f} MB")
        measuring.say(f"load before: {measuring.load()}")
        report(runs(file, pairs=wanted.pairs))
    measuring.say(f"load after: {measuring.load()}")


def runs(file: Path, *, pairs: int) -> dict[str, list[dict[str, float]]]:
    """Every kind as often as there are pairs, in turn; each second round goes backwards."""
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for number in range(pairs):
        for kind in KINDS if number % 2 == 0 else reversed(KINDS):
            found[kind].append(measuring.in_own_process("import_list", kind, str(file)))
    return found


def report(found: dict[str, list[dict[str, float]]]) -> None:
    """CPU seconds of each kind, and the ratio of each pair to its own *plain*."""
    for kind, each in found.items():
        cpu = [run["cpu"] for run in each]
        ratios = [run["cpu"] / base["cpu"] for run, base in zip(each, found["plain"], strict=True)]
        wall = statistics.median(run["wall"] for run in each)
        peak = max(run["peak"] for run in each)
        measuring.say(
            f"{kind:7} {len(each):3} runs  CPU s {measuring.spread(cpu)}  ratio {measuring.spread(ratios)}"
            f"  wall s {wall:.2f}  peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measuring.say(json.dumps(one(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
