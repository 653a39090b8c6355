"""What it costs to destroy customers whose waiting time is over, and whether that grows with how many there were.

    .venv/bin/python -m bench.erasure                               1, 100 and 1,000 customers, 15 pairs, SQLite
    .venv/bin/python -m bench.erasure --customers 1 100 --pairs 3

*destroyed* is the whole of the routine: each customer is looked for in lists that wait, the keys go and the ledger gets
its entries, every holding erases, the receipt's figures are kept. *next* is the same for as many again in the same
register, whose ledger is longer then: if what one customer costs grew with the ledger, its ratio to *destroyed* would
tell. *plain* deletes as many rows of the product's own table with Django, each in a transaction of its own.
*replayed* is what the start of the program does with the whole ledger when nobody has come back. Each run is a process
of its own on a new register; CPU seconds, without the start of Django and without the asking.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import measuring, vault_insert

ASKED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OVER = ASKED + timedelta(days=14)
KINDS = ("plain", "erased")


def one(kind: str, home: Path, count: int) -> dict[str, float]:
    """One run in this process: CPU seconds of each part, and the questions that the first asked."""
    measuring.begin_register(home)
    from tryggve.domains.customers.models import Customer  # noqa: PLC0415 - after Django is set up

    vault_insert.insert_sealed(vault_insert.people(2 * count))
    every = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    return (_plain if kind == "plain" else _erased)(every, count)


def _plain(every: list[Any], count: int) -> dict[str, float]:
    from tryggve.domains.customers.models import Customer  # noqa: PLC0415

    def work() -> None:
        for customer in every[:count]:
            Customer.objects.filter(pk=customer).delete()

    return {"plain": measuring.measured(work)["cpu"]}


def _erased(every: list[Any], count: int) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415

    from tryggve.domains.rights.services.destruction import destroying  # noqa: PLC0415

    asked = 0

    def counted(execute: Callable[..., Any], *question: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*question)

    def destroy() -> None:
        if destroying.destroy_due(at=OVER) != count:
            raise SystemExit("not all were destroyed")

    took = {}
    for part, some in (("destroyed", every[:count]), ("next", every[count:])):
        _ask(some)
        with connection.execute_wrapper(counted):
            took[part] = measuring.measured(destroy)["cpu"]
        took.setdefault("queries", asked)
    took["replayed"] = measuring.measured(lambda: destroying.replay_ledger(at=OVER))["cpu"]
    return took


def _ask(some: list[Any]) -> None:
    from tryggve.accounts.policy import EVERYBODY  # noqa: PLC0415
    from tryggve.domains.rights.models import Erasure  # noqa: PLC0415
    from tryggve.domains.rights.services.erasure import erasures  # noqa: PLC0415

    for customer in some:
        erasures.ask_erasure(
            customer=customer,
            ground=Erasure.Ground.REQUEST,
            actor="machine:bench",
            at=ASKED,
            reach=EVERYBODY,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--pairs", type=int, default=15)
    wanted = parser.parse_args()
    for count in wanted.customers:
        measuring.say(f"{count} customers, load before: {measuring.load()}")
        report(count, [pair(number, count) for number in range(wanted.pairs)])
    measuring.say(f"load after: {measuring.load()}")


def pair(number: int, count: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind in KINDS if number % 2 == 0 else reversed(KINDS):
        with measuring.scratch() as folder:
            found |= measuring.in_own_process("erasure", kind, str(folder), str(count))
    return found


def report(count: int, pairs: list[dict[str, float]]) -> None:
    for part in ("plain", "destroyed", "next"):
        each = [1000 * one[part] / count for one in pairs]
        measuring.say(f"{part:<9} CPU ms a customer {measuring.spread(each)}")
    replayed = [1000 * one["replayed"] for one in pairs]
    measuring.say(f"replayed  CPU ms {measuring.spread(replayed)}, {2 * count} erased before")
    measuring.say(f"queries   {pairs[0]['queries'] / count:.1f} a customer")
    measuring.say(
        f"next to destroyed, CPU {measuring.spread([one['next'] / one['destroyed'] for one in pairs])}"
    )
    ratio = statistics.median(one["destroyed"] / one["plain"] for one in pairs)
    measuring.say(f"destroyed to plain, CPU {ratio:.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, home, how_many = sys.argv[2:]
        measuring.say(json.dumps(one(kind, Path(home), int(how_many))))
    else:
        main()
