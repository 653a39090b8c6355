"""Bo, who sees his own customers only, at work beside those of his colleagues, of whom nothing reaches him."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests import colleagues, furnishing
from tests.journeys.desk import Desk
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]

# Cilla is related to Dan, who is Bo's; Dagmar has Dan's e-mail address. Both are looked after by others.
CILLA = {"name": "Cilla Åkerström", "emails": "cilla@example.se", "tags": "altan"}
DAGMAR = {"name": "Dagmar Dold", "emails": "dan@example.dk", "tags": "altan"}
DAN = {"name": "Dan Sørensen", "emails": "dan@example.dk", "tags": "kök"}
DANA = {"name": "Dana Sørensen", "emails": "dan@example.dk"}
HIDDEN = re.compile("Cilla|cilla@|Dagmar|altan")


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(language="sv")
    yield program
    program.clear()


@pytest.fixture
def anna(browser: Browser, started: Program) -> Iterator[Desk]:
    desk = Desk.of_owner(browser, started, language="sv")
    yield desk
    desk.close()


@pytest.fixture
def bo(browser: Browser, anna: Desk) -> Iterator[Desk]:
    """Bo's desk: an employee with his own customers only, who may take data out."""
    link = colleagues.invite(anna.page, anna.address, name="Bo Dahl", email="bo@example.se")
    desk = Desk(browser, anna.address, language="sv")
    colleagues.join(desk.page, desk.address, link)
    desk.page.goto(f"{desk.address}/welcome/second-factor/")
    desk.telephone = furnishing.set_up_telephone(desk.page)
    desk.page.wait_for_url("**/welcome/language/")
    desk.send()

    anna.open("/company/people/")
    person = anna.page.locator("main h2 a", has_text="Bo Dahl").get_attribute("href") or ""
    anna.open(f"{person}customers/")
    anna.page.check("main [name=scope][value=OWN]")
    anna.send(":has([name=scope])")
    anna.open(f"{person}areas/")
    anna.page.locator("main select[name=EXPORT]").select_option(index=1)
    anna.send(":has([name=EXPORT])")
    yield desk
    desk.close()


def _add_to_own(bo: Desk, card: str) -> None:
    """A note, a document and a contact person."""
    bo.open(card)
    bo.page.fill("main [name=text]", "Vill ha offert på altanen.")
    bo.send("[action$='/notes/add/']", "button")
    bo.open(f"{card}documents/add/")
    bo.page.set_input_files(
        "main [name=file]", FilePayload(name="Offert.txt", mimeType="text/plain", buffer=b"12 000 kr")
    )
    bo.send(":has([name=file])")
    bo.open(f"{card}relate/")
    bo.page.select_option("main [name=kind]", "CONTACT-back")
    bo.page.fill("main [name=text]", "dana")
    bo.send(":has([name=text])")
    bo.look()
    bo.send("[action$='/relations/add/']", "button")
    for told in ("Vill ha offert på altanen.", "Offert.txt", DANA["name"]):
        expect(bo.page.locator("main")).to_contain_text(told)
    # That there is somebody else is told, but not who.
    expect(bo.page.locator("main")).to_contain_text("En annan kund, som en kollega tar hand om")
    bo.look()


def _finds_own_alone(bo: Desk) -> None:
    for typed in ("cilla", "Silla Akerstrom", "cilla@example.se", "altan", "dagmar"):
        assert bo.search(typed) == []
    assert sorted(bo.search("dan@example.dk")) == [DAN["name"], DANA["name"]]
    assert bo.search("Dan Sörenssen")[0] == DAN["name"]
    assert bo.search("kök") == [DAN["name"]]
    assert not HIDDEN.search(bo.page.content())


def _sees_own_alone(bo: Desk) -> None:
    shown = {"/customers/": 2, "/customers/?lacking=phone": 2, "/customers/?responsible=-": 2}
    for path, count in shown.items():
        bo.open(path)
        bo.look()
        assert (bo.page.locator("main tbody tr").count(), HIDDEN.search(bo.page.content())) == (count, None)
    bo.open("/customers/choose/")
    bo.look()
    expect(bo.page.locator("main")).to_contain_text("kök")
    assert (bo.page.locator("[name=responsible]").count(), HIDDEN.search(bo.page.content())) == (0, None)
    bo.open("/customers/doubles/")
    bo.look()
    assert (bo.page.locator("main tbody tr").count(), HIDDEN.search(bo.page.content())) == (1, None)


def _reaches_no_other(bo: Desk, own: str, others: str) -> None:
    for page in ("", "edit/", "notes/", "history/", "relate/", "same/", "documents/add/"):
        answer = bo.open(others + page)
        assert (page, answer and answer.status) == (page, 403)
    for pair in (
        own + "same" + others.removeprefix("/customers"),
        others + "same" + own.removeprefix("/customers"),
    ):
        answer = bo.open(pair)
        assert (pair, answer and answer.status) == (pair, 403)
    for search in ("same/", "relate/"):
        bo.open(own + search)
        bo.page.fill("main [name=text]", CILLA["name"])
        bo.send(":has([name=text])")
        bo.look()
        expect(bo.page.locator("main .notice >> visible=true")).to_contain_text("Ingen annan hittades.")
    # An id that was never offered, sent all the same.
    bo.page.fill("main [name=text]", "dana")
    bo.send(":has([name=text])")
    bo.page.eval_on_selector("main [name=other]", "(one, id) => one.value = id", others.split("/")[2])
    with bo.page.expect_navigation() as came:
        bo.page.click("main [name=other]")
    assert (came.value.status, HIDDEN.search(bo.page.content())) == (403, None)


def _takes_out_own_alone(bo: Desk) -> None:
    bo.open("/customers/export/")
    bo.look()
    bo.page.check("main [name=format][value=csv]")
    bo.page.fill("main [name=reason]", "Besök i maj")
    with bo.page.expect_download() as coming:
        bo.page.click("main form:has([name=reason]) button.btn-primary")
    text = coming.value.path().read_text(encoding="utf-8-sig")
    assert (len(text.splitlines()), HIDDEN.search(text)) == (3, None)


def test_bo_works_with_his_own_customers_and_learns_nothing_of_others(anna: Desk, bo: Desk) -> None:
    cilla = anna.add(**CILLA)
    anna.add(**DAGMAR)
    dan = bo.add(**DAN)
    bo.add(**DANA)
    anna.open(f"{dan}relate/")
    anna.page.select_option("main [name=kind]", "FAMILY")
    anna.page.fill("main [name=text]", "cilla")
    anna.send(":has([name=text])")
    anna.send("[action$='/relations/add/']", "button")
    expect(anna.page.locator("main")).to_contain_text(CILLA["name"])

    _finds_own_alone(bo)
    _sees_own_alone(bo)
    _reaches_no_other(bo, dan, cilla)
    _takes_out_own_alone(bo)
    _add_to_own(bo, dan)
    assert (bo.faults, anna.faults) == ({}, {})
