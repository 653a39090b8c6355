"""Anna writes to some of her customers; who says no gets no more, and who has something to say is heard. In Danish."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.law import Customer, Firm, text_of

pytestmark = [pytest.mark.browser, pytest.mark.process]

WORDS = "Anna må skrive til mig om nyt fra værkstedet."
SUBJECT = "Nye åbningstider"
TEXT = "Hej!\n\nFra maj åbner vi klokken otte.\nhttps://annas.example/tider"
# Name, address, tag, and what was said: the message goes to those with the tag who said yes.
CUSTOMERS = (
    ("Cilla Åkerström", "cilla@example.se", "Båd", "GIVEN"),
    ("Eva Lind", "eva@example.se", "Båd", "GIVEN"),
    ("Dan Sørensen", "dan@example.dk", "Båd", "REFUSED"),
    ("Bente Holm", "bente@example.dk", "Båd", ""),
    ("Finn Juhl", "finn@example.dk", "Køkken", "GIVEN"),
)


def _add_customers(anna: Desk) -> dict[str, str]:
    """Their cards, by address."""
    cards = {}
    for name, email, tags, said in CUSTOMERS:
        cards[email] = card = anna.add(name=name, emails=email, tags=tags)
        if said:
            anna.open(f"{card}consents/")
            anna.page.check(f"main [name=kind][value={said}]")
            anna.send("[action$='/record/']")
    return cards


def _write(anna: Desk) -> None:
    """A message to who has a boat, for the newsletter; its preview."""
    anna.open("/customers/messages/")
    anna.look()
    anna.follow("[href$='/write/']")
    anna.page.get_by_label("Nyhedsbrev").check()
    anna.page.check("main [name=tags][value='Båd']")
    anna.page.fill("main [name=subject]", SUBJECT)
    anna.page.fill("main [name=text]", TEXT)
    anna.page.fill("main [name=per_minute]", "120")
    anna.look()
    anna.send(":has([name=subject])")
    anna.look("a draft")


def _about(customer: Customer) -> list[EmailMessage]:
    return [one for one in customer.mails if SUBJECT in str(one["Subject"])]


def test_message_reaches_those_who_agreed_and_their_no_and_their_opinion_reach_anna(
    firm: Callable[[str], Firm],
) -> None:
    here = firm("da")
    anna = here.anna
    here.choose_purposes("coach")
    here.write_words("Nyhedsbrev", WORDS)
    cards = _add_customers(anna)
    cilla, eva = here.customer("cilla@example.se"), here.customer("eva@example.se")

    # Tried first, then sent: the page tells how far it has come.
    _write(anna)
    message = anna.path
    anna.follow("[href$='/change/']")
    anna.look()
    anna.send(":has([name=subject])")
    anna.send("[action$='/test/']", button="button")
    anna.look("tried")
    anna.send("[action$='/send/']")
    anna.look("being sent")
    expect(anna.page.locator("main .label-good")).to_be_visible(timeout=30_000)
    anna.open(message)
    anna.look("sent")
    got = [str(one["To"]) for one in here.office.desk.taken if SUBJECT in str(one["Subject"])]
    assert sorted(re.findall(r"[\w.]+@[\w.]+", " ".join(got))) == [
        "anna@example.se", "cilla@example.se", "eva@example.se",
    ]  # fmt: skip

    # Cilla opens the link in hers and presses the button; Eva's mail program asks by itself (RFC 8058).
    (mail,) = _about(cilla)
    cilla.open(re.findall(r"https?://\S+/consent/stop/\S+", text_of(mail))[0])
    cilla.press()
    (mail,) = _about(eva)
    stop = str(mail["List-Unsubscribe"]).strip("<>")
    assert eva.page.request.post(stop, form={"List-Unsubscribe": "One-Click"}).status == 200

    # So the next one has nobody to go to.
    _write(anna)
    expect(anna.page.locator("main form[action$='/send/']")).to_have_count(0)
    anna.look("to nobody")
    anna.send("[action$='/delete/']", button="button")
    anna.look("listed")

    # Three questions by a link of her own, then on her own page; Anna follows it up.
    anna.open(f"{cards['cilla@example.se']}feedback/")
    anna.look()
    anna.send()
    cilla.open(cilla.next_link("/feedback/"))
    _answer(cilla, "Skriv ikke så tit.")
    cilla.come_in()
    cilla.open("/my/feedback/")
    _follow_up(anna)
    assert (cilla.faults, anna.faults) == ({}, {})


def _follow_up(anna: Desk) -> None:
    """What Cilla said waits until somebody has looked into it."""
    anna.open("/customers/feedback/")
    anna.look("waiting")
    anna.follow("[href*='/customers/feedback/']:has-text('Cilla')")
    anna.look()
    anna.page.check("main [name=state] >> nth=1")
    anna.page.fill("main [name=words]", "Vi skriver hvert kvartal.")
    anna.send(":has([name=words])")
    anna.look("looked into")
    anna.open("/customers/feedback/?ended")
    anna.look("ended")
    expect(anna.page.locator("main table")).to_contain_text("Cilla")


def _answer(cilla: Customer, better: str) -> None:
    """The three questions."""
    form = cilla.page.locator("main form").first
    for group in form.locator("fieldset").all():
        group.locator("input[type=radio]").first.check()
    form.locator("textarea").fill(better)
    cilla.press()
