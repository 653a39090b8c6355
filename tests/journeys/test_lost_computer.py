"""The computer is gone: from two places to everything back, with what was printed and the far place. In Swedish."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, expect

from tests import furnishing
from tests.journeys import kits
from tests.journeys.desk import Desk
from tests.program import Program, until
from tryggve.domains.backups.tests import lost_firm

pytestmark = [pytest.mark.browser, pytest.mark.process]

CUSTOMERS = 1000
HOME = "/protection/backups"
_NAMES = ["Erasa Bort", *(f"Kund {number}" for number in range(1, CUSTOMERS))]
_LIST = "\n".join(["name;email", *(f"{name};{name.replace(' ', '.')}@example.se" for name in _NAMES)])
_PLACE = "kind=FOLDER&carried=no&elsewhere={elsewhere}&country=SE&holds={holds}"
_BESIDE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from django.utils import timezone
from tryggve.domains.backups.models import Run
from tryggve.domains.rights.models import Erasure
from tryggve.routines.models import Schedule
"""
_WAITED = """
Erasure.objects.filter(state="QUARANTINE").update(destroys_at=timezone.now())
Schedule.objects.filter(code="rights.carry-out-erasures").update(due_at=timezone.now())
"""
_IS_TOLD = """
[erased] = Erasure.objects.all()
if not Run.objects.filter(why="ERASURE", state="DONE", began_at__gte=erased.destroyed_at).exists():
    raise SystemExit(1)
"""
_A_WHILE = 240_000


@pytest.fixture
def program() -> Iterator[Program]:
    program = Program(language="sv")
    yield program
    program.clear()


@pytest.fixture
def new_computer() -> Iterator[Program]:
    """Another user's empty home."""
    program = Program(language="sv")
    yield program
    program.clear()


@pytest.fixture
def anna(browser: Browser, program: Program) -> Iterator[Desk]:
    """With a thousand customers and a recovery kit that was tried."""
    desk = Desk.of_owner(browser, program, language="sv")
    desk.read({"name": "kunder.csv", "mimeType": "text/csv", "buffer": _LIST.encode()})
    desk.confirm()
    yield desk
    desk.close()


def _printed(anna: Desk) -> list[str]:
    anna.open("/company/keys/kit/")
    pages = kits.print_kit(anna.page, anna.address)
    kits.type_two(anna.page, *pages[:2])
    anna.page.wait_for_url("**/company/keys/")
    return pages


def _add_place(anna: Desk, title: str, folder: str, *, elsewhere: str, holds: str) -> None:
    anna.open(f"{HOME}/places/add/details/?{_PLACE.format(elsewhere=elsewhere, holds=holds)}")
    anna.page.fill("main [name=title]", title)
    anna.page.fill("main [name=path]", folder)
    anna.send(":has([name=path])", patience=_A_WHILE)  # it is tried before the page comes
    expect(anna.page.locator("main h1")).to_contain_text(title)
    anna.look("added")


def _back_up_and_test(anna: Desk) -> None:
    anna.open(f"{HOME}/")
    anna.look("places and no backup")
    anna.send("[action$='/run/']")
    anna.look("backing up")
    anna.page.wait_for_selector("main [hx-trigger]", state="detached", timeout=_A_WHILE)
    anna.open(f"{HOME}/")
    anna.look("backed up")
    anna.send("[action$='/tests/ask/']", button="button")
    anna.look("being tested")
    anna.open(f"{HOME}/tests/")
    anna.follow("[href*='/tests/']")
    anna.look("being tested")
    anna.page.wait_for_selector("main #result", timeout=_A_WHILE)
    expect(anna.page.locator("main #result .label-good")).to_be_visible()
    anna.look("tested")


def _erase(anna: Desk, program: Program, name: str) -> None:
    """Waited for, and gone, from the copies of the keys too."""
    anna.card_of(name)
    anna.open(f"{anna.path}erase/")
    anna.page.check("main [name=ground][value=MISTAKE]")
    anna.page.fill("main [name=name]", name)
    anna.send(":has([name=ground])", button="button.btn-danger")
    program.run_python(_BESIDE + _WAITED)
    until(lambda: _was_told(program), seconds=240)


def _was_told(program: Program) -> bool:
    """Whether a copy of the keys that knows of the erasure has come to the place elsewhere."""
    with suppress(subprocess.CalledProcessError):
        program.run_python(_BESIDE + _IS_TOLD)
        return True
    return False


def test_everybody_is_back_but_who_was_erased(
    anna: Desk, program: Program, new_computer: Program, browser: Browser
) -> None:
    far = new_computer.new_folder("far")
    pages = _printed(anna)
    _add_place(anna, "Disken på kontoret", program.new_folder("near"), elsewhere="no", holds="data")
    _add_place(anna, "Hos Karin", far, elsewhere="yes", holds="both")
    _back_up_and_test(anna)
    _erase(anna, program, "Erasa Bort")

    anna.open(f"{HOME}/lost/")
    anna.look()
    paper = anna.page.locator("main").inner_text()
    assert far in paper
    assert anna.faults == {}
    program.stop()
    shutil.rmtree(program.home)

    typed = "".join(f"{page}\n" for page in (pages[2], pages[0]))
    done = lost_firm.run(new_computer, "restore", "-", "--keys-place", far, "--yes", given=typed)
    assert done.returncode == 0, done.stdout + done.stderr
    new_computer.start()
    back = Desk(browser, new_computer.address, language="sv")
    back.telephone = anna.telephone
    furnishing.sign_in(back.page, back.address, back.telephone)
    assert (back.search("Erasa"), back.search(f"Kund {CUSTOMERS - 1}")) == ([], [f"Kund {CUSTOMERS - 1}"])
    everybody = new_computer.run("customers", "export", "-", "--reason", "Är alla tillbaka?").stdout
    assert everybody.count(b"@") == CUSTOMERS - 1
    back.open(f"{HOME}/")
    back.look("after a restore")
    assert back.faults == {}
    back.close()
