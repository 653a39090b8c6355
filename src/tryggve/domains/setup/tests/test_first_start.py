"""The first start: one question a page, left and taken up again at any time, never in the way."""

from typing import Any

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.setup.models import Firm, PutOff, Welcomed
from tryggve.domains.setup.tests import newcomer
from tryggve.vault import custody as register
from tryggve.vault.keeper.custody import Custody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

WELCOME = "/welcome/"
FACTOR, WEBSITE, KIT, MAIL, CUSTOMERS, LANGUAGE = (
    f"{WELCOME}{step}/"
    for step in ("second-factor", "website", "recovery-kit", "mail", "customers", "language")
)
MAIL_ANSWERS = {
    "host": "smtp.example.com", "port": "587", "security": "starttls", "username": "", "password": "",
    "sender_address": "tryggve@example.se", "sender_name": "Annas Snickeri",
}  # fmt: skip


def _person(email: str, role: Role) -> User:
    return accounts.create_user(email=email, password=PASSWORD, name="Ny Person", language="en", role=role)


@pytest.fixture
def owner(firm: Firm) -> Client:
    """A new owner's browser, her second factor just set up."""
    return signing_in.browser_of(_person("anna@example.se", Role.OWNER))


@pytest.fixture
def colleague(firm: Firm) -> Client:
    """The same of somebody who was invited."""
    return signing_in.browser_of(_person("bo@example.se", Role.EMPLOYEE))


def _leads_to(browser: Client) -> str:
    """Where the first page leads, as far as the first start goes."""
    address = "/"
    while address in ("/", WELCOME):
        address = str(browser.get(address)["Location"])
    return address


def _text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _decided() -> list[tuple[str, dict[str, Any]]]:
    codes = ("setup.step-put-off", "setup.language-chosen", "setup.firm-changed")
    return [(one.action, one.facts) for one in Entry.objects.filter(action__in=codes).order_by("id")]


def _test_a_kit(browser: Client) -> Any:
    browser.post("/company/keys/kit/")
    words = []
    for share in (1, 2, 3):
        by = User.objects.get(email="anna@example.se").actor
        words.append(" ".join(register.sheet(number=1, share=share, by=by).words))
        register.put_sheet_away(number=1, share=share, by=by)
    return browser.post("/company/keys/kit/try/", {"first": words[0], "second": words[2]})


def test_who_claimed_is_asked_for_a_second_factor_before_anything_else(client: Client) -> None:
    newcomer.claim(client, newcomer.new_link())
    assert client.get(WELCOME)["Location"] == FACTOR
    page = _text(client, FACTOR)
    assert ("<span>2 of 6</span>" in page, "/sign-in/set-up/?next=/welcome/" in page) == (True, True)
    assert f'href="{WELCOME}firm/"' not in page  # it couldn't be opened yet
    for step in (f"{WELCOME}firm/", WEBSITE, KIT, MAIL, CUSTOMERS, LANGUAGE):
        assert client.get(step)["Location"] == "/sign-in/set-up/"
        assert client.post(step)["Location"] == "/sign-in/set-up/"
    assert (PutOff.objects.count(), _decided()) == (0, [])


def test_owner_is_led_through_all_steps_by_putting_them_off(owner: Client) -> None:
    met = []
    while (step := _leads_to(owner)) != "/today/":
        met.append(step)
        assert owner.post(step)["Location"] == WELCOME
    assert met == [WEBSITE, KIT, MAIL, CUSTOMERS]
    assert _decided() == [
        ("setup.step-put-off", {"step": name}) for name in ("website", "recovery-kit", "mail", "customers")
    ]


def test_owner_is_led_past_what_is_there(owner: Client) -> None:
    assert _leads_to(owner) == WEBSITE
    answer = owner.post("/protection/websites/start/", {"told": "example.se", "next": WELCOME})
    assert (answer["Location"], _leads_to(owner)) == (WELCOME, KIT)
    owner.get(KIT)
    assert _test_a_kit(owner)["Location"] == WELCOME
    assert _leads_to(owner) == MAIL
    owner.post("/company/mail/", MAIL_ANSWERS)
    assert _leads_to(owner) == CUSTOMERS
    owner.post("/customers/add/", {"kind": "person", "name": "Cilla Åkerström"})
    assert _leads_to(owner) == "/today/"
    assert (PutOff.objects.count(), _decided()) == (0, [])


def test_domain_of_the_owners_address_is_suggested_and_none_that_is_everybodys(owner: Client) -> None:
    assert 'value="example.se"' in _text(owner, WEBSITE)
    User.objects.update(email="anna@gmail.com")
    assert 'name="told" value=""' in _text(owner, WEBSITE)


def test_kit_that_was_made_and_not_tried_is_asked_for_again(owner: Client) -> None:
    owner.post(WEBSITE)
    owner.post("/company/keys/kit/")
    assert _leads_to(owner) == KIT
    assert 'href="/company/keys/kit/try/"' in _text(owner, KIT)


def test_start_goes_on_in_another_browser_where_it_was_left(owner: Client) -> None:
    owner.post(WEBSITE)
    owner.post(KIT)
    again = signing_in.browser_of(User.objects.get())
    assert _leads_to(again) == MAIL


@pytest.mark.parametrize(
    ("step", "before"),
    [(FACTOR, f"{WELCOME}firm/"), (WEBSITE, FACTOR), (KIT, WEBSITE), (MAIL, KIT), (CUSTOMERS, MAIL)],
)
def test_one_can_go_back(owner: Client, step: str, before: str) -> None:
    assert f'href="{before}"' in _text(owner, step)
    assert owner.get(before).status_code == 200


