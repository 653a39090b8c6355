"""Cilla asks by right, on her telephone, for her data and that it lies still: until the package is hers. In Swedish."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.journeys.desk import Desk
from tests.journeys.law import Customer, Firm

pytestmark = [pytest.mark.browser, pytest.mark.process]

CILLA = "cilla@example.se"


def _ask(cilla: Customer, kind: str, words: str) -> None:
    cilla.open("/my/requests/")
    cilla.page.check(f"main [name=kind][value={kind}]")
    cilla.page.fill("main [name=words]", words)
    cilla.press("main form:has([name=kind]) button.btn-primary")
    cilla.look(f"asked {kind}")
    cilla.next_mail()


def _answer(anna: Desk, case: str, subject: str) -> None:
    """With the letter that the program proposes."""
    anna.open(f"{case}write/")
    anna.look()
    anna.page.fill("main [name=subject]", subject)
    text = anna.page.input_value("main [name=text]")
    anna.page.fill("main [name=text]", text.replace("[", "").replace("]", ""))
    anna.send(":has([name=subject])")
    anna.look("answered")
    anna.follow("[href*='/letters/']")
    anna.look()


def _opened(download: Download) -> list[str]:
    """The names in the package, without its folder, once everything in it could be read."""
    with zipfile.ZipFile(io.BytesIO(Path(download.path()).read_bytes())) as package:
        assert package.testzip() is None
        return sorted(Path(name).name for name in package.namelist())


def _package(anna: Desk, case: str) -> list[str]:
    """Made, fetched with a reason, and all in it whole: the names in it."""
    anna.follow("[href$='/package/']")
    anna.look()
    anna.send(":has([name=language])")
    anna.look("being made")
    fetch = anna.page.locator("main form[action$='/file/']")
    for _time in range(60):
        if fetch.count():
            break
        anna.page.wait_for_timeout(500)
        anna.open(case)
    anna.look("made")
    anna.page.fill("main [name=reason]", "På ett USB-minne")
    with anna.page.expect_download() as coming:
        fetch.locator("button").click()
    return _opened(coming.value)


def test_request_for_data_is_answered_with_a_package_and_restricted_data_lies_still(
    firm: Callable[[str], Firm],
) -> None:
    here = firm("sv")
    anna = here.anna
    here.choose_purposes("craft")
    card = anna.add(name="Cilla Åkerström", emails=CILLA)
    cilla = here.customer(CILLA)
    cilla.come_in()
    _ask(cilla, "ACCESS", "Vad vet ni om mig?")

    # It stands on Anna's first page with its clock; she makes sure who asks.
    anna.open("/")
    anna.look("with a request")
    anna.open("/customers/requests/")
    anna.look()
    anna.follow("[href*='/customers/requests/']:has-text('Cilla')")
    anna.look("come in")
    case = anna.path
    anna.page.check("main [name=how] >> nth=0")
    anna.send("[action$='/identity/']")
    anna.look("identified")

    names = _package(anna, case)

    # The answer reaches her, and the same package on her own page.
    _answer(anna, case, "Dina uppgifter")
    assert "Dina uppgifter" in str(cilla.next_mail()["Subject"])
    cilla.open("/my/requests/")
    cilla.look("answered")
    assert _opened(cilla.fetch("main form[action$='/package/'] button")) == names

    # Her data lies still: seen, and used for nothing, until she is told otherwise.
    _ask(cilla, "RESTRICTION", "Vänta tills ni har kollat min adress.")
    anna.open("/customers/requests/")
    anna.follow("[href*='/customers/requests/']:has-text('Cilla')")
    anna.look("restriction")
    case = anna.path
    anna.send("[action$='/carry-out/']", button="button")
    anna.look("carried out")
    expect(anna.page.locator("main form[action$='/carry-out/']")).to_have_count(0)
    _answer(anna, case, "Dina uppgifter ligger stilla")
    assert "ligger stilla" in str(cilla.next_mail()["Subject"])
    anna.open(card)
    anna.look("restricted")
    expect(anna.page.locator("main a.btn-primary[href$='/edit/']")).to_have_count(0)
    anna.page.fill("main [name=told]", "Ringde i dag")
    anna.send("[action$='/lift/']", button="button")
    anna.look("lifted")
    assert (cilla.faults, anna.faults) == ({}, {})
