"""How much sooner a scan of the product is done that finds 10,000 files unchanged.

    .venv/bin/python -m bench.datamap_second_scan

A register of its own, a folder as its source, and the scan that the page starts: once over what nobody has looked
into, then ``--pairs`` times over the same. CPU seconds with all children; each second scan is held against the one
first. (A first one per pair would take an hour.)
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import measuring
from bench.datamap_trees import write_tree

FILES = 10_000
_MEGABYTES = 20
_BAR = 50.0
_ACTOR = "machine:bench"


def one(home: Path, tree: Path, count: int) -> dict[str, Any]:
    measuring.begin_register(home)
    from tryggve.domains.datamap import source_details  # noqa: PLC0415 - needs the settings
    from tryggve.domains.datamap.models import Scan  # noqa: PLC0415
    from tryggve.domains.datamap.services import scans, sources  # noqa: PLC0415

    def now() -> datetime:
        return datetime.now(UTC)

    told = source_details.Told(title="Tree", where=str(tree))
    source = sources.add_folder(told=told, is_watched=False, actor=_ACTOR, at=now())

    def scan() -> int:
        asked = scans.ask(source=source.pk, why=Scan.Why.ASKED, actor=_ACTOR, at=now())
        return scans.run(asked, now=now).files_read

    read: list[int] = []
    spent = [measuring.measured(lambda: read.append(scan()))["cpu"] for _scan in range(count + 1)]
    return {"spent": spent, "read": read}


def compared(home: Path, pairs: int, files: int = FILES) -> None:
    tree = home / "tree"
    write_tree(tree, files, megabytes=_MEGABYTES * files / FILES)
    found = measuring.in_own_process("datamap_second_scan", str(home / "register"), str(tree), str(pairs))
    if found["read"] != [files, *[0] * pairs]:
        measuring.say(f"second scan: not measured, these were read: {found['read']}")
        return
    first, *again = found["spent"]
    ratios = [first / second for second in again]
    is_met = measuring.quantile(ratios, 50) >= _BAR
    measuring.say(
        f"second scan of {files} files: {measuring.spread(again)} CPU s, first {first:.1f},"
        f" ratio {measuring.spread(ratios)}; bar {_BAR:.0f} {'met' if is_met else 'NOT met'}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--pairs", type=int, default=15)
    wanted = parser.parse_args()
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        compared(home, wanted.pairs, wanted.files)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measuring.say(json.dumps(one(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))))
    else:
        main()
