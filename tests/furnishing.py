"""Taking a new installation into use in a browser, as its owner would."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Response

from tests import colleagues, old_disk
from tests.cast import PASSWORD
from tests.pages import Furnished
from tests.program import Program
from tests.telephone import Telephone
from tryggve.domains.exposure.tests.aggregate import day, proven, report, row

LISTS = Path(__file__).parent.parent / "src/tryggve/domains/customers/tests/files"


def claim(page: Page, link: str) -> Telephone:
    """Answer the first questions as Anna, and put off what can be; her telephone."""
    begin(page, link)
    telephone = set_up_telephone(page)
    for step in ("website", "recovery-kit", "mail", "customers"):
        page.wait_for_url(f"**/welcome/{step}/")
        page.click("main form:not([action]) button[type=submit]")
    page.wait_for_url("**/today/")
    return telephone


def begin(page: Page, link: str) -> None:
    """Up to the second factor."""
    page.goto(link)
    for name, answer in {
        "firm_name": "Annas Snickeri",
        "owner_name": "Anna Ek",
        "email": "anna@example.se",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }.items():
        page.fill(f"[name={name}]", answer)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/welcome/second-factor/")


def set_up_telephone(page: Page) -> Telephone:
    """From the step that says why to the recovery codes, kept as on paper."""
    page.click("main a.btn-primary")
    page.wait_for_url("**/sign-in/set-up/**")
    telephone = Telephone(page.locator("main li .number").inner_text())
    page.fill("[name=code]", telephone.code())
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    page.click("main form[action$='/recovery-codes/'] button")
    page.click("main button[name=kept]")
    page.wait_for_url("**/welcome/**")
    return telephone


def sign_in(page: Page, address: str, telephone: Telephone) -> None:
    """With the password and the telephone, as Anna."""
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", "anna@example.se")
    page.fill("[name=password]", PASSWORD)
    page.click("main form:has([name=password]) button[type=submit]")
    page.wait_for_url("**/sign-in/second-step/")
    page.fill("[name=code]", telephone.code())
    page.click("main form:has([name=code]) button[type=submit]")


def open_page(page: Page, address: str, telephone: Telephone) -> Response | None:
    """A page that may ask to show the second factor again: at night after two minutes, else after ten."""
    answer = page.goto(address)
    return show_again_if_asked(page, telephone) or answer


def show_again_if_asked(page: Page, telephone: Telephone) -> Response | None:
    """The page that comes then; None when nothing was asked."""
    if "/sign-in/confirm/" not in page.url:
        return None
    page.fill("[name=code]", telephone.code())
    with page.expect_navigation() as came:
        page.click("main form:has([name=code]) button[type=submit]")
    return came.value


def upload(page: Page, program: Program, file: Path) -> str:
    """Read a list; the id of the import whose preview is shown then."""
    page.goto(f"{program.address}/customers/import/")
    page.set_input_files("[name=file]", file)
    page.fill("[name=source]", "Mässan 2026")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/customers/import/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def confirm(page: Page) -> None:
    """Say yes to the preview and wait until the result is there."""
    page.click("main form[action$='/confirm/'] button")
    page.wait_for_selector("main a.btn-primary[href='/customers/']", timeout=60_000)


def furnish(page: Page, program: Program, link: str) -> tuple[Telephone, Furnished]:
    """An owner, a list of customers, another list that waits for a yes, and colleagues."""
    telephone = claim(page, link)
    people = _colleagues(page, program.address)  # at once: changing people wants a fresh second factor
    done = upload(page, program, LISTS / "ugly-swedish.csv")
    confirm(page)
    previewed = upload(page, program, LISTS / "ten-faults.csv")
    page.goto(f"{program.address}/customers/")
    other = (page.get_attribute("tbody a >> nth=1", "href") or "").rstrip("/").rsplit("/", 1)[-1]
    page.click("tbody a >> nth=0")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/"))
    customer = page.url.rstrip("/").rsplit("/", 1)[-1]
    has = Furnished(
        link=link,
        customer=customer,
        other=other,
        document=add_document(page, program.address, customer),
        note=write_note(page, program.address, customer),
        field=add_field(page, program.address),
        purpose=publish_notice(page, program.address),
        case=ask_by_right(page, program.address, customer),
        mailing=write_to_customers(page, program.address),
        **watch_a_domain(page, program.address),
        **keep_backups(page, program, telephone),
        **look_through_old_files(page, program, telephone),
        turn=open_routine(page, program.address),
        meeting=make_agenda(page, program.address),
        report=make_report(page, program.address),
        told=tell(page, program.address),
        previewed=previewed,
        done=done,
        verification=verify_log(page, program),
        **people,
    )
    return telephone, has


def add_document(page: Page, address: str, customer: str) -> str:
    """A picture on somebody's card; its id."""
    page.goto(f"{address}/customers/{customer}/documents/add/")
    page.set_input_files("[name=file]", {"name": "Köket.png", "mimeType": "image/png", "buffer": _picture()})
    page.click("main form button[type=submit]")
    page.click("main a[href*='/documents/']:not([href$='/add/'])")
    page.wait_for_url(re.compile(r"/documents/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def write_note(page: Page, address: str, customer: str) -> str:
    """A note on somebody's card; its id."""
    page.goto(f"{address}/customers/{customer}/")
    page.fill("main [name=text]", "Ringde om köket.\n\nVill ha offert.")
    page.click("main form[action$='/notes/add/'] button")
    page.click("main .notes a:not([href$='/delete/'])")
    page.wait_for_url(re.compile(r"/notes/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def add_field(page: Page, address: str) -> str:
    """A field of the firm's own; its id."""
    page.goto(f"{address}/company/fields/add/")
    page.fill("main [name=name]", "Avtal")
    page.select_option("main [name=kind]", "CHOICE")
    page.fill("main [name=choices]", "Guld\nSilver")
    page.click("main form button[type=submit]")
    page.click("main .choose a")
    page.wait_for_url(re.compile(r"/company/fields/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def publish_notice(page: Page, address: str) -> str:
    """What a craft firm uses data for, and its notice in every language; the id of a purpose."""
    page.goto(f"{address}/customers/purposes/start/?kind=craft")
    page.click("main form:has([name=purposes]) button[type=submit]")
    page.goto(f"{address}/company/record/details/")
    page.fill("main [name=email]", "hej@annas.example")
    page.click("main form button[type=submit]")
    for language in ("sv", "da", "en"):
        page.goto(f"{address}/company/notice/{language}/")
        page.click("main form[action$='/publish/'] button")
    page.goto(f"{address}/customers/purposes/")
    page.click("main .purposes a >> nth=0")
    page.wait_for_url(re.compile(r"/purposes/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def ask_by_right(page: Page, address: str, customer: str) -> str:
    """Somebody who wants to see what is held; the id of the request."""
    page.goto(f"{address}/customers/{customer}/requests/add/")
    page.check("main [name=kind][value=ACCESS]")
    page.check("main [name=channel][value=MAIL]")
    page.fill("main [name=words]", "Vad vet ni om mig?")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def open_routine(page: Page, address: str) -> str:
    """The first that is Anna's to do; its id."""
    page.goto(f"{address}/routines/")
    page.click("main th a[href*='/routines/turn/'] >> nth=0")
    page.wait_for_url(re.compile(r"/routines/turn/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def make_report(page: Page, address: str) -> str:
    """For an insurer, in Swedish; its id."""
    page.goto(f"{address}/report/new/")
    page.check("[name=reader][value=INSURER]")
    page.select_option("main [name=language]", "sv")
    page.click("main form:has([name=reader]) button[type=submit]")
    page.wait_for_url(re.compile(r"/report/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rpartition("/")[2]


def tell(page: Page, address: str) -> str:
    """Of a mail that reached the wrong person; the id of what was told."""
    page.goto(f"{address}/events/happened/")
    page.check("[name=kind][value=WRONG_PERSON]")
    page.fill("[name=words]", "Jag skickade offerten till fel kund.")
    page.click("main form:has([name=kind]) button[type=submit]")
    page.wait_for_url("**/events/happened/thanks/wrong_person/")
    page.goto(f"{address}/events/reports/")
    page.click("main th a >> nth=0")
    page.wait_for_url(re.compile(r"/events/reports/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def make_agenda(page: Page, address: str) -> str:
    """What to talk about at the staff meeting; its id."""
    page.goto(f"{address}/routines/meetings/")
    page.click("main form[action$='/make/'] button")
    page.wait_for_url(re.compile(r"/routines/meetings/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def write_to_customers(page: Page, address: str) -> str:
    """A message that nobody has got yet; its id."""
    page.goto(f"{address}/customers/messages/write/")
    page.check("main [name=purpose] >> nth=0")
    page.fill("main [name=subject]", "Nya öppettider")
    page.fill("main [name=text]", "Hej!\n\nFrån maj öppnar vi klockan åtta.\nhttps://annas.example/tider")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/messages/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def watch_a_domain(page: Page, address: str) -> dict[str, str]:
    """A domain and its website, of which nobody is asked; their ids."""
    page.goto(f"{address}/protection/websites/name-servers/")
    page.fill("main [name=servers]", "255.255.255.255")  # nothing can be sent there
    page.click("main form button[type=submit]")
    page.goto(f"{address}/protection/websites/start/")
    page.fill("main [name=told]", "annas.example")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/protection/websites/")
    found = {}
    for name in ("domain", "site"):
        link = page.get_attribute(f"main a[href*='/websites/{name}s/']:not([href$='/add/'])", "href") or ""
        found[name] = link.rstrip("/").rsplit("/", 1)[-1]
    _give_a_report(page, f"{address}/protection/websites/domains/{found['domain']}/reports/")
    return found


def keep_backups(page: Page, program: Program, telephone: Telephone) -> dict[str, str]:
    """A place with a copy and a test, a folder of the firm's, another backup; their ids, and the address of a file."""
    home = f"{program.address}/protection/backups"
    page.goto(f"{home}/folders/")
    page.fill("main [name=path]", program.new_folder("papers", "Offert Åkerström.txt"))
    page.click("main form[action$='/folders/add/'] button")
    page.goto(f"{home}/others/add/")
    page.fill("main [name=title]", "NAS")
    page.click("main form button[type=submit]")
    open_page(page, f"{home}/places/add/details/?{_PLACE}", telephone)
    page.fill("main [name=title]", "Disk")
    page.fill("main [name=path]", program.new_folder("disk"))
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/places/[0-9a-f-]{36}/"), timeout=120_000)  # it is tried first
    place = page.url.rstrip("/").rsplit("/", 1)[-1]
    run = _back_up(page, home)
    page.goto(f"{home}/copies/{run}/files/")
    page.click("main tbody a")
    file = page.get_attribute("main td a[href*='file=']", "href") or ""
    program.run_python(_A_TEST)
    page.goto(f"{home}/tests/")
    test = (page.get_attribute("main tbody a", "href") or "").rstrip("/").rsplit("/", 1)[-1]
    return {"backup_place": place, "backup": run, "backup_file": file, "restore_test": test}


_PLACE = "kind=FOLDER&carried=no&elsewhere=no&country=SE&holds=both"
_A_TEST = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from django.utils import timezone
from tryggve.domains.backups.models import Place, RestoreTest, Run
at, found = timezone.now(), {"files": 12, "rows": 4800, "customers": 20, "answered_seconds": 420}
told = {"place": Place.objects.first(), "run": Run.objects.first(), "began_at": at, "ended_at": at, "found": found}
RestoreTest.objects.create(state="FAILED", step="starts", cause="does-not-start", **told)
"""


def look_through_old_files(page: Page, program: Program, telephone: Telephone) -> dict[str, str]:
    """A folder with lists, one of them twice, and what nobody can read; the id of a file and of a receipt."""
    home = f"{program.address}/protection/data-map"
    folder = program.new_folder("old disk")
    old_disk.write_in(Path(folder), of=_OF_A_CUSTOMER)
    open_page(page, f"{home}/places/add/", telephone)
    page.fill("main [name=title]", "Gamla disken")
    page.fill("main [name=where]", folder)
    page.click("main form:has([name=where]) button[type=submit]")
    page.wait_for_selector("main [hx-trigger]", timeout=30_000)
    page.wait_for_selector("main [hx-trigger]", state="detached", timeout=240_000)
    program.run_python(_COMPARED)
    page.goto(f"{home}/")
    change = page.get_attribute("main a[href$='/change/']", "href") or ""
    open_page(page, f"{home}/files/", telephone)
    page.click("main .choose a >> nth=0")
    page.click("main a[href$='/delete/']")
    page.click("main form:has(button.btn-danger) button.btn-danger")
    page.wait_for_url(re.compile(r"/deleted/[0-9a-f-]{36}/"))
    receipt = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"{home}/files/")
    file = (page.get_attribute("main .choose a >> nth=0", "href") or "").rstrip("/").rsplit("/", 1)[-1]
    return {"looked_through": change.split("/")[-3], "file": file, "receipt": receipt}


# Of the list that is brought in before.
_OF_A_CUSTOMER = "kund000@example.se"
_COMPARED = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from tryggve.domains.datamap.services import comparing
comparing.compare()
"""


def _back_up(page: Page, home: str) -> str:
    """At once; the run's id when it is done."""
    page.goto(f"{home}/")
    with page.expect_navigation():
        page.click("main form[action$='/run/'] button")
    page.wait_for_selector("main [hx-trigger]", state="detached", timeout=120_000)
    page.goto(f"{home}/copies/")
    return (page.get_attribute("main tbody a", "href") or "").rstrip("/").rsplit("/", 1)[-1]


def _give_a_report(page: Page, address: str) -> None:
    """Of mail in its name that was proven, and of somebody's that wasn't."""
    content = report(proven(40), row(3), begins=day(datetime.now(UTC), 1), domain="annas.example")
    page.goto(address)
    page.set_input_files("main [name=reports]", {"name": "1.xml", "mimeType": "text/xml", "buffer": content})
    page.click("main form:has([name=reports]) button")
    page.wait_for_selector("main button[name=is_own]")


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 360), "teal").save(out, "PNG")
    return out.getvalue()


def _colleagues(page: Page, address: str) -> dict[str, str]:
    """Bo, who works here; Ulla, who has left; a team; and links that Dan and Karin may join with."""
    gone = colleagues.add(page, address, name="Ulla Ström", email="ulla@example.se")
    colleagues.close(page, address, gone)
    return {
        "gone": gone,
        "colleague": colleagues.add(page, address, name="Bo Dahl", email="bo@example.se"),
        "team": colleagues.add_team(page, address, name="Verkstaden"),
        "joining": colleagues.invite(page, address, name="Karin Lund", email="karin@example.se"),
        "invited": colleagues.invite(page, address, name="Dan Sørensen", email="dan@example.dk"),
    }


def verify_log(page: Page, program: Program) -> str:
    """Let the log be verified and wait for it; the job's id."""
    page.goto(f"{program.address}/events/log/")
    page.click("main form[action='/events/log/verify/'] button")
    page.wait_for_url(re.compile(r"/events/log/verify/[0-9a-f-]{36}/"))
    job = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.wait_for_selector("main a.btn-primary[href='/events/log/']", timeout=60_000)
    return job
