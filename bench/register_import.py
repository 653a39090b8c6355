"""What it costs to bring in a large list, and how long a card takes to open meanwhile.

    .venv/bin/python -m bench.register_import                                100,000 rows of XLSX, 15 pairs, SQLite
    .venv/bin/python -m bench.register_import --database postgresql --pairs 5

Each run is a process of its own on a new register. *plain* reads the file with calamine and inserts its cells,
readable, with Django's ``bulk_create``; *import* is the whole; bar: 2 × plain in CPU seconds. Then one process imports
while another opens one card after the other, as a page does: wall milliseconds, beside those of as many cards without
an import. Bar: p95 of 250 ms, and no «database is locked».
"""

import argparse
import contextlib
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import import_list, measuring

_BAR_RATIO = 2.0
_BAR_MILLISECONDS = 250.0
_KNOWN = 2000
_PAUSE_SECONDS = 0.01


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of a new database for one run; empty for SQLite."""
    if kind == "sqlite":
        yield ""
        return
    from tests import postgres  # noqa: PLC0415 - only who asks for it needs one

    cluster = postgres.Cluster()
    cluster.start()
    try:
        yield postgres.address(cluster.folder, "postgres")
    finally:
        cluster.stop()


def one(kind: str, file: Path, home: Path) -> dict[str, float]:
    """One run in this process."""
    measuring.begin_register(home)
    work = {"plain": import_list.plain, "import": import_list.bring_in}[kind](file)
    return measuring.measured(work)


def cards(home: Path, seconds: float) -> dict[str, Any]:
    """Open cards for so long; the milliseconds of each, and how many failed."""
    measuring.begin_register(home)
    from django.db import OperationalError  # noqa: PLC0415

    from tryggve.accounts.policy import EVERYBODY  # noqa: PLC0415
    from tryggve.domains.customers.models import Customer  # noqa: PLC0415
    from tryggve.domains.customers.selectors import register  # noqa: PLC0415

    ids = list(Customer.objects.in_force().values_list("pk", flat=True)[:_KNOWN])
    dice, took, failed = random.Random(1), list[float](), 0  # noqa: S311 - no secrets
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        try:
            register.customer_card(
                customer=dice.choice(ids), actor="system", at=datetime.now(UTC), reach=EVERYBODY
            )
        except OperationalError:
            failed += 1
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(_PAUSE_SECONDS)
    return {"took": took, "failed": failed}


def meanwhile(home: Path, file: Path, known: Path) -> dict[str, Any]:
    """Cards without an import, then with one beside them."""
    measuring.in_own_process("register_import", "import", str(known), str(home))
    alone = measuring.in_own_process("register_import", "cards", str(home), "10")
    importing = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.register_import", "--one", "import", str(file), str(home)],
        cwd=measuring.ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    rounds = []
    while importing.poll() is None:
        rounds.append(measuring.in_own_process("register_import", "cards", str(home), "3"))
    if importing.returncode:
        raise SystemExit("the import failed")
    took = [each for one in rounds[:-1] for each in one["took"]]
    return {"alone": alone["took"], "beside": took, "failed": sum(one["failed"] for one in rounds)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = parser.parse_args()
    with measuring.scratch() as folder:
        file, known = folder / "list.xlsx", folder / "known.csv"
        measuring.write_list(file, wanted.rows)
        measuring.write_list(known, _KNOWN)
        measuring.say(f"{wanted.rows} rows, xlsx, {wanted.database}, {file.stat().st_size / 1e6:.1f} MB")
        measuring.say(f"load before: {measuring.load()}")
        report_ratio([pair(file, folder / str(number), wanted.database) for number in range(wanted.pairs)])
        with database(wanted.database) as address:
            report_cards(meanwhile(_home(folder / "cards", address), file, known))
    measuring.say(f"load after: {measuring.load()}")


def pair(file: Path, folder: Path, kind: str) -> dict[str, dict[str, float]]:
    """Both kinds of run, each on a database of its own."""
    found = {}
    for run in random.sample(("plain", "import"), 2):
        with database(kind) as address:
            home = _home(folder / run, address)
            found[run] = measuring.in_own_process("register_import", run, str(file), str(home))
    return found


def report_ratio(pairs: list[dict[str, dict[str, float]]]) -> None:
    for kind in ("plain", "import"):
        measuring.say(f"{kind:<8} CPU s {measuring.spread([one[kind]['cpu'] for one in pairs])}")
    ratios = [one["import"]["cpu"] / one["plain"]["cpu"] for one in pairs]
    verdict = "met" if statistics.median(ratios) <= _BAR_RATIO else "missed"
    measuring.say(f"ratio {measuring.spread(ratios)}, bar {_BAR_RATIO}: {verdict}")


def report_cards(found: dict[str, Any]) -> None:
    for kind in ("alone", "beside"):
        each = found[kind]
        measuring.say(
            f"card, {kind:<7} {len(each)} opened, ms p50 {measuring.quantile(each, 50):.1f} "
            f"p95 {measuring.quantile(each, 95):.1f} most {max(each):.1f}"
        )
    is_met = measuring.quantile(found["beside"], 95) <= _BAR_MILLISECONDS and not found["failed"]
    measuring.say(
        f"failed {found['failed']}, bar {_BAR_MILLISECONDS:.0f} ms: {'met' if is_met else 'missed'}"
    )


def _home(folder: Path, address: str) -> Path:
    if address:
        (folder / "config").mkdir(mode=0o700, parents=True)
        (folder / "config" / "database-url").write_text(address)
    return folder


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, *rest = sys.argv[2:]
        answer = (
            cards(Path(rest[0]), float(rest[1]))
            if kind == "cards"
            else one(kind, Path(rest[0]), Path(rest[1]))
        )
        measuring.say(json.dumps(answer))
    else:
        main()
