"""Files of every format with bytes flipped, cut out and repeated: each is read or told, whatever was done to it."""

import logging
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.mess import folder
from tryggve.domains.datamap import scanning, walking
from tryggve.domains.datamap.engine.findings import Finding, Findings, NotScanned
from tryggve.domains.datamap.engine.reading.parts import HeldBytes
from tryggve.domains.datamap.engine.scan import scan
from tryggve.domains.datamap.scanning import Scanner

_SEED = 7
_FIRST_FILES = 38
# Reading what they show takes seconds; changed pictures are read in engine/test_pictures.
_LEFT_OUT = "inskannat"


@cache
def _whole() -> dict[str, bytes]:
    """A valid file of each ending, the smallest that the generator makes."""
    files = [
        file for file in islice(folder.files(_SEED), _FIRST_FILES) if not file.path.startswith(_LEFT_OUT)
    ]
    by_size = sorted(files, key=lambda file: -len(file.content))
    return {Path(file.path).suffix: file.content for file in by_size}


@st.composite
def changed_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name, which may be that of another format, and the bytes."""
    ending = draw(st.sampled_from(sorted(_whole())))
    content = bytearray(_whole()[ending])
    for _change in range(draw(st.integers(1, 6))):
        _change_at(draw, content, draw(st.integers(0, max(len(content) - 1, 0))))
    name = draw(st.one_of(st.just(ending), st.just(ending), st.sampled_from(sorted(_whole()))))
    return f"file{name}", bytes(content)


def _change_at(draw: st.DrawFn, content: bytearray, at: int) -> None:
    width = draw(st.sampled_from((1, 2, 4, 16, 512, 5000)))
    match draw(st.sampled_from(("flip", "zero", "cut", "end", "repeat", "many", "insert"))):
        case "flip":
            content[at : at + 1] = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in content[at : at + 1])
        case "zero":
            content[at : at + width] = bytes(len(content[at : at + width]))
        case "cut":
            del content[at : at + width]
        case "end":
            del content[at:]
        case "repeat":
            content[at:at] = content[at : at + width]
        case "many":
            content[at:at] = content[at : at + width] * min(1000, 20_000 // width)
        case "insert":
            content[at:at] = draw(
                st.sampled_from((b"\0", b"\xff" * 8, b"<", b"]]>", b"\r", b"\n\n", b"%", b"\\"))
            )


def test_every_format_of_text_is_among_them() -> None:
    assert {ending.removeprefix(".") for ending in _whole()} >= {
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
        ),
        *("odp", "rtf", "pdf", "eml", "mbox", "msg", "vcf", "ics", "zip", "gz", "7z", "sqlite"),
    }


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed_files())
def test_whatever_a_file_holds_is_found_or_told(changed: tuple[str, bytes]) -> None:
    name, content = changed
    for one in scan(HeldBytes(content), name):
        assert isinstance(one, Findings | NotScanned)
        if isinstance(one, Findings):
            assert [found for found in one if not found.value] == []


@pytest.fixture(scope="module")
def scanner() -> Iterator[Scanner]:
    with scanning.scanner() as loaded:
        yield loaded


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed=changed_files())
def test_a_sealed_off_reader_fails_in_none_of_our_own_code(
    scanner: Scanner, tmp_path: Path, caplog: pytest.LogCaptureFixture, changed: tuple[str, bytes]
) -> None:
    """An exception that leaves it is told as «damaged», and in the log."""
    path = tmp_path / changed[0]
    path.write_bytes(changed[1])
    [file] = walking.files_below(str(path))
    with caplog.at_level(logging.ERROR):
        found = list(scanner.scan(file, walking.opened(file)))
    assert all(isinstance(one, Finding | NotScanned) for one in found)
    assert caplog.records == []
