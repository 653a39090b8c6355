import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import Visitor
from tests.furnishing import LISTS, claim, confirm, upload
from tests.leftovers import SHORTEST, readable_in, spellings
from tests.program import Program

LIST = LISTS / "doubles.csv"


@pytest.fixture
def program() -> Iterator[Program]:
    program = Program()
    yield program
    program.clear()


def _words_of_the_list() -> list[str]:
    """Names, addresses, numbers of every seventh customer: what is long enough to be theirs alone."""
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read()
        rows = list(
            csv.reader(sample.splitlines(), delimiter=";" if sample.count(";") > sample.count(",") else ",")
        )
    cells = {cell.strip() for row in rows[1::7] for cell in row}
    return sorted(cell for cell in cells if len(cell) > SHORTEST and ("@" in cell or " " in cell))


def test_spelling_is_found_when_it_is_there(tmp_path: Path) -> None:
    for number, form in enumerate(sorted(spellings("Cilla Åkerström"))):
        (tmp_path / f"{number}").write_bytes(b"\x00\x01before" + form + b"after")
    (tmp_path / "packed.gz").write_bytes(gzip.compress("x Cilla Åkerström".encode()))
    (tmp_path / "innocent").write_bytes(bytes(range(256)) * 100)

    everything = {path.name for path in tmp_path.iterdir()} - {"innocent"}
    assert set(readable_in(tmp_path, ["Cilla Åkerström"])) == everything


@pytest.mark.browser
@pytest.mark.process
def test_imported_customers_are_readable_nowhere(browser: Browser, program: Program) -> None:
    words = _words_of_the_list()
    visitor = Visitor(browser, language="en")
    claim(visitor.page, program.start())
    upload(visitor.page, program, LIST)
    confirm(visitor.page)
    _use_the_register(visitor, program)
    upload(visitor.page, program, LIST)  # and one more that waits for a yes

    while_running = readable_in(program.home, words)
    program.stop()
    after_stop = readable_in(program.home, words)

    assert len(words) > 40
    assert (while_running, after_stop) == ({}, {})
    _plant(program, words[0])
    assert readable_in(program.home, words) == {"data/logs/planted": [words[0]]}


def _use_the_register(visitor: Visitor, program: Program) -> None:
    """Search, look, write, delete, run into an error: all that could leave something behind."""
    page = visitor.page
    page.goto(f"{program.address}/customers/")
    with page.expect_response("**/customers/search/"):
        page.locator("#search-text").press_sequentially("kund00")
    page.click("#search-results a >> nth=0")
    page.wait_for_url("**/customers/*-*/")
    page.click("main .actions a")
    page.fill("[name=note]", "Likes Monday mornings")
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    page.goto(f"{program.address}/customers/not-here/")


def _plant(program: Program, word: str) -> None:
    (program.data / "logs" / "planted").write_text(f"left behind: {word}")
