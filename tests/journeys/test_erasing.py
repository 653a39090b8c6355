"""Cilla wants to be erased, and is; of those whom nothing needs any more, Anna decides. In English."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import colleagues, furnishing
from tests.journeys.desk import Desk
from tests.journeys.law import Firm
from tests.paper import lines_of
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]

CILLA = "cilla@example.se"
_BESIDE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from django.utils import timezone
"""
_BE_DUE = """
from tryggve.routines.models import Schedule
Schedule.objects.filter(code={routine!r}).update(due_at=timezone.now())
"""
_WAITED = """
from tryggve.domains.rights.models import Erasure
Erasure.objects.filter(state="QUARANTINE").update(destroys_at=timezone.now())
"""


@pytest.fixture
def karin(browser: Browser) -> Iterator[Callable[[Firm], Desk]]:
    """The security captain, who has just joined; asked for before anybody else's second factor grows old."""
    desks: list[Desk] = []

    def join(here: Firm) -> Desk:
        anna, address = here.anna, here.program.address
        link = colleagues.invite(
            anna.page, address, name="Karin Lund", email="karin@example.se", role="CAPTAIN"
        )
        desks.append(Desk(browser, address, language=here.language))
        colleagues.join(desks[0].page, address, link)
        desks[0].telephone = furnishing.set_up_telephone(desks[0].page)
        return desks[0]

    yield join
    for desk in desks:
        desk.close()


def _run_now(program: Program, routine: str) -> None:
    """What happens by itself some time, at once."""
    program.run_python(_BESIDE + _BE_DUE.format(routine=routine))


def _wait_for(desk: Desk, path: str, found: str) -> None:
    """Look again until it is there: nothing tells a page that stands open."""
    for _time in range(60):
        desk.open(path)
        if desk.page.locator(found).count():
            return
        desk.page.wait_for_timeout(500)
    raise AssertionError(found)


def _erase(anna: Desk, card: str, name: str) -> str:
    """At the customer's wish; the path of the erasure's page."""
    anna.open(f"{card}erase/")
    anna.look()
    anna.page.check("main [name=ground][value=REQUEST]")
    anna.page.fill("main [name=name]", name)
    anna.send(":has([name=ground])", button="button.btn-danger")
    anna.open("/customers/erasures/")
    anna.look("somebody waits")
    anna.follow(f"[href*='/customers/erasures/']:has-text('{name}')")
    anna.look("waits")
    return anna.path


def test_customer_who_wants_to_be_erased_is_put_aside_called_back_and_then_gone_for_good(
    firm: Callable[[str], Firm], karin: Callable[[Firm], Desk]
) -> None:
    here = firm("en")
    anna, captain = here.anna, karin(here)
    here.choose_purposes("craft")
    card = anna.add(name="Cilla Åkerström", emails=CILLA)
    cilla = here.customer(CILLA)
    cilla.come_in()
    cilla.open("/my/requests/")
    cilla.page.check("main [name=kind][value=ERASURE]")
    cilla.press("main form:has([name=kind]) button.btn-primary")
    cilla.next_mail()

    # Begun too early, and called off: she is there again.
    anna.open("/customers/requests/")
    anna.follow("[href*='/customers/requests/']:has-text('Cilla')")
    case = anna.path
    anna.look("to be erased")
    erasure = _erase(anna, card, "Cilla Åkerström")
    assert anna.search("Cilla") == []
    anna.open(erasure)
    anna.send("[action$='/call-off/']")
    anna.look("called off")
    assert anna.search("Cilla") == ["Cilla Åkerström"]

    # Again; she has her answer, another person agrees, and the key is destroyed.
    erasure = _erase(anna, card, "Cilla Åkerström")
    anna.open(f"{case}write/")
    anna.look("erased")
    text = anna.page.input_value("main [name=text]")
    anna.page.fill("main [name=text]", text.replace("[", "").replace("]", ""))
    anna.send(":has([name=subject])")
    anna.look("answered")
    cilla.next_mail()
    captain.open(erasure)
    captain.look("to be agreed to")
    captain.send("[action$='/sooner/']", button="button.btn-danger")
    captain.look("agreed to")
    _run_now(here.program, "rights.carry-out-erasures")
    _wait_for(anna, erasure, "main a[href$='/receipt/']")
    anna.look("done")
    with anna.page.expect_download() as coming:
        anna.page.click("main a[href$='/receipt/']")
    receipt = " ".join(lines_of(Path(coming.value.path()).read_bytes()))
    assert ("Cilla" in receipt, "The register of customers" in receipt) == (False, True)
    answer = anna.open(card)
    assert answer is not None
    assert answer.status == 404
    cilla.open("/my/data/")
    expect(cilla.page.locator("main [name=email]")).to_be_visible()
    assert (cilla.faults, captain.faults, anna.faults) == ({}, {}, {})


def test_customers_who_are_due_are_kept_with_a_reason_held_or_erased(firm: Callable[[str], Firm]) -> None:
    here = firm("en")
    anna = here.anna
    anna.open("/customers/purposes/start/?kind=craft")
    for box in anna.page.locator("main [name=purposes]").all():
        box.set_checked(box.get_attribute("value") == "jobs")
    anna.send(":has([name=purposes])")
    cards = {name: anna.add(name=name) for name in ("Dan Holm", "Eva Lind", "Finn Juhl")}
    for card in cards.values():
        anna.open(f"{card}keeping/")
        anna.look()
        anna.page.fill("main [name$=ended_on]", "2019-05-31")
        anna.send("[action$='/ended/']", button="button")
    anna.look("ended")
    _run_now(here.program, "rights.find-due")
    _wait_for(anna, "/customers/retention/", "main [name=customers] >> nth=2")
    anna.look("some are due")
    anna.open("/")
    anna.look("some are due")

    # One is kept with a reason, one is held because of a dispute, one goes.
    for name, kind in (("Dan Holm", "LONGER"), ("Eva Lind", "HOLD")):
        anna.open(f"{cards[name]}keeping/")
        anna.page.check(f"main [name$=kind][value={kind}]")
        anna.page.fill("main [name$=reason]", "The roof isn't paid for")
        anna.send("[action$='/keep/']")
        anna.look(kind)
    anna.open("/customers/retention/kept/")
    anna.look("some are kept")
    expect(anna.page.locator("main tbody tr")).to_have_count(2)
    anna.open(f"{cards['Eva Lind']}erase/")
    anna.page.check("main [name=ground][value=MISTAKE]")
    anna.page.fill("main [name=name]", "Eva Lind")
    anna.send(":has([name=ground])", button="button.btn-danger")
    anna.look("held")
    expect(anna.page.locator("main .notice-danger:not([hidden])")).to_be_visible()
    anna.open("/customers/retention/")
    expect(anna.page.locator("main tbody tr a")).to_have_text(["Finn Juhl"])
    anna.page.check("main [name=customers]")
    anna.send("[action$='/purge/']", button="button.btn-danger")
    anna.look()
    anna.send("[action$='/purge/yes/']", button="button.btn-danger")
    anna.look("purged")

    # A firm of one waits; the time that is waited for is over at once here.
    here.program.run_python(_BESIDE + _WAITED)
    _run_now(here.program, "rights.carry-out-erasures")
    _wait_for(anna, "/customers/erasures/", "main .label-good")
    anna.look("somebody is erased")
    assert anna.search("Finn") == []
    anna.open("/customers/retention/")
    anna.send("[action$='/reviewed/']", button="button")
    anna.look("reviewed")
    assert anna.faults == {}
