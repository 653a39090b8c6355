"""What the audit log costs: an entry against a plain row, and verifying a log of a million entries.

    .venv/bin/python -m bench.audit_log                            15 pairs, 1,000,000 entries
    .venv/bin/python -m bench.audit_log --entries 100000 --checkpoints 50

*append* writes entries in a transaction, *plain* inserts rows of eight fields with Django's ``objects.create()`` in
one; the two take turns in one process on a new register in SQLite, so that each pair has the same moment. *verify*
holds every row, tile, bundle and checkpoint of a log against each other, in a process of its own; making that log
isn't measured. CPU time, children included.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import measuring

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_ROWS = 2_000
_AT_A_TIME = 50_000


def plain_rows() -> Callable[[], None]:
    """Insert rows of eight text fields, as any Django program would."""
    from django.db import connection, models  # noqa: PLC0415 - after Django is set up

    columns = {f"cell_{number}": models.TextField() for number in range(len(measuring.HEADINGS))}
    options = type("Meta", (), {"app_label": "bench"})
    plain_row: Any = type("PlainRow", (models.Model,), {"__module__": __name__, "Meta": options, **columns})
    with connection.schema_editor() as editor:
        editor.create_model(plain_row)
    rows = [dict(zip(columns, cells, strict=True)) for cells in measuring.customers(_ROWS)]

    def work() -> None:
        for row in rows:
            plain_row._default_manager.create(**row)

    return work


def entries() -> Callable[[], None]:
    """Record deeds with one fact and a subject."""
    from tryggve.audit import actors, services  # noqa: PLC0415
    from tryggve.domains.customers import actions  # noqa: PLC0415

    anna, looked_at = actors.user(uuid4()), [uuid4() for _row in range(_ROWS)]

    def work() -> None:
        for customer in looked_at:
            services.record(actions.VIEWED, actor=anna, at=NOW, subject=customer, page="card")

    return work


def append(home: Path, pairs: int) -> dict[str, list[float]]:
    """CPU seconds of each run of both kinds, in turn; each second round goes backwards."""
    measuring.begin_register(home)
    from django.db import transaction  # noqa: PLC0415

    works = {"plain": plain_rows(), "append": entries()}
    found: dict[str, list[float]] = {kind: [] for kind in works}
    for number in range(pairs + 1):
        for kind in works if number % 2 == 0 else reversed(works):
            with transaction.atomic():
                cpu = measuring.measured(works[kind])["cpu"]
            if number:  # the first round warms up
                found[kind].append(cpu)
    return found


def fill(home: Path, count: int, checkpoints: int) -> dict[str, float]:
    """Make a log of that many entries, sequenced and signed now and then."""
    measuring.begin_register(home)
    from django.db import connection, transaction  # noqa: PLC0415

    from tryggve.audit import checkpoints as signing  # noqa: PLC0415

    steps = max(checkpoints, -(-count // _AT_A_TIME))
    for step in range(steps):
        rows = count * (step + 1) // steps - count * step // steps
        values = [("2026-03-02 08:00:00.123456", "customers.viewed", f"user:{uuid4()}", uuid4().hex)] * rows
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO audit_entry (recorded_at, action, actor, subject, facts)"
                """ VALUES (%s, %s, %s, %s, '{"page":"card"}')""",
                values,
            )
        signing.sign(now=NOW + timedelta(minutes=step))
    return {"entries": count}


def verify(home: Path) -> dict[str, float]:
    measuring.begin_register(home)
    from tryggve.audit import verification  # noqa: PLC0415

    before = measuring.peak_megabytes()
    told: list[Any] = []
    spent = measuring.measured(lambda: told.append(verification.verify(now=NOW + timedelta(days=1))))
    if not told[0].ok:
        raise SystemExit(str(told[0].as_json()))
    return spent | {"entries": told[0].entries, "peak_before": before}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--checkpoints", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=15)
    wanted = parser.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        report_append(measuring.in_own_process("audit_log", "append", str(home), str(wanted.pairs)))
    with measuring.scratch() as home:
        began = time.perf_counter()
        measuring.in_own_process("audit_log", "fill", str(home), str(wanted.entries), str(wanted.checkpoints))
        measuring.say(f"log made in {time.perf_counter() - began:.0f} s")
        for _run in range(3):
            report_verify(measuring.in_own_process("audit_log", "verify", str(home)))
    measuring.say(f"load after: {measuring.load()}")


def report_append(found: dict[str, list[float]]) -> None:
    each = [1e6 / _ROWS * one for one in found["append"]]
    ratios = [one / base for one, base in zip(found["append"], found["plain"], strict=True)]
    measuring.say(
        f"append  {len(each):3} pairs  CPU µs {measuring.spread(each)}  ratio {measuring.spread(ratios)}"
    )


def report_verify(found: dict[str, float]) -> None:
    rate = found["entries"] / found["cpu"]
    measuring.say(
        f"verify  {found['entries']:.0f} entries  CPU s {found['cpu']:.2f}  per CPU second {rate:,.0f}"
        f"  wall s {found['wall']:.2f}  peak {found['peak']:.0f} MB ({found['peak_before']:.0f} MB before)"
    )


def one(kind: str, home: Path, *words: str) -> Any:
    """One piece of the work in this process."""
    numbers = [int(word) for word in words]
    if kind == "append":
        return append(home, *numbers)
    return fill(home, *numbers) if kind == "fill" else verify(home)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measuring.say(json.dumps(one(sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])))
    else:
        main()
