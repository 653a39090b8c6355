"""Holds findings against the truth."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.mess.truth import Truth

Line = Mapping[str, object]
# Numbers that could be true in nobody's documentation; mail, names and the like may be.
_IDENTITIES = frozenset(
    ("SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGNR", "DK_CPR", "DK_CVR", "NO_FNR", "NO_ORGNR", "FI_HETU", "IBAN",
     "SE_BANKGIRO", "SE_PLUSGIRO", "OCR_REFERENCE", "CARD")
)  # fmt: skip
# Of a name and an address a part is enough: cards of contacts tell them in parts.
_SHARE_OF_THE_LONGER = {"PERSON": 0.0, "ADDRESS": 0.0}
_HALF = 0.5


@dataclass
class Score:
    """Counts by kind, and by the ending of files. ``near``: of the wrong ones, those that are planted."""

    true: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    innocent: Counter[str] = field(default_factory=Counter)
    missed: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    false: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    unreadable: list[tuple[str, object]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    endings: set[str] = field(default_factory=set)


def judged(truth: Truth, report: Iterable[Line], root: Path, without: Iterable[str] = ()) -> Score:
    """``without``: endings of files that don't count."""
    score, findings, unread = Score(), defaultdict[str, list[Line]](list), dict[str, object]()
    for line in report:
        path = _relative(str(line["path"]), root)
        if "not_scanned" in line:
            unread[path] = line.get("reason", "")
        else:
            findings[path].append({**line, "path": path})
    left_out = tuple(f".{ending}" for ending in without)
    for path in sorted({*truth.planted, *findings} - truth.innocent - {*truth.unreadable}):
        if not path.endswith(left_out):
            _judge(score, path, truth.planted.get(path, []), findings.get(path, []))
    for path in truth.innocent & {*findings}:
        score.innocent.update(str(one["kind"]) for one in findings[path] if one["kind"] in _IDENTITIES)
    score.silent = sorted(path for path in truth.unreadable if path not in unread)
    score.unreadable = sorted((path, why) for path, why in unread.items() if path not in truth.unreadable)
    return score


def _relative(path: str, root: Path) -> str:
    """From the folder of mess, as the truth tells it."""
    for start in (f"{root}/", f"{root.resolve()}/"):
        path = path.removeprefix(start)
    return path.removeprefix("./")


def _judge(score: Score, path: str, planted: Sequence[Line], findings: Sequence[Line]) -> None:
    ending = path.rpartition(".")[2]
    score.endings.add(ending)
    for kind in {str(line["kind"]) for line in (*planted, *findings)}:
        here = [line for line in planted if line["kind"] == kind]
        true = [line for line in here if not line["near_miss"] and not line["optional"]]
        near = [line for line in here if line["near_miss"]]
        rest = [line for line in findings if line["kind"] == kind]
        missed, rest = _paired(true, rest)
        untouched, rest = _paired(near, rest)
        allowed = [line for line in here if not line["near_miss"]]
        stray = [one for one in rest if not any(_is_same(line, one) for line in allowed)]
        hit = [line for line in near if line not in untouched]
        for key in (kind, ending):
            score.true[key] += len(true)
            score.found[key] += len(true) - len(missed)
            score.wrong[key] += len(stray) + len(hit)
            score.near[key] += len(hit)
        score.missed[kind] += missed
        score.false[kind] += [*hit, *stray]


def _paired(planted: Sequence[Line], findings: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Each finding goes to the first that it fits and nobody has; what is left of both."""
    rest, unpaired = list(findings), []
    for line in planted:
        for place, finding in enumerate(rest):
            if _is_same(line, finding):
                del rest[place]
                break
        else:
            unpaired.append(line)
    return unpaired, rest


def _is_same(line: Line, finding: Line) -> bool:
    planted, found = line["where"], finding["where"]
    if not isinstance(planted, Mapping) or not isinstance(found, Mapping):
        return False
    if not _is_same_part(planted, found):
        return False
    if any(
        key in planted and key in found and planted[key] != found[key] for key in ("sheet", "cell", "page")
    ):
        return False
    if "cell" in planted and "cell" in found:
        return True
    if "offset" in planted and "offset" in found and "part" not in planted:
        return _overlap(planted, found)
    return _is_alike(line, str(finding.get("value", "")))


def _is_same_part(planted: Mapping[str, object], found: Mapping[str, object]) -> bool:
    """What lies in an archive or a mail is told by a path that ends in its name."""
    name = str(planted.get("part", "")).rpartition("/")[2]
    return not name or name in str(found.get("part", ""))


def _overlap(planted: Mapping[str, object], found: Mapping[str, object]) -> bool:
    (start, length), (begin, size) = (
        (int(str(one["offset"])), int(str(one["length"]))) for one in (planted, found)
    )
    return begin < start + length and start < begin + size


def _is_alike(line: Line, value: str) -> bool:
    """The same letters and digits, or most of them: with or without a century, a leading zero, a street's town."""
    one, share = _letters(value), _SHARE_OF_THE_LONGER.get(str(line["kind"]), _HALF)
    for other in (_letters(str(line["text"])), _letters(str(line["value"]))):
        shorter, longer = sorted((one, other), key=len)
        if shorter and shorter in longer and len(shorter) >= share * len(longer):
            return True
    return False


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
