"""What the measurements share: invented customers, throw-away folders, runs in processes of their own, figures."""

import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = ("Namn", "E-post", "Telefon", "Adress", "Postnr", "Ort", "Kategori", "Anteckning")

_SEED = 2026
_GIVEN = (
    "Anna",
    "Åsa",
    "Bo",
    "Björn",
    "Cecilia",
    "Dan",
    "Erik",
    "Fatima",
    "Göran",
    "Ingrid",
    "Jørgen",
    "Karin",
    "Lars",
    "Mette",
    "Örjan",
    "Søren",
    "Zeynep",
)
_BEGINNINGS = (
    "Ek",
    "Berg",
    "Lind",
    "Sjö",
    "Ström",
    "Holm",
    "Gran",
    "Nord",
    "Dal",
    "Hed",
    "Björk",
    "Skog",
    "Ny",
    "Öst",
    "Väst",
)
_ENDINGS = ("ström", "berg", "qvist", "lund", "gren", "man", "sson", "dahl", "gård", "holm")
_STREETS = ("Storgatan", "Kyrkogränd", "Ängsvägen", "Hamngatan", "Älvvägen", "Skolgatan", "Björkvägen")
_TOWNS = ("Stockholm", "Göteborg", "Malmö", "Umeå", "Skövde", "Örebro", "Luleå")


def customers(count: int) -> Iterator[tuple[str, ...]]:
    """Invented people under ``HEADINGS``, the same ones each time; no two share an e-mail address."""
    dice = random.Random(_SEED)  # noqa: S311 - invented people, no secrets
    for number in range(count):
        name = f"{dice.choice(_GIVEN)} {dice.choice(_BEGINNINGS)}{dice.choice(_ENDINGS)}"
        town = dice.randrange(len(_TOWNS))
        yield (
            name,
            f"kund{number:06}@example.se",
            f"070-174 {number // 100:04} {number % 100:02}",
            f"{dice.choice(_STREETS)} {dice.randrange(1, 200)}",
            f"{110 + town} {dice.randrange(10, 99)}",
            _TOWNS[town],
            dice.choice(("", "", "VIP", "Grossist")),
            dice.choice(("", "", "Ring före tolv.", "Vill ha faktura på papper; betalar i tid.")),
        )


def write_list(path: Path, count: int) -> None:
    """A list of that many customers, as CSV or XLSX by the ending of the name."""
    rows = [HEADINGS, *customers(count)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows(rows)
        return
    from openpyxl import Workbook  # noqa: PLC0415 - only who asks for XLSX waits for it

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tryggve-bench-") as folder:
        yield Path(folder)


def begin_register(home: Path) -> None:
    """Set Django up on a register in ``home``, made new if there is none. Call it once in a process."""
    for name in ("data", "config"):
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[f"TRYGGVE_{name.upper()}"] = str(home / name)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
    import django  # noqa: PLC0415 - the settings read the folders

    django.setup()
    from tryggve.domains.setup import api  # noqa: PLC0415

    api.prepare(at=datetime.now(UTC))


def in_own_process(module: str, *words: str) -> Any:
    """Run ``python -m bench.MODULE --one WORDS`` and return the JSON that it prints last."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRYGGVE_")}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", f"bench.{module}", "--one", *words],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def measured(work: Callable[[], object]) -> dict[str, float]:
    """CPU seconds (children included) and wall seconds of the work, and the process's peak memory in MB."""
    before, wall = _cpu(), time.perf_counter()
    work()
    return {"cpu": _cpu() - before, "wall": time.perf_counter() - wall, "peak": peak_megabytes()}


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_megabytes() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def quantile(values: Sequence[float], percent: int) -> float:
    """The value below which that share of them lies; the only one when there is one."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def spread(values: Sequence[float]) -> str:
    """Median and p5–p95."""
    return f"{statistics.median(values):.2f} (p5–p95 {quantile(values, 5):.2f}–{quantile(values, 95):.2f})"


def load() -> str:
    """How busy the computer is: the load of the last minute, and its processors."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
