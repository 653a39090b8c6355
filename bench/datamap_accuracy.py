"""How much of the mess a scan finds, and what it takes for something else: precision and recall for each kind.

    python -m bench.mess /tmp/made
    ./tryggve scan /tmp/made/mess --json --values > /tmp/report.jsonl
    python -m bench.datamap_accuracy /tmp/made --report /tmp/report.jsonl
    python -m bench.datamap_accuracy /tmp/made --command './tryggve scan {} --json --values'

A finding is right if it overlaps a value of its kind. Where both tell bytes, they do; in a sheet it is the cell; else
what they say must be alike. Each value is found once: what finds it again is neither right nor wrong. Findings in the
documents of packages, which nobody has labelled, are counted apart.
"""

import argparse
import json
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench import measuring
from bench.mess import kinds, truth
from bench.mess.judging import Score, judged

CONFIDENCES = ("low", "medium", "high")
_PRECISION, _RECALL = 0.995, 0.99
_BARS = dict.fromkeys(
    ("EMAIL", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGNR", "DK_CVR", "NO_FNR", "NO_ORGNR", "FI_HETU", "IBAN",
     "SE_BANKGIRO", "SE_PLUSGIRO", "OCR_REFERENCE", "CARD", "IP"),
    (_PRECISION, _RECALL),
) | {"PHONE": (0.98, _RECALL), "DK_CPR": (0.98, _RECALL)}  # fmt: skip


def lines_of(report: str, least: str) -> list[Mapping[str, object]]:
    """Findings that sure or surer, and what wasn't scanned."""
    wanted = CONFIDENCES[CONFIDENCES.index(least) :]
    lines = [json.loads(line) for line in report.splitlines() if line.startswith("{")]
    return [
        line for line in lines if "not_scanned" in line or str(line.get("confidence", "")).lower() in wanted
    ]


def run(command: str, folder: Path) -> str:
    """What it prints. It may end with any status: some files can't be read."""
    words = [word.replace("{}", str(folder)) for word in shlex.split(command)]
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False).stdout  # noqa: S603 - as asked for


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="as bench.mess made it")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--report", type=Path)
    source.add_argument("--command", help="with {} where the folder goes")
    parser.add_argument(
        "--confidence",
        choices=CONFIDENCES,
        default="medium",
        help="the least that counts; the map counts medium",
    )
    parser.add_argument("--misses", type=int, default=0, help="so many of each kind are shown")
    parser.add_argument("--by-format", action="store_true")
    parser.add_argument("--without", default="", help="endings that don't count, as png,jpg")
    wanted = parser.parse_args()
    mess = wanted.folder / "mess"
    report = wanted.report.read_text() if wanted.report else run(wanted.command, mess)
    known = truth.read(wanted.folder / truth.NAME)
    score = judged(
        known, lines_of(report, wanted.confidence), mess, set(filter(None, wanted.without.split(",")))
    )
    tell(score, by_format=wanted.by_format)
    tell_misses(score, wanted.misses)


def tell(score: Score, *, by_format: bool) -> None:
    measuring.say(f"{'':22} {'true':>6} {'found':>6} {'wrong':>6} {'near':>6} {'P':>7} {'R':>7}")
    for kind in kinds.KINDS:
        tell_row(score, kind, kind)
    if by_format:
        for ending in sorted(score.endings):
            tell_row(score, ending, ending)
    for path, reason in score.unreadable:
        measuring.say(f"not scanned, though it could be: {path} ({reason})")
    for path in score.silent:
        measuring.say(f"can't be read, and nothing is said of it: {path}")
    for kind, count in sorted(score.innocent.items()):
        measuring.say(f"in the documents of packages: {count} {kind}")


def tell_row(score: Score, title: str, key: str) -> None:
    """``near``: how many of the wrong ones are planted to be taken wrongly."""
    true, found, wrong = score.true[key], score.found[key], score.wrong[key]
    precision, recall = found / max(found + wrong, 1), found / max(true, 1)
    bar = ""
    if key in _BARS:
        is_met = precision >= _BARS[key][0] and recall >= _BARS[key][1]
        bar = "" if is_met else f"  below {_BARS[key][0]} / {_BARS[key][1]}"
    measuring.say(
        f"{title:22} {true:6} {found:6} {wrong:6} {score.near[key]:6} {precision:7.4f} {recall:7.4f}{bar}"
    )


def tell_misses(score: Score, count: int) -> None:
    for kind in kinds.KINDS:
        _tell_some(f"{kind} missed", score.missed[kind], count)
        _tell_some(f"{kind} wrong", score.false[kind], count)


def _tell_some(title: str, lines: Iterable[Mapping[str, object]], count: int) -> None:
    for line in list(lines)[:count]:
        told = line.get("text", line.get("value", line.get("sample", "")))
        measuring.say(
            f"{title}: {told!r} in {line['path']} at {json.dumps(line['where'], ensure_ascii=False)}"
        )


if __name__ == "__main__":
    main()
