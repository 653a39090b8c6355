"""The folder of mess: the same each time, enough of everything, and the truth about it."""

import ast
import html
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bench.mess import folder, kinds, truth
from bench.mess.deal import Deal
from bench.mess.desk import desk
from bench.mess.truth import File
from bench.mess.values import Value, values_of
from tools import tree

_OF_THE_REPORT = {
    *("EMAIL", "PHONE", "SE_PERSONNUMMER", "SE_SAMORDNINGSNUMMER", "SE_ORGNR", "DK_CPR", "DK_CVR", "NO_FNR"),
    *("NO_ORGNR", "FI_HETU", "IBAN", "SE_BANKGIRO", "SE_PLUSGIRO", "OCR_REFERENCE", "CARD", "ADDRESS", "IP"),
    *("DATE_OF_BIRTH", "PERSON", "SPECIAL", "SECRET"),
}
_READ = {
    *(
        "txt",
        "csv",
        "tsv",
        "json",
        "xml",
        "html",
        "md",
        "log",
        "xlsx",
        "xls",
        "ods",
        "docx",
        "odt",
        "pptx",
        "odp",
        "rtf",
    ),
    *("pdf", "eml", "mbox", "msg", "vcf", "ics", "zip", "gz", "7z", "jpg", "png", "tiff", "sqlite"),
}
_SEED = 7


@pytest.fixture(scope="module")
def files() -> list[File]:
    return list(folder.files(_SEED))


def planted(files: list[File]) -> Iterator[Value]:
    return (one.value for file in files for one in file.planted)


def test_the_same_seed_makes_the_same_bytes(files: list[File]) -> None:
    again = list(folder.files(_SEED))

    assert [(file.path, file.content) for file in again] == [(file.path, file.content) for file in files]
    assert [[*file.lines()] for file in again] == [[*file.lines()] for file in files]


def test_another_seed_makes_others(files: list[File]) -> None:
    other = list(islice(folder.files(_SEED + 1), 3))

    assert all(one.content != file.content for one, file in zip(other, files, strict=False))


def test_every_kind_of_the_report_is_there() -> None:
    assert set(kinds.KINDS) == _OF_THE_REPORT


def test_each_kind_comes_fifty_times_and_nearly_fifty_times(files: list[File]) -> None:
    counts = Counter((value.kind, value.is_near) for value in planted(files) if not value.is_optional)

    assert [key for kind in _OF_THE_REPORT for key in ((kind, False), (kind, True)) if counts[key] < 50] == []


def test_every_format_is_there(files: list[File]) -> None:
    endings = {file.path.rpartition(".")[2] for file in files if file.planted}

    assert endings - {"heic"} == _READ


def test_it_is_as_large_as_asked() -> None:
    made = [file for file in folder.files(_SEED, megabytes=1.5) if file.planted]

    assert sum(len(file.content) for file in made) >= 1_500_000


def test_encrypted_and_damaged_files_say_why(files: list[File]) -> None:
    reasons = Counter(file.reason for file in files)

    assert reasons["encrypted"] == 5
    assert reasons["damaged"] == 11


def test_installed_packages_give_innocent_text(files: list[File]) -> None:
    innocent = [file for file in files if file.is_innocent]

    assert len(innocent) > 5
    assert not any([*file.planted] for file in innocent)


def test_offsets_point_at_the_values(files: list[File]) -> None:
    wrong = []
    for file in files:
        for one in file.planted:
            if {*one.where} == {"offset", "length"}:
                at, length = int(str(one.where["offset"])), int(str(one.where["length"]))
                if _spelled(file, file.content[at : at + length]) != one.value.text:
                    wrong.append((file.path, one))

    assert wrong == []


def _spelled(file: File, raw: bytes) -> str:
    """What the bytes say to who reads the file."""
    text = _decoded(file, raw)
    if file.path.endswith(".json"):
        return str(json.loads(f'"{text}"'))
    if file.path.endswith((".html", ".xml")):
        shown = html.unescape(text.replace("</td><td>", "\v"))
        return shown.replace("\u00a0", " ") if "hårda" in file.path else shown
    return text.replace("\r\n", "\n")


def _decoded(file: File, raw: bytes) -> str:
    if file.content.startswith(b"\xff\xfe"):
        return raw.decode("utf-16-le")
    try:
        file.content.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252")
    return raw.decode()


def test_plain_files_tell_places_in_bytes_and_workbooks_in_cells(files: list[File]) -> None:
    told = {file.path.rpartition(".")[2]: {*one.where} for file in files for one in file.planted}

    assert told["csv"] == told["log"] == {"offset", "length"}
    assert told["xlsx"] == told["xls"] == told["ods"] == {"sheet", "cell"}
    assert told["pdf"] == {"page"}
    assert "part" in told["zip"]


def test_the_truth_is_read_as_it_was_written(tmp_path: Path, files: list[File]) -> None:
    truth.write(tmp_path, files)

    known = truth.read(tmp_path / truth.NAME)

    assert sum(map(len, known.planted.values())) == len([*planted(files)])
    assert set(known.unreadable.values()) == {"encrypted", "damaged"}
    assert known.innocent == {file.path for file in files if file.is_innocent}
    assert all((tmp_path / "mess" / file.path).read_bytes() == file.content for file in files)


def test_sheets_lose_the_leading_zero_and_hold_dates_as_days(files: list[File]) -> None:
    cells = [one.value for file in files if file.path.endswith(".xlsx") for one in file.planted]

    assert any(value.value.startswith("0") and value.text == value.value[1:] for value in cells)
    assert any(value.days for value in cells)


def test_special_words_in_general_stand_far_from_anybody() -> None:
    """Else they would be no near misses."""
    dice = desk(Deal(), _SEED, "test", "sv").dice

    for language in ("sv", "da", "nb", "fi", "en"):
        for _number in range(50):
            before, *_rest, after = kinds.KINDS["SPECIAL"].near[0](dice, language)
            assert min(len(str(before)), len(str(after))) > 200


def test_special_words_are_told_of_somebody_who_is_named() -> None:
    dice = desk(Deal(), _SEED, "test", "sv").dice

    for _number in range(50):
        told = {value.kind for value in values_of(kinds.KINDS["SPECIAL"].phrase(dice, "sv"))}
        assert {"PERSON", "SPECIAL"} < told


def test_the_generator_knows_nothing_of_the_product() -> None:
    sources = tree.files("bench/mess/**/*.py")
    modules = [
        name for path in sources for node in ast.walk(ast.parse(path.read_text())) for name in _imported(node)
    ]

    assert sources
    assert [name for name in modules if name.split(".")[0] == "tryggve"] == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
