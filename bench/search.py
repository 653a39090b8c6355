"""What searching costs: the index of a whole register, and the time from a typed letter to the answer.

    .venv/bin/python -m bench.search                               100,000 customers, 2,000 searches

A process of its own makes the register (not measured), another one searches it, as a server's would: it opens every
customer and lays out its index at the first question, then answers what people type, letter by letter. *index* is
the search in memory alone; *answer* is all of ``customers find``'s work: it also opens the fifty customers that are
shown and writes the search into the audit log. CPU time, so that waiting for the disk doesn't count.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import measuring

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_LIMIT = 50


def typed(customers: int, searches: int) -> Iterator[str]:
    """What people type: beginnings of names, whole names, parts of numbers and addresses, and what isn't there."""
    dice = random.Random(7)  # noqa: S311 - the same questions each time
    people = list(measuring.customers(customers))
    for number in range(searches):
        name, email, phone, *_ = dice.choice(people)
        ways = (
            name[: dice.randrange(1, len(name))],
            name,
            name.split()[1],
            email[: dice.randrange(3, 11)],
            phone[-6:],
            phone.replace(" ", "").replace("-", ""),
            name.split()[0] + " " + phone[-5:],
            name[:4] + "zzq",
        )
        yield ways[number % len(ways)]


def fill(home: Path, customers: int) -> dict[str, float]:
    """Make a register of that many customers."""
    file = home / "list.csv"
    measuring.write_list(file, customers)
    measuring.begin_register(home)
    from tryggve.domains.customers.services import imports  # noqa: PLC0415

    imports.import_content(content=file.read_bytes(), source="", actor="system", at=NOW)
    return {"made": customers}


def search(home: Path, customers: int, searches: int) -> dict[str, Any]:
    """Build the index, then ask; CPU seconds and memory in MB."""
    measuring.begin_register(home)
    from tryggve.domains.customers import selectors  # noqa: PLC0415
    from tryggve.domains.customers.register_index import register_index  # noqa: PLC0415

    def build() -> None:
        with register_index.fresh() as index:
            if len(index) != customers:
                raise SystemExit(f"the register holds {len(index)} customers, not {customers}")

    before = measuring.resident_megabytes()
    building = measuring.measured(build)
    held = measuring.resident_megabytes() - before
    alone, whole = [], []
    for text in typed(customers, searches):
        started = time.process_time()
        with register_index.fresh() as index:
            index.find(text, limit=_LIMIT)
        alone.append(time.process_time() - started)
        started = time.process_time()
        selectors.customers_matching(text=text, actor="system", at=NOW, limit=_LIMIT)
        whole.append(time.process_time() - started)
    return {"building": building, "held": held, "index": alone, "answer": whole}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=2_000)
    wanted = parser.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        words = str(home), str(wanted.customers), str(wanted.searches)
        measuring.in_own_process("search", "fill", *words)
        report(measuring.in_own_process("search", "search", *words))
    measuring.say(f"load after: {measuring.load()}")


def report(found: dict[str, Any]) -> None:
    building = found["building"]
    measuring.say(
        f"index built in {building['cpu']:.1f} CPU s ({building['wall']:.1f} s of wall), then holds"
        f" {found['held']:.0f} MB; peak of the process {building['peak']:.0f} MB"
    )
    for kind in ("index", "answer"):
        milliseconds = [1000 * seconds for seconds in found[kind]]
        p50, p95, p99 = (measuring.quantile(milliseconds, percent) for percent in (50, 95, 99))
        measuring.say(
            f"{kind:7} {len(milliseconds)} searches: p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms,"
            f" slowest {max(milliseconds):.1f} ms (CPU)"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, home, customers, searches = sys.argv[2:6]
        made = (
            fill(Path(home), int(customers))
            if kind == "fill"
            else search(Path(home), int(customers), int(searches))
        )
        measuring.say(json.dumps(made))
    else:
        main()
