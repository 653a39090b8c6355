"""An old disk is looked through, paused, cut off and gone on with; its files are answered for and deleted."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import WIDTHS
from tests.journeys import old_files
from tests.journeys.desk import Desk
from tests.journeys.law import Firm

pytestmark = [pytest.mark.browser, pytest.mark.process]

MAP = "/protection/data-map/"
CILLA = "cilla@example.se"
_A_WHILE = 240_000


def _look(anna: Desk, state: str) -> None:
    """As she sees it at her desk, and on her telephone."""
    for width in WIDTHS:
        anna.page.set_viewport_size({"width": width, "height": 900})
        anna.look(f"{state} {width}")
    anna.page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def _add(anna: Desk, folder: str) -> None:
    anna.open(MAP)
    _look(anna, "empty")
    anna.follow("[href$='/places/add/']")
    _look(anna, "new place")
    anna.page.fill("main [name=title]", "Den gamla disken")
    anna.page.fill("main [name=where]", folder)
    anna.send(":has([name=where])")
    _look(anna, "waiting")


def _done(anna: Desk) -> int:
    """How many files it is through with."""
    return int(anna.page.locator("main progress").first.get_attribute("value") or 0)


def _watch_until_some_are_done(anna: Desk, *, more_than: int = 0) -> int:
    bar = anna.page.locator("main progress")
    bar.wait_for(timeout=_A_WHILE)
    for _time in range(600):
        if _done(anna) > more_than:
            break
        anna.page.wait_for_timeout(200)
    return _done(anna)


def _pause_and_go_on(anna: Desk) -> int:
    """How far it was when it paused."""
    _watch_until_some_are_done(anna)
    _look(anna, "running")
    anna.send("[action$='/pause/']", button="button")
    go_on = anna.page.locator("main form[action$='/go-on/']")
    expect(go_on).to_be_visible()
    anna.open(MAP)
    _look(anna, "paused")
    far = _done(anna)
    anna.send("[action$='/go-on/']", button="button")
    return far


def _cut_off_and_wait(here: Firm, far: int) -> None:
    anna = here.anna
    assert far <= _watch_until_some_are_done(anna, more_than=far) < old_files.LETTERS
    anna.page.goto("about:blank")  # or it would ask the program meanwhile, and complain
    here.program.kill()
    here.program.start()
    anna.open(MAP)
    anna.page.wait_for_selector("main [hx-trigger]", state="detached", timeout=_A_WHILE)
    anna.open(MAP)
    _look(anna, "done")


def _names_on(anna: Desk, places: str) -> list[str]:
    return [Path(one).name for one in anna.page.locator(places).all_inner_texts()]


def _package(anna: Desk, case: str) -> str:
    anna.follow("[href$='/package/']")
    anna.send(":has([name=language])")
    fetch = anna.page.locator("main form[action$='/file/']")
    for _time in range(120):
        if fetch.count():
            break
        anna.page.wait_for_timeout(500)
        anna.open(case)
    anna.page.fill("main [name=reason]", "USB")
    with anna.page.expect_download() as coming:
        fetch.locator("button").click()
    with zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes())) as package:
        return "\n".join(
            package.read(name).decode(errors="replace")
            for name in package.namelist()
            if name.endswith(".jsonld")
        )


def _delete(anna: Desk, file: str) -> None:
    anna.open(f"{MAP}files/")
    anna.follow(f":has-text('{file}')")
    _look(anna, "a file")
    anna.follow("[href$='/delete/']")
    _look(anna, "delete?")
    anna.send("", button="button.btn-danger")
    _look(anna, "receipt")
    expect(anna.page.locator("main")).to_contain_text(file)


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_old_disk_is_looked_through_and_answered_for(firm: Callable[[str], Firm], language: str) -> None:
    here = firm(language)
    anna = here.anna
    here.choose_purposes("craft")
    card = anna.add(name="Cilla Åkerström", emails=CILLA)
    folder = here.program.new_folder("gamla disken")
    old_files.write_in(Path(folder), of=CILLA)

    _add(anna, folder)
    far = _pause_and_go_on(anna)
    _cut_off_and_wait(here, far)

    # The three that name Cilla stand first, on her card, and in the answer to her request.
    anna.open(f"{MAP}files/")
    _look(anna, "riskiest")
    anna.open(card)
    _look(anna, "card with files")
    named = set(_names_on(anna, "section[aria-labelledby=card-files] a"))
    assert named == {old_files.FAIR, old_files.COPY, old_files.OFFER}

    cilla = here.customer(CILLA)
    cilla.come_in()
    cilla.open("/my/requests/")
    cilla.page.check("main [name=kind][value=ACCESS]")
    cilla.page.fill("main [name=words]", "Vad vet ni om mig?")
    cilla.press("main form:has([name=kind]) button.btn-primary")
    anna.open("/customers/requests/")
    anna.follow("[href*='/customers/requests/']:has-text('Cilla')")
    case = anna.path
    anna.page.check("main [name=how] >> nth=0")
    anna.send("[action$='/identity/']")
    told = _package(anna, case)
    assert all(name in told for name in named)

    _delete(anna, old_files.COPY)
    assert not (Path(folder) / old_files.COPY).exists()
    assert (Path(folder) / old_files.FAIR).exists()
    anna.open(card)
    assert set(_names_on(anna, "section[aria-labelledby=card-files] a")) == named - {old_files.COPY}
    assert (cilla.faults, anna.faults) == ({}, {})