def test_firm_is_put_right_by_going_back(owner: Client) -> None:
    page = _text(owner, f"{WELCOME}firm/")
    assert ("<span>1 of 6</span>" in page, 'value="Annas Snickeri"' in page) == (True, True)
    answers = {"firm_name": "Annas Snickeri AB", "country": "DK"}
    for _time in range(2):
        assert owner.post(f"{WELCOME}firm/", answers)["Location"] == WELCOME
    firm = Firm.objects.get()
    assert (firm.name, firm.country, _decided()) == (
        "Annas Snickeri AB", "DK", [("setup.firm-changed", {"fields": ["country", "name"]})],
    )  # fmt: skip
    assert owner.post(f"{WELCOME}firm/", {"firm_name": "", "country": "DK"}).status_code == 200


def test_second_factor_can_not_be_put_off(owner: Client) -> None:
    assert owner.post(FACTOR).status_code == 405
    assert "Later" not in _text(owner, FACTOR)


def test_putting_off_twice_is_one_decision(owner: Client) -> None:
    for _time in range(2):
        owner.post(KIT)
    assert _decided() == [("setup.step-put-off", {"step": "recovery-kit"})]
    assert ("Go on without it" in _text(owner, KIT), "Later" in _text(owner, KIT)) == (True, False)


def test_looking_at_a_step_decides_nothing(owner: Client) -> None:
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS):
        owner.get(step)
    assert (PutOff.objects.count(), _decided(), _leads_to(owner)) == (0, [], WEBSITE)


def test_every_page_leads_back_while_the_start_goes_on(owner: Client) -> None:
    assert "First steps" not in _text(owner, "/company/mail/")
    owner.get(MAIL)
    for page in ("/company/mail/", "/customers/import/", "/sign-in/set-up/"):
        assert f'First steps: 5 of 6. <a href="{WELCOME}">Back to the first steps</a>' in _text(owner, page)
    for step in (WEBSITE, MAIL, CUSTOMERS):
        owner.post(step)
    owner.post(KIT)
    assert _leads_to(owner) == "/today/"
    assert "First steps" not in _text(owner, "/company/mail/")


def test_start_that_is_behind_does_not_come_back(owner: Client) -> None:
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS):
        owner.post(step)
    assert _leads_to(owner) == "/today/"
    PutOff.objects.all().delete()
    assert _leads_to(owner) == "/today/"
    assert [owner.get(step)["Location"] for step in (KIT, f"{WELCOME}firm/")] == [WELCOME, WELCOME]
    assert owner.get(WELCOME)["Location"] == "/"


def test_first_page_reminds_of_what_was_put_off_until_it_is_there(owner: Client) -> None:
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS):
        owner.post(step)
    owner.get("/", follow=True)
    page = _text(owner, "/today/")
    assert ("No recovery kit yet" in page, "can't send mail yet" in page) == (True, False)
    assert "No recovery kit yet" not in _text(owner, "/company/mail/")
    _test_a_kit(owner)
    page = _text(owner, "/today/").replace("&#x27;", "'")
    assert ("No recovery kit yet" in page, "can't send mail yet" in page) == (False, True)
    owner.post("/company/mail/", MAIL_ANSWERS)
    assert "can&#x27;t send mail yet" not in _text(owner, "/today/")


def test_who_may_not_mend_it_is_not_reminded(owner: Client, colleague: Client) -> None:
    owner.post(KIT)
    colleague.post(LANGUAGE, {"language": "en"})
    assert "No recovery kit yet" not in _text(colleague, "/today/")


def test_colleague_chooses_a_language_and_is_there(colleague: Client) -> None:
    assert _leads_to(colleague) == LANGUAGE
    page = _text(colleague, LANGUAGE)
    assert ("<span>3 of 3</span>" in page, f'href="{FACTOR}"' in page) == (True, True)
    answer = colleague.post(LANGUAGE, {"language": "da"})
    assert (answer["Location"], answer.cookies["tryggve_language"].value) == (WELCOME, "da")
    assert (_leads_to(colleague), User.objects.get().language) == ("/today/", "da")
    assert _decided() == [("setup.language-chosen", {"language": "da"})]


@pytest.mark.parametrize("language", ["", "de", "sv\x00"])
def test_language_that_is_none_of_ours_is_asked_for_again(colleague: Client, language: str) -> None:
    assert colleague.post(LANGUAGE, {"language": language}).status_code == 200
    assert (Welcomed.objects.count(), _decided()) == (0, [])


def test_colleague_has_no_step_of_the_owners(colleague: Client) -> None:
    """The pages about keys, mail and lists are another's; who may open one has it behind them all the same."""
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS, f"{WELCOME}firm/"):
        assert colleague.get(step).status_code == 403
        assert colleague.post(step).status_code == 403
    captain = signing_in.browser_of(_person("karin@example.se", Role.CAPTAIN))
    assert captain.get(KIT)["Location"] == WELCOME
    assert (captain.get(WELCOME)["Location"], PutOff.objects.count()) == (LANGUAGE, 0)


def test_second_owner_is_asked_nothing_that_the_first_has_answered(owner: Client) -> None:
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS):
        owner.post(step)
    assert _leads_to(signing_in.browser_of(_person("karin@example.se", Role.OWNER))) == "/today/"


def test_start_goes_on_while_the_register_is_locked(owner: Client, keeper: Custody) -> None:
    register.lock()
    assert _leads_to(owner) == WEBSITE
    for step in (WEBSITE, KIT, MAIL, CUSTOMERS):
        assert owner.get(step).status_code == 200
        owner.post(step)
    assert owner.get(WELCOME)["Location"] == "/"
