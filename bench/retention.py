"""What it costs to find each night who is due to be erased, beside the same question in plain Django.

    .venv/bin/python -m bench.retention                             20,000 and 100,000 customers, 15 pairs, SQLite
    .venv/bin/python -m bench.retention --customers 2000 --pairs 3

A firm of craftsmen with the purposes that one chooses. Of its customers a tenth was last heard of eleven years ago; of
another tenth the card is as old and a note newer, so that they must be looked at and aren't due. *found* is the whole
of the nightly routine: who is old enough, notes and documents, what they agreed to and asked for, who is kept, what the
card says of how far they are (which is sealed, and opened), and those who are due written down. *again* is the next
night, which finds the same. *plain* is one row a customer with readable columns and an index on the day, joined with
its notes, and those who are due written down the same way; it knows one rule for everybody. Each run is a process of
its own on a copy of the same register; CPU seconds, without the start of Django.
"""

import argparse
import json
import shutil
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import measuring, vault_insert

KINDS = ("plain", "found", "again")
TONIGHT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LONG_AGO = TONIGHT - timedelta(days=11 * 365)
# The longest of the firm's rules, for what a guarantee needs; the plain question knows no other.
_KEPT_FOR = timedelta(days=10 * 365)
_AT_A_TIME = 500


def fill(home: Path, count: int) -> None:
    """A register and its plain twin, with the same people, days and notes."""
    measuring.begin_register(home)
    from tryggve.domains.customers.models import Customer, Note  # noqa: PLC0415 - after Django is set up
    from tryggve.domains.rights.services.purposes import purposes  # noqa: PLC0415
    from tryggve.domains.setup.models import Firm  # noqa: PLC0415

    Firm.objects.create(pk=1, name="Björkbacka Snickeri AB", country="SE", language="sv", claimed_at=LONG_AGO)
    purposes.choose_starters(
        firm_kind="craft", codes=_usual_of_craftsmen(), actor="machine:bench", at=LONG_AGO
    )
    vault_insert.insert_sealed(vault_insert.people(count))
    every = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    Customer.objects.update(created_at=TONIGHT, changed_at=TONIGHT)
    old, noted = every[::10], every[5::10]
    for some in _batches([*old, *noted]):
        Customer.objects.filter(pk__in=some).update(created_at=LONG_AGO, changed_at=LONG_AGO)
    for some in _batches(noted):
        Note.objects.bulk_create(
            Note(customer_id=one, text_sealed=b"", written_by="machine:bench", written_at=TONIGHT)
            for one in some
        )
    plain, plain_note, plain_due = _plain_models()
    _create(plain, plain_note, plain_due)
    aged = {*old, *noted}
    for some in _batches(every):
        plain._default_manager.bulk_create(
            plain(id=one, name=str(one), changed_at=LONG_AGO if one in aged else TONIGHT) for one in some
        )
    for some in _batches(noted):
        plain_note._default_manager.bulk_create(
            plain_note(customer_id=one, written_at=TONIGHT) for one in some
        )


def one(kind: str, home: Path) -> dict[str, float]:
    """One run in this process: CPU seconds, the process's peak in megabytes, questions, and how many are due."""
    measuring.begin_register(home)
    work = _plain() if kind == "plain" else _ours()
    if kind == "again":
        work()
    queries, due = _Counter(), []
    with _counting(queries):
        found = measuring.measured(lambda: due.append(work()))
    return {"cpu": found["cpu"], "peak": found["peak"], "queries": queries.count, "due": due[0]}


