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


def typed(customers: int, searches: int) -> Iterator[tuple[str, str]]:
    """What people type, and what kind of thing that is."""
    dice = random.Random(7)  # noqa: S311 - the same questions each time
    people = list(measuring.customers(customers))
    for number in range(searches):
        name, email, phone, *_ = dice.choice(people)
        given, family = name.split()
        ways = {
            "beginning of a name": name[: dice.randrange(1, len(name))],
            "whole name": name,
            "family name": family,
            "beginning of an e-mail": email[: dice.randrange(3, 11)],
            "end of a number": phone[-6:],
            "number without spaces": phone.replace(" ", "").replace("-", ""),
            "name and end of number": f"{given} {phone[-5:]}",
            "nobody": name[:4] + "zzq",
        }
        yield list(ways.items())[number % len(ways)]


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
    from tryggve.accounts.policy import EVERYBODY  # noqa: PLC0415
    from tryggve.domains.customers import selectors  # noqa: PLC0415
    from tryggve.domains.customers.register_index import register_index  # noqa: PLC0415

    def build() -> None:
        with register_index.fresh() as index:
            if len(index) != customers:
                raise SystemExit(f"the register holds {len(index)} customers, not {customers}")

    before = measuring.resident_megabytes()
    building = measuring.measured(build)
    held = measuring.resident_megabytes() - before
    found = []
    for way, text in typed(customers, searches):
        started = time.process_time()
        with register_index.fresh() as index:
            index.find(text, limit=_LIMIT)
        between = time.process_time()
        selectors.customers_matching(reach=EVERYBODY, text=text, actor="system", at=NOW, limit=_LIMIT)
        found.append((way, between - started, time.process_time() - between))
    return {"building": building, "held": held, "found": found}


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
    for place, kind in ((1, "index"), (2, "answer")):
        tell(f"{kind}, all", [one[place] for one in found["found"]])
    for way in dict.fromkeys(one[0] for one in found["found"]):
        tell(f"index, {way}", [one[1] for one in found["found"] if one[0] == way])


def tell(kind: str, seconds: list[float]) -> None:
    """One line: how long that kind of search took, in milliseconds of CPU."""
    each = [1000 * one for one in seconds]
    p50, p95, p99 = (measuring.quantile(each, percent) for percent in (50, 95, 99))
    measuring.say(
        f"{kind:30} {len(each):5} searches: p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f}  slowest {max(each):6.1f} ms"
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
