"""The real command on a small folder of mess: what the generator says lies there is what the scan finds."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bench.datamap_accuracy import _BARS, lines_of
from bench.mess import folder, truth
from bench.mess.judging import Score, judged
from bench.mess.truth import Truth
from tests.program import Program

_SEED = 7
# Of the list all but pictures, whose reading takes seconds each (see test_every_format).
_ENDINGS = {
    *("txt", "csv", "tsv", "json", "xml", "html", "md", "log", "xlsx"),
    *("xls", "ods", "docx", "odt", "pptx", "odp", "rtf", "pdf", "eml"),
    *("mbox", "msg", "vcf", "ics", "zip", "gz", "7z", "sqlite"),
}
_FOUND = 0.94
_RIGHT = 0.94


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    made = Program()
    yield made
    made.clear()


@pytest.fixture(scope="module")
def mess(program: Program) -> tuple[Path, Truth]:
    """One file of each sort, and all those that can't be read."""
    place = program.home / "made"
    place.mkdir()
    small = (file for file in folder.files(_SEED) if file.reason or " 1." in file.path)
    truth.write(place, (file for file in small if not file.path.startswith("inskannat/")))
    for path in (place, *place.rglob("*")):
        path.chmod(0o755)
    return place / "mess", truth.read(place / truth.NAME)


@pytest.fixture(scope="module")
def report(program: Program, mess: tuple[Path, Truth]) -> list[Mapping[str, object]]:
    done = program.run("scan", str(mess[0]), "--json", "--values")
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def score(report: list[Mapping[str, object]], mess: tuple[Path, Truth]) -> Score:
    return judged(mess[1], lines_of("\n".join(map(json.dumps, report[:-1])), "medium"), mess[0])


def test_files_that_cannot_be_read_are_told_with_the_right_reason_and_no_others(
    report: list[Mapping[str, object]], mess: tuple[Path, Truth]
) -> None:
    told = {
        str(Path(str(one["path"])).relative_to(mess[0])): one["reason"]
        for one in report
        if "not_scanned" in one
    }
    assert told == mess[1].unreadable


def test_summary_counts_what_the_lines_say(
    report: list[Mapping[str, object]], mess: tuple[Path, Truth]
) -> None:
    *lines, last = report
    summary = last["summary"]
    assert isinstance(summary, dict)
    assert summary["findings"] == sum("kind" in one for one in lines)
    assert summary["not_scanned"] == sum("not_scanned" in one for one in lines)
    assert summary["files"] == sum(path.is_file() for path in mess[0].rglob("*"))


def test_something_is_found_in_every_format_and_every_address_of_mail(score: Score) -> None:
    """Such stand in files of nearly all sorts, and nothing but the reading of a format can miss one."""
    assert score.endings >= _ENDINGS
    assert [ending for ending in score.endings if score.found[ending] < score.true[ending] / 2] == []
    assert score.missed["EMAIL"] == []


@pytest.mark.parametrize("kind", sorted(_BARS))
def test_validated_identifiers_are_found_and_little_else(score: Score, kind: str) -> None:
    """So few are in a small mess that one more or less is some per cent: the bars are for the whole one."""
    true, found, wrong = (counts[kind] for counts in (score.true, score.found, score.wrong))
    assert found >= _FOUND * true, score.missed[kind]
    assert found >= _RIGHT * (found + wrong), score.false[kind]
