"""Another company's sign-in, with the real program and a real browser; then what of it lies on the disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.furnishing import claim, open_page, show_again_if_asked
from tests.leftovers import held
from tests.leftovers.readings import readable_in
from tests.leftovers.spellings import Needles
from tests.program import Program
from tests.saml_service import SamlService
from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService
from tests.telephone import Telephone

pytestmark = [pytest.mark.browser, pytest.mark.process]

_NUMBER = "anna-subject-0001"
_SAID = ["Anna Annorlunda", "annannorlunda", "070-174 06 05", CLIENT_SECRET]


@pytest.fixture(params=[("sv", 1280), ("da", 390), ("en", 390)], ids=lambda given: given[0])
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visitor]:
    language, width = request.param
    someone = Visitor(browser, language=language, width=width)
    yield someone
    someone.close()


@pytest.fixture
def program() -> Iterator[Program]:
    started = Program()
    yield started
    started.clear()


@pytest.fixture
def service(program: Program) -> Iterator[SignInService]:
    with SignInService() as opened:
        opened.redirect_uris = {f"{program.address}/sign-in/provider/return/"}
        opened.account.subject, opened.account.more = _NUMBER, {"phone_number": "070-174 06 05"}
        yield opened


def _looks_well(page: Page) -> bool:
    return (faults_of_access(page), sideways_scroll(page)) == ([], 0)


def _choose(page: Page, program: Program, service: SignInService, telephone: Telephone) -> None:
    """The owner writes down the service, and tries whether it answers."""
    open_page(page, f"{program.address}/company/provider/", telephone)
    told = {"name": "Entra", "issuer": service.issuer, "client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    for name, answer in told.items():
        page.fill(f"[name={name}]", answer)
    page.click("main form:has([name=issuer]) button[type=submit]")
    page.wait_for_selector("main form[action$='/provider/try/']")
    page.click("main form[action$='/provider/try/'] button")
    page.wait_for_url("**/company/provider/try/")
    assert (page.locator("main .alert-danger").count(), service.calls) == (
        0,
        ["GET /.well-known/openid-configuration", "GET /keys"],
    )
    assert _looks_well(page)


def _link(page: Page, program: Program, telephone: Telephone) -> None:
    page.goto(f"{program.address}/company/sign-in/")
    page.click("main form[action$='/provider/link/'] button")
    page.wait_for_url("**/company/sign-in/")
    show_again_if_asked(page, telephone)
    expect(page.locator("main form[action$='/provider/unlink/']")).to_be_visible()
    assert _looks_well(page)


def test_anna_links_it_and_comes_in_with_it(
    visitor: Visitor, program: Program, service: SignInService
) -> None:
    page = visitor.page
    telephone = claim(page, program.start())
    _choose(page, program, service, telephone)
    _link(page, program, telephone)

    page.context.clear_cookies()
    page.goto(f"{program.address}/sign-in/?next=/company/sign-in/")
    assert _looks_well(page)
    page.click("main form[action='/sign-in/provider/'] button")
    page.wait_for_url("**/sign-in/second-step/")  # over there and back, past our own policy for forms
    assert held.sessions_of(program) != []
    assert [fault for one in held.sessions_of(program) for fault in _of_rounds(one)] == []
    page.fill("[name=code]", telephone.code())
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url("**/company/sign-in/")
    assert visitor.complaints == []

    service.account.subject = "mallory-subject-0001"
    page.context.clear_cookies()
    page.goto(f"{program.address}/sign-in/")
    page.click("main form[action='/sign-in/provider/'] button")
    page.wait_for_url("**/sign-in/provider/return/*")
    assert page.locator("main form[action='/sign-out/']").count() == 0
    assert _looks_well(page)

    program.stop()
    _nothing_but_the_number_is_kept(program)


class _WithSaml(Program):
    """Started with the description of a service that speaks SAML."""

    service: SamlService

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "TRYGGVE_SAML": str(self.service.describe(self.home))}


@pytest.mark.parametrize("visitor", [("en", 1280)], indirect=True, ids=["en"])
def test_anna_comes_in_by_saml(visitor: Visitor) -> None:
    page, program = visitor.page, _WithSaml()
    with SamlService(program.address) as program.service:
        try:
            telephone = claim(page, program.start())
            page.goto(f"{program.address}/company/sign-in/")
            page.click("main form[action$='/saml/link/'] button")
            page.wait_for_url("**/company/sign-in/")
            expect(page.locator("main form[action$='/provider/unlink/']")).to_be_visible()
            page.context.clear_cookies()
            page.goto(f"{program.address}/sign-in/?next=/company/sign-in/")
            assert _looks_well(page)
            page.click("main form[action='/sign-in/saml/'] button")
            page.wait_for_url(
                "**/sign-in/second-step/"
            )  # by the service's form, without our cookies, and on with them
            page.fill("[name=code]", telephone.code())
            page.click("main form:has([name=code]) button[type=submit]")
            page.wait_for_url("**/company/sign-in/")
            program.stop()
            assert readable_in(program.data, Needles(["Anna Annorlunda"])) == {}
        finally:
            program.clear()


def _of_rounds(session: dict[str, object]) -> list[str]:
    """What a session keeps of the way there that it ought not to."""
    kept = {name: value for name, value in session.items() if name.startswith(("socialaccount", "account"))}
    return [word for word in ("anna@example.se", "Annorlunda", _NUMBER, "id_token") if word in repr(kept)]


def _nothing_but_the_number_is_kept(program: Program) -> None:
    could_be_found = set(readable_in(program.data, Needles([_NUMBER])))
    assert could_be_found & {"tryggve.sqlite3", "tryggve.sqlite3-wal"} != set()
    assert readable_in(program.home, Needles(_SAID)) == {}
    assert readable_in(program.home, Needles(["mallory-subject-0001"])) == {}
    with closing(sqlite3.connect(program.data / "tryggve.sqlite3")) as database:
        counted = [
            database.execute(f"SELECT count(*) FROM socialaccount_{table}").fetchone()[0]  # noqa: S608 - our words
            for table in ("socialaccount", "socialtoken", "socialapp")
        ]
    assert counted == [1, 0, 0]
