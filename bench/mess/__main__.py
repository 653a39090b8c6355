"""Makes the folder of mess, with the truth beside it, and says what is in it."""

import argparse
from collections import Counter
from pathlib import Path

from bench import measuring
from bench.mess import folder, kinds, truth
from bench.mess.formats import pictures


def main() -> None:
    """The folder must be empty or new: what lies in it would be scanned as well."""
    parser = argparse.ArgumentParser(prog="bench.mess", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--megabytes", type=float, default=0, help="no less than that, of what is planted")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if any(wanted.folder.iterdir()):
        parser.error(f"{wanted.folder} isn't empty")
    truth.write(wanted.folder, folder.files(wanted.seed, wanted.megabytes))
    _tell(wanted.folder)


def _tell(place: Path) -> None:
    known = truth.read(place / truth.NAME)
    counts = Counter(
        (str(line["kind"]), bool(line["near_miss"]))
        for lines in known.planted.values()
        for line in lines
        if not line["optional"]
    )
    for kind in kinds.KINDS:
        measuring.say(f"{kind:22} {counts[kind, False]:6} true {counts[kind, True]:6} near misses")
    measuring.say(
        f"{len(known.planted)} files with something planted, {len(known.unreadable)} that can't be read,"
        f" {len(known.innocent)} innocent"
    )
    if not pictures.can_write_heic():
        measuring.say("no heic: pillow-heif isn't installed")


if __name__ == "__main__":
    main()
