"""What rotating the keys of a whole register costs, and how long those who read meanwhile wait.

    .venv/bin/python -m bench.vault_rotation                       100,000 keys, 15 rotations

A process of its own makes the keys (not measured), another one rotates them again and again. Beside it a reader asks
for the keys of fifty customers all the time, as a page of the list does; what it waited longest is told for the time
with rotations and, as a measure of the machine's own noise, for as long a time without. Bars: 3 CPU seconds for a
rotation (the median), no reader blocked over 0.2 s. A reader waits at least as long as a commit, and a commit as long
as the disk: where commits alone take longer than the bar, it can't be decided.
"""

import argparse
import itertools
import json
import random
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from bench import measuring

_PAGE = 50
_BAR_CPU_SECONDS = 3.0
_BAR_BLOCKED_SECONDS = 0.2
_PAUSE_SECONDS = 0.002

T = TypeVar("T")


def fill(home: Path, keys: int) -> dict[str, float]:
    """Make a register with that many keys and no customers."""
    measuring.begin_register(home)
    from tryggve import vault  # noqa: PLC0415

    vault.keyring().create_keys([uuid4() for _ in range(keys)])
    return {"made": keys}


def rotate(home: Path, keys: int, rotations: int) -> dict[str, Any]:
    """Rotate so often; what each time took, and how long each commit of a thousand keys."""
    measuring.begin_register(home)
    from tryggve.lib import folders, write_points  # noqa: PLC0415
    from tryggve.vault import opening, rotation, storage  # noqa: PLC0415

    where, passed = folders.current(), list[tuple[str, float]]()
    unlocked = opening.unlock(where)

    def once() -> None:
        nonlocal unlocked
        unlocked = rotation.rotate(where, unlocked)

    write_points.cut_with(lambda point: passed.append((point, time.perf_counter())))
    took = [measuring.measured(once) for _ in range(rotations)]
    with storage.connected(where.keys) as connection:
        question = "SELECT count(*) FROM keys WHERE generation = ?"
        (done,) = connection.execute(question, (unlocked.state.generation,)).fetchone()
    if done != keys:
        raise SystemExit(f"{done} keys were rotated, not {keys}")
    pairs = itertools.pairwise(passed)
    commits = [end - start for (_point, start), (point, end) in pairs if point == "vault: batch committed"]
    return {"rotations": took, "commits": commits}


def read(home: Path) -> list[float]:
    """Fetch fifty keys all the time until standard input ends; how long each question took, in seconds."""
    measuring.begin_register(home)
    from tryggve import vault  # noqa: PLC0415
    from tryggve.lib import folders  # noqa: PLC0415
    from tryggve.vault.keystore import Keystore  # noqa: PLC0415

    dice, store = random.Random(7), Keystore(folders.current().keys)  # noqa: S311 - any fifty
    ids, ring, took = list(store.ids_before(UUID(int=2**128 - 1))), vault.keyring(), []
    measuring.say("ready")
    while not select.select([sys.stdin], [], [], _PAUSE_SECONDS)[0]:
        page = dice.sample(ids, _PAGE)
        started = time.perf_counter()
        ring.loaded(page)
        took.append(time.perf_counter() - started)
    return took


def beside_a_reader(home: Path, work: Callable[[], T]) -> tuple[T, list[float]]:
    """What the work returns, and how long each question of a reader took meanwhile."""
    reader = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.vault_rotation", "--one", "read", str(home)],
        cwd=measuring.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if reader.stdout is None or reader.stdout.readline() != "ready\n":
        raise SystemExit("the reader didn't start")
    done = work()
    printed, _errors = reader.communicate()
    return done, json.loads(printed.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--rotations", type=int, default=15)
    wanted = parser.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        words = str(home), str(wanted.keys), str(wanted.rotations)
        measuring.in_own_process("vault_rotation", "fill", *words)
        rotated, beside = beside_a_reader(
            home, lambda: measuring.in_own_process("vault_rotation", "rotate", *words)
        )
        length = sum(one["wall"] for one in rotated["rotations"])
        _nothing, alone = beside_a_reader(home, lambda: time.sleep(length))
    report(rotated, beside, alone)
    measuring.say(f"load after: {measuring.load()}")


def report(rotated: dict[str, Any], beside: list[float], alone: list[float]) -> None:
    rotations = rotated["rotations"]
    cpu = [one["cpu"] for one in rotations]
    measuring.say(
        f"a rotation: {measuring.spread(cpu)} CPU s, bar {_BAR_CPU_SECONDS}; {len(cpu)} times,"
        f" {measuring.spread([one['wall'] for one in rotations])} s of wall; peak {rotations[-1]['peak']:.0f} MB"
    )
    waits = {
        "commits of a thousand": rotated["commits"],
        "a page's keys during rotations": beside,
        "a page's keys without": alone,
    }
    for kind, took in waits.items():
        p50, p99 = (1000 * measuring.quantile(took, percent) for percent in (50, 99))
        over = sum(one > _BAR_BLOCKED_SECONDS for one in took)
        measuring.say(
            f"{kind:30} {len(took):6}: p50 {p50:5.1f}  p99 {p99:6.1f}  slowest {1000 * max(took):6.1f} ms;"
            f" over {_BAR_BLOCKED_SECONDS} s: {over}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, place, *counts = sys.argv[2:]
        numbers = [int(count) for count in counts]
        answers: dict[str, Callable[[], object]] = {
            "fill": lambda: fill(Path(place), numbers[0]),
            "rotate": lambda: rotate(Path(place), *numbers),
            "read": lambda: read(Path(place)),
        }
        measuring.say(json.dumps(answers[kind]()))
    else:
        main()
