"""What sealing costs a register: customers inserted, a page of fifty, one found, each against readable rows.

    .venv/bin/python -m bench.vault                                100,000 customers, 15 rounds
    .venv/bin/python -m bench.vault --customers 10000 --only read

*sealed* is the customer as Tryggve keeps it: a key of its own and one sealed document of eight fields. *plain* is the
same model with the document replaced by eight readable columns, indexes on name, e-mail and telephone: same id, same
two times, so that the difference is what sealing costs. *bare* is the least that Django can do: the eight columns
with their indexes, a counted number for an id, no times. People come in no order of name, address or number.

Inserting goes by ``bulk_create``, 500 a transaction, each run in a process of its own on a new register in SQLite;
bytes count the database and the key store. Reading takes turns in one process that has searched before; what Tryggve
does is measured with and without the entry that each look leaves in the audit log. CPU time, children included.
Rotation, sealed files and the audit log have benches of their own: ``bench.vault_rotation``, ``bench.sealed_file``,
``bench.audit_log``.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from bench import measuring, vault_insert, vault_read

_KINDS = ("plain", "sealed", "bare")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=("insert", "read"))
    wanted = parser.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    if wanted.only != "read":
        report_inserts(wanted.customers, wanted.rounds)
    if wanted.only != "insert":
        with measuring.scratch() as home:
            words = str(home), str(wanted.customers), str(wanted.rounds)
            report_reads(measuring.in_own_process("vault", "read", *words))
    measuring.say(f"load after: {measuring.load()}")


def report_inserts(count: int, rounds: int) -> None:
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in _KINDS}
    for number in range(rounds):
        for kind in _KINDS if number % 2 == 0 else reversed(_KINDS):
            with measuring.scratch() as home:
                found[kind].append(measuring.in_own_process("vault", kind, str(home), str(count)))
    for name, unit in (("cpu", "microseconds a customer"), ("bytes", "bytes a customer")):
        scale = 1_000_000 if name == "cpu" else 1
        for kind, runs in found.items():
            middle = scale * statistics.median(run[name] for run in runs) / count
            ratios = [one[name] / plain[name] for one, plain in zip(runs, found["plain"], strict=True)]
            measuring.say(f"insert, {kind:6} {middle:7.1f} {unit}, to plain {measuring.spread(ratios)}")


def report_reads(found: dict[str, list[float]]) -> None:
    for name, base in vault_read.COMPARED.items():
        each = found[name]
        ratios = [one / other for one, other in zip(each, found[base], strict=True)]
        measuring.say(
            f"{name:34} {1000 * statistics.median(each):7.3f} ms, to {base}: {measuring.spread(ratios)}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, place, *counts = sys.argv[2:]
        folder, (customers, *rounds) = Path(place), map(int, counts)
        made: Any = (
            vault_read.read(folder, customers, *rounds)
            if kind == "read"
            else vault_insert.insert(kind, folder, customers)
        )
        measuring.say(json.dumps(made))
    else:
        main()
