"""What a backup and a restore test cost, beside bare restic on the same folder and the same database.

    .venv/bin/python -m bench.backup                        100,000 customers, 1,000 MB of files, 15 pairs
    .venv/bin/python -m bench.backup --customers 2000 --megabytes 50 --pairs 3

The firm has a register and a folder of its own, half of it pictures that can't be made smaller, half of it texts.
*backup* takes a pair into an empty place: a copy of the database of one moment, which is looked through, its manifest,
the folder, then the keys, and a look whether they belong together. Beside it ``restic backup`` of the same folder and
of the database's file as it lies, into an empty repository. *test* is a whole restore test of such a pair: all data
read and hashed, the database looked through, the log verified, customers opened, the product started on the copy.
Beside it ``restic restore`` of the same, and SHA-256 of every file that came back. *again* is bare restic to itself.
Making the places and repositories isn't counted. Each run is a process of its own; CPU seconds with all children.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import measuring, vault_insert

PASSWORD = "bench, of no worth"  # noqa: S105 - it guards nothing
PAIRS = (("backup", "bare-backup"), ("test", "bare-restore"), ("bare-backup", "bare-backup"))
_FILE_BYTES = 1_200_000
_WORDS = (
    "faktura",
    "kund",
    "möte",
    "offert",
    "leverans",
    "tack",
    "hälsningar",
    "ring",
    "måndag",
    "betalning",
)


def fill(home: Path, *, customers: int, megabytes: int) -> None:
    """A register, the firm's own folder, a place with one pair in it, and a bare repository of the same."""
    write_folder(home / "own", megabytes)
    measuring.begin_register(home)
    from tryggve.domains.backups.services import folders  # noqa: PLC0415 - after Django is set up
    from tryggve.domains.setup.models import Firm  # noqa: PLC0415

    at = datetime.now(UTC)
    Firm.objects.create(pk=1, name="Björkbacka Snickeri AB", country="SE", language="sv", claimed_at=at)
    vault_insert.insert_sealed(vault_insert.people(customers))
    folders.add(told=str(home / "own"), actor="machine:bench", at=at)
    add_place(home / "place")
    take()
    bare(home / "bare", "init")
    bare_backup(home, home / "bare")


def write_folder(folder: Path, megabytes: int) -> None:
    """Files of some size, every other one of noise, the rest of words; the same each time."""
    folder.mkdir()
    dice = random.Random(7)  # noqa: S311 - files of no worth
    for number in range(megabytes * 1_000_000 // _FILE_BYTES):
        if number % 2:
            content = dice.randbytes(_FILE_BYTES)
        else:
            content = " ".join(dice.choices(_WORDS, k=_FILE_BYTES // 7)).encode()[:_FILE_BYTES]
        (folder / f"{number:05}").write_bytes(content)


def add_place(folder: Path) -> None:
    """A place for data and keys, in use from now on."""
    from tryggve.domains.backups.services import places  # noqa: PLC0415

    folder.mkdir()
    wanted = places.Wanted(title="Disk", kind="FOLDER", holds_data=True, holds_keys=True)
    places.add(wanted=wanted, fields={"path": str(folder)}, actor="machine:bench", at=datetime.now(UTC))


def take() -> None:
    """A whole pair, or an end to the measuring."""
    from tryggve.domains.backups.models import Run  # noqa: PLC0415
    from tryggve.domains.backups.services import pairs  # noqa: PLC0415

    run = pairs.take(why=Run.Why.ASKED, now=lambda: datetime.now(UTC))
    if run.state != Run.State.DONE:
        raise SystemExit(f"the backup failed: {run.cause}")


def test_restore() -> None:
    """A whole restore test that passes, or an end to the measuring."""
    from tryggve.domains.backups.models import RestoreTest  # noqa: PLC0415
    from tryggve.domains.backups.services import restore_tests  # noqa: PLC0415

    test = restore_tests.make(now=lambda: datetime.now(UTC))
    if test.state != RestoreTest.State.PASSED:
        raise SystemExit(f"the restore test failed at {test.step}: {test.cause}")


def bare(repository: Path, *words: str) -> None:
    """restic by itself, with nothing of ours."""
    known = os.environ | {"RESTIC_REPOSITORY": str(repository), "RESTIC_PASSWORD": PASSWORD}
    cache = repository.with_name(f"{repository.name}-cache")
    subprocess.run(  # noqa: S603
        ["restic", "--quiet", "--cache-dir", str(cache), *words],  # noqa: S607
        env=known,
        check=True,
    )


def bare_backup(home: Path, repository: Path) -> None:
    bare(repository, "backup", str(home / "own"), str(home / "data" / "tryggve.sqlite3"))


def bare_restore(home: Path, target: Path) -> None:
    bare(home / "bare", "restore", "latest", "--target", str(target))
    for path in target.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, "sha256")


def one(kind: str, home: Path) -> dict[str, float]:
    """One run in this process, on a ground that is as it was when it is done."""
    fresh = home / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    return measuring.measured(_work(kind, home, fresh))


def _work(kind: str, home: Path, fresh: Path) -> Callable[[], object]:
    if kind == "bare-backup":
        bare(fresh / "bare", "init")
        return lambda: bare_backup(home, fresh / "bare")
    if kind == "bare-restore":
        return lambda: bare_restore(home, fresh)
    measuring.begin_register(home)
    if kind == "test":
        return test_restore
    from tryggve.domains.backups.models import Place  # noqa: PLC0415 - after Django is set up

    Place.objects.all().delete()
    add_place(fresh / "place")
    return take


def compare(ground: Path, pairs: int) -> None:
    """Alternating pairs of each kind, on copies of the ground, so that no run finds what another left."""
    for ours, theirs in PAIRS:
        spent: dict[str, list[dict[str, float]]] = {"first": [], "second": []}
        for number in range(pairs):
            order = [("first", ours), ("second", theirs)]
            for which, kind in order if number % 2 else reversed(order):
                spent[which].append(_on_a_copy(ground, kind))
        ratios = [a["cpu"] / b["cpu"] for a, b in zip(spent["first"], spent["second"], strict=True)]
        seconds = [statistics.median(each["cpu"] for each in spent[which]) for which in ("first", "second")]
        walls = [statistics.median(each["wall"] for each in spent[which]) for which in ("first", "second")]
        measuring.say(
            f"{ours} to {theirs}: {measuring.spread(ratios)} × CPU, {seconds[0]:.1f} s to {seconds[1]:.1f}; "
            f"wall {walls[0]:.1f} s to {walls[1]:.1f}"
        )


def _on_a_copy(ground: Path, kind: str) -> dict[str, float]:
    """The register alone is copied back: places and the folder of the firm's own are read, not changed."""
    for name in ("data", "config"):
        shutil.rmtree(ground / name, ignore_errors=True)
        shutil.copytree(ground / f"kept-{name}", ground / name, symlinks=True)
    found: dict[str, float] = measuring.in_own_process("backup", kind, str(ground))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        kind, home, *sizes = told.one
        if kind == "fill":
            fill(Path(home), customers=int(sizes[0]), megabytes=int(sizes[1]))
            sys.stdout.write("{}\n")
        else:
            sys.stdout.write(json.dumps(one(kind, Path(home))) + "\n")
        return
    with measuring.scratch() as ground:
        measuring.in_own_process("backup", "fill", str(ground), str(told.customers), str(told.megabytes))
        for name in ("data", "config"):
            (ground / name).rename(ground / f"kept-{name}")
        measuring.say(f"load {measuring.load()}")
        compare(ground, told.pairs)
        measuring.say(f"load {measuring.load()}")


if __name__ == "__main__":
    main()