class _Counter:
    """How many questions a database was asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *question: Any) -> Any:
        self.count += 1
        return execute(*question)


def _counting(counter: _Counter) -> Any:
    from django.db import connection  # noqa: PLC0415

    return connection.execute_wrapper(counter)


def _ours() -> Callable[[], int]:
    from tryggve.domains.rights.services.retention import finding_due  # noqa: PLC0415

    return lambda: finding_due.find_due(at=TONIGHT)


def _plain() -> Callable[[], int]:
    from django.db import transaction  # noqa: PLC0415
    from django.db.models import Exists, OuterRef  # noqa: PLC0415

    plain, plain_note, plain_due = _plain_models()
    last_day = TONIGHT - _KEPT_FOR

    def work() -> int:
        newer = plain_note._default_manager.filter(customer=OuterRef("pk"), written_at__gte=last_day)
        rows = plain._default_manager.filter(~Exists(newer), changed_at__lt=last_day)
        due = rows.values_list("pk", "changed_at")
        with transaction.atomic():
            made = plain_due._default_manager.bulk_create(
                [plain_due(customer_ref=pk, counted_from=day) for pk, day in due],
                update_conflicts=True,
                unique_fields=["customer_ref"],
                update_fields=["counted_from"],
                batch_size=_AT_A_TIME,
            )
        return len(made)

    return work


def _usual_of_craftsmen() -> list[str]:
    from tryggve.domains.rights.engine.starter import starter_set  # noqa: PLC0415

    return [one.code for one in starter_set("craft", country="SE")]


_made: list[tuple[Any, Any, Any]] = []


def _plain_models() -> tuple[Any, Any, Any]:
    from django.db import models  # noqa: PLC0415

    if not _made:
        own = {"id": models.UUIDField(primary_key=True), "name": models.TextField()}
        plain = _model("PlainPerson", own | {"changed_at": models.DateTimeField(db_index=True)})
        leads = models.ForeignKey(plain, on_delete=models.CASCADE, related_name="+")
        note = _model("PlainNote", {"customer": leads, "written_at": models.DateTimeField()})
        due = _model(
            "PlainDue",
            {"customer_ref": models.UUIDField(primary_key=True), "counted_from": models.DateTimeField()},
        )
        _made.append((plain, note, due))
    return _made[0]


def _model(name: str, columns: dict[str, Any]) -> Any:
    from django.db import models  # noqa: PLC0415

    options = type("Meta", (), {"app_label": "bench"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": options, **columns})


def _create(*models: Any) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)


def _batches(some: list[Any]) -> list[list[Any]]:
    return [some[first : first + _AT_A_TIME] for first in range(0, len(some), _AT_A_TIME)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--pairs", type=int, default=15)
    wanted = parser.parse_args()
    for count in wanted.customers:
        with measuring.scratch() as folder:
            measuring.in_own_process("retention", "fill", str(folder / "filled"), str(count))
            measuring.say(f"{count} customers, load before: {measuring.load()}")
            report([pair(folder, number) for number in range(wanted.pairs)])
            measuring.say(f"load after: {measuring.load()}")


def pair(folder: Path, number: int) -> dict[str, dict[str, float]]:
    """Each kind of run on a copy of its own, the first in turn."""
    found = {}
    for kind in KINDS if number % 2 == 0 else reversed(KINDS):
        home = folder / kind
        shutil.copytree(folder / "filled", home)
        found[kind] = measuring.in_own_process("retention", kind, str(home))
        shutil.rmtree(home)
    return found


def report(pairs: list[dict[str, dict[str, float]]]) -> None:
    for kind in KINDS:
        some = [one[kind] for one in pairs]
        measuring.say(
            f"{kind:<6} due {some[0]['due']:.0f}, CPU s {measuring.spread([one['cpu'] for one in some])}, "
            f"peak MB {statistics.median(one['peak'] for one in some):.1f}, queries {some[0]['queries']:.0f}"
        )
    for kind in KINDS[1:]:
        ratios = [one[kind]["cpu"] / one["plain"]["cpu"] for one in pairs]
        measuring.say(f"{kind:<6} to plain, CPU {measuring.spread(ratios)}")


if __name__ == "__main__":
    if sys.argv[1:3] == ["--one", "fill"]:
        fill(Path(sys.argv[3]), int(sys.argv[4]))
        measuring.say(json.dumps({}))
    elif sys.argv[1:2] == ["--one"]:
        measuring.say(json.dumps(one(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
