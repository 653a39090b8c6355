"""What looking for personal data costs: every bar of the data map, against those who only search text or read files.

    .venv/bin/python -m bench.datamap                                 every part but Presidio; twenty minutes
    .venv/bin/python -m bench.datamap --presidio /tmp/p/bin/python    with Presidio, in an interpreter that has it
    .venv/bin/python -m bench.datamap --only speed --texts clean
    .venv/bin/python -m bench.datamap --only speed --command './tryggve scan {} --json'

Presidio is no package of ours: ``python3 -m venv /tmp/p && /tmp/p/bin/pip install presidio-analyzer spacy``.

*speed*: ours is a function of bytes and a name (``--engine MODULE:NAME``), in this process, the reading of the file
with it; or a command, {} being the file. It takes turns with each of the others, in pairs; each second pair goes
backwards. CPU time, children included; the ratio of a pair is how many times as fast ours was. Names of persons are
not looked for here, as no pattern finds them; what they cost is told apart.
*memory*, *workers*, *second*, *extraction*: see ``datamap_scanner``, ``datamap_second_scan``, ``datamap_extraction``.
Precision and recall are ``bench.datamap_accuracy``, names of persons ``bench.names``.
"""

import argparse
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import datamap_engine, datamap_extraction, datamap_scanner, datamap_second_scan, measuring
from bench.datamap_rivals import PLAIN_RE, RIPGREP, Rival, cpu_of, ours_of, presidio_of
from bench.mess import corpora

ENGINE = "bench.datamap_engine:scan"
# (text, rival): how many times as fast ours is to be.
BARS = {
    ("prose", "rg"): 0.9,
    ("dense", "rg"): 0.5,
    ("clean", "rg"): 5.0,
    ("prose", "presidio"): 300.0,
    ("dense", "presidio"): 300.0,
}
_MB = 1_000_000
_FEW_PAIRS = 15


@dataclass(frozen=True)
class Pair:
    """MB a CPU second."""

    ours: float
    other: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other


def pairs(ours: Callable[[Path], object], rival: Rival, text: Path, part: Path, count: int) -> Iterator[Pair]:
    """``part`` is the beginning of the text for rivals that would take hours over the whole."""
    works = {"ours": (cpu_of(ours), text), "other": (rival.cpu, part)}
    for number in range(count + 1):
        speed = {}
        for name in works if number % 2 == 0 else reversed(works):
            cpu, read = works[name]
            speed[name] = read.stat().st_size / _MB / max(cpu(read), 1e-6)
        if number:  # the first pair warms up
            yield Pair(speed["ours"], speed["other"])


def report(text: str, rival: str, found: Sequence[Pair]) -> None:
    ratios = [pair.ratio for pair in found]
    bar = BARS.get((text, rival))
    told = "" if bar is None else f"; bar {bar} {'met' if statistics.median(ratios) >= bar else 'NOT met'}"
    measuring.say(
        f"{text:6} {len(found):3} pairs  ours {measuring.spread([pair.ours for pair in found])} MB/s"
        f"  {rival} {measuring.spread([pair.other for pair in found])} MB/s  ratio {measuring.spread(ratios)}{told}"
    )


def main() -> None:
    wanted = _wanted()
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        for part in wanted.only or PARTS:
            PARTS[part](home, wanted)
    measuring.say(f"load after: {measuring.load()}")


def _speed(home: Path, wanted: argparse.Namespace) -> None:
    ours = ours_of(wanted.command, wanted.engine)
    with ExitStack() as until_the_end:
        rivals = [RIPGREP, PLAIN_RE]
        if wanted.presidio:
            rivals.append(until_the_end.enter_context(presidio_of(wanted.presidio)))
        else:
            measuring.say("presidio: not measured, see --presidio")
        for text in wanted.texts:
            _against(home, text, ours, rivals, wanted)


def _against(
    home: Path, text: str, ours: Callable[[Path], object], rivals: Sequence[Rival], wanted: argparse.Namespace
) -> None:
    content, _planted = corpora.corpus(text, wanted.megabytes)
    whole = home / f"{text}.{'csv' if text == 'dense' else 'txt'}"
    whole.write_bytes(content)
    for rival in rivals:
        if lack := rival.lacks():
            measuring.say(f"{text:6} {rival.name}: {lack}")
            continue
        part = whole.with_stem(f"{text}-{rival.name}")
        part.write_bytes(content[: rival.most_bytes])
        report(text, rival.name, [*pairs(ours, rival, whole, part, wanted.pairs)])


def _names(home: Path, _wanted: argparse.Namespace) -> None:
    for text in corpora.NAMES:
        content, _planted = corpora.corpus(text, 1)
        name = f"{text}.{'csv' if text == 'dense' else 'txt'}"
        searches = [
            partial(search, content, name) for search in (datamap_engine.scan, datamap_engine.scan_with_names)
        ]
        each = [(search(), measuring.measured(search)["cpu"])[1] for search in searches]  # the first warms up
        measuring.say(
            f"{text:6} with names of persons {each[1] * 1000:.0f} ms/MB, without {each[0] * 1000:.0f}"
        )


# In the order in which they are measured.
PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "speed": _speed,
    "names": _names,
    "extraction": lambda home, wanted: datamap_extraction.compared(home, wanted.pairs),
    "memory": lambda home, wanted: datamap_scanner.memory(home, wanted.memory),
    "workers": lambda home, _wanted: datamap_scanner.two_processes(home, _FEW_PAIRS),
    "second": lambda home, wanted: datamap_second_scan.compared(home, wanted.pairs),
}


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=list(PARTS))
    parser.add_argument("--megabytes", type=float, default=16)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--texts", nargs="+", choices=corpora.NAMES, default=corpora.NAMES)
    parser.add_argument("--presidio", metavar="INTERPRETER", help="one that has presidio-analyzer and spacy")
    parser.add_argument("--memory", type=int, default=1000, metavar="MB", help="of the long line")
    ours = parser.add_mutually_exclusive_group()
    ours.add_argument("--engine", default=ENGINE, help="MODULE:NAME of a function of bytes and a name")
    ours.add_argument("--command", help="with {} where the file goes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
