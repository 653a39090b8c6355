"""The pages of messages to customers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests import signing_in
from tests.cast import CILLA, NOW, PASSWORD
from tests.outreach import writing
from tests.outreach.writing import Clock, started
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.accounts.roles import Scope
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import responsible
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.selectors import mailings as selectors
from tryggve.domains.setup.models import Welcomed
from tryggve.notices.tests.post_office import PostOffice
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
LIST = "/customers/messages/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def read(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]  # a response


def form(purpose: UUID, **other: str) -> dict[str, str]:
    return {
        "purpose": str(purpose), "language": "sv", "subject": "Nya tider", "text": "Hej!\r\n\r\nKom.",
        "per_minute": "20", "tags": "vip", **other,
    }  # fmt: skip


def page_of(mailing: UUID) -> str:
    return f"{LIST}{mailing}/"


def test_message_is_written_looked_at_tried_and_sent(
    as_anna: Client, post: PostOffice, newsletter: UUID
) -> None:
    cilla, *_others = add(CILLA, Details(name="Bo Ek", tags=("vip",), emails=("bo@example.se",)))
    writing.say_yes(newsletter, cilla)
    to = as_anna.post(f"{LIST}write/", form(newsletter))["Location"]
    seen = read(as_anna.get(to))
    for sentence in (
        "1 customer gets it if you send it now.",
        "1 doesn't: 1: The customer hasn&#x27;t said yes",
        "Send it to 1 customer",
        "Nya tider",
    ):
        assert sentence in seen
    as_anna.post(f"{to}test/")
    [tried] = post.desk.taken
    assert (tried["To"], tried["Subject"]) == ("anna@example.se", "Nya tider")
    as_anna.post(f"{to}send/", {"revision": "1"})
    mailing = Mailing.objects.get()
    writing.work_to_the_end(mailing.pk)
    assert writing.addresses(post) == ["anna@example.se", "cilla@example.se"]
    assert "1 of 2" in read(as_anna.get(LIST))


def test_link_of_a_test_mail_withdraws_nothing(as_anna: Client, post: PostOffice, newsletter: UUID) -> None:
    mailing = writing.draft(newsletter)
    as_anna.post(f"{page_of(mailing)}test/")
    [tried] = post.desk.taken
    [stop] = [line for line in writing.plain(tried).splitlines() if "/consent/stop/" in line]
    assert "works in the real mail only" in writing.plain(tried)
    assert Client().post(re.sub(r"https?://[^/]+", "", stop)).status_code == 404


def test_page_of_a_draft_shows_the_mail_and_no_link_that_works(as_anna: Client, newsletter: UUID) -> None:
    page = as_anna.get(page_of(writing.draft(newsletter))).content.decode()
    assert "<p>from May we open at eight.<br>" in page
    assert "/consent/stop/-/" in page


def test_looking_again_while_it_is_sent_gives_the_part_that_changes(
    as_anna: Client, post: PostOffice, newsletter: UUID
) -> None:
    writing.say_yes(newsletter, *writing.many(25))
    mailing = started(newsletter)
    writing.work(mailing, Clock())
    answer = as_anna.get(page_of(mailing), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "20 of 25" in read(answer)


def test_mails_that_perhaps_left_are_told_on_the_first_page_until_somebody_decides(
    as_anna: Client, post: PostOffice, newsletter: UUID
) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert "Some perhaps got the message" not in read(as_anna.get("/today/"))
    Addressee.objects.filter(customer_ref=cilla).update(state="PERHAPS", reason="interrupted")
    assert "Some perhaps got the message" in read(as_anna.get("/today/"))
    page = read(as_anna.get(page_of(mailing)))
    assert "Cilla Åkerström" in page
    assert "doesn't send it again by itself" in page
    as_anna.post(f"{page_of(mailing)}perhaps/", {"leave": ""})
    assert "Some perhaps got the message" not in read(as_anna.get("/today/"))


def test_reading_whom_it_didnt_reach_is_a_look_in_the_log(
    as_anna: Client, post: PostOffice, newsletter: UUID
) -> None:
    cilla, _dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla)
    mailing = started(newsletter)
    Addressee.objects.filter(customer_ref=cilla).update(state="REFUSED", reason="recipient-refused")
    as_anna.get(page_of(mailing))
    assert Entry.objects.get(action="outreach.unreached-read").facts == {"mailing": str(mailing), "shown": 1}


def test_those_about_whom_somebody_must_decide_stand_first_and_many_others_hide_no_own(
    post: PostOffice, anna: User, newsletter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST_NAMED", 2)
    people = writing.many(5)
    writing.say_yes(newsletter, *people)
    row = Mailing.objects.get(pk=started(newsletter))
    Addressee.objects.update(state="REFUSED", reason="recipient-refused")
    for own in people[-2:]:
        responsible.assign(customer=own, responsible=anna.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    Addressee.objects.filter(customer_ref=people[-1]).update(state="PERHAPS")
    for reach in (EVERYBODY, Reach(frozenset({anna.pk}))):
        shown = selectors.unreached(row, actor=MACHINE, at=NOW, reach=reach)
        first, _second = shown
        assert (first.customer, first.is_perhaps) == (people[-1], True)
    assert {one.customer for one in shown} == set(people[-2:])


def test_who_sees_own_customers_only_writes_to_those_and_reads_of_those(
    anna: User, post: PostOffice, newsletter: UUID
) -> None:
    ove = accounts.create_user(email="ove@example.se", password=PASSWORD, name="Ove", language="en")
    User.objects.filter(pk=ove.pk).update(scope=Scope.OWN)
    Welcomed.objects.create(user=ove, at=NOW)
    cilla, dan = writing.cilla_and_dan()
    responsible.assign(customer=dan, responsible=ove.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    writing.say_yes(newsletter, cilla, dan)
    as_ove = signing_in.browser_of(User.objects.get(pk=ove.pk), at=NOW)
    mailing = writing.draft(newsletter)
    assert "Send it to 1 customer" in read(as_ove.get(page_of(mailing)))
    as_ove.post(f"{page_of(mailing)}send/", {"revision": "1"})
    assert [one.customer_ref for one in Addressee.objects.all()] == [dan]
    Addressee.objects.create(mailing_id=mailing, customer_ref=cilla, state="REFUSED", next_try_at=NOW)
    assert "Cilla" not in read(as_ove.get(page_of(mailing)))


def test_unknown_message_is_a_page_that_says_so(as_anna: Client) -> None:
    assert as_anna.get(f"{LIST}00000000-0000-7000-8000-000000000000/").status_code == 404


def test_form_says_what_is_missing_and_keeps_what_was_typed(as_anna: Client, newsletter: UUID) -> None:
    page = as_anna.post(f"{LIST}write/", form(newsletter, subject="", per_minute="5000")).content.decode()
    assert ("Kom." in page, Mailing.objects.count()) == (True, 0)


def test_quarterly_word_is_written_from_the_page_and_waits_for_a_purpose(
    as_anna: Client, anna: User, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=39))
    browser = signing_in.browser_of(anna)
    assert "The word of the quarter" in read(browser.get(LIST))
    to = browser.post(f"{LIST}quarter/write/", {"language": "da"})["Location"]
    assert "Sådan beskytter Annas Snickeri dine oplysninger" in browser.get(to).content.decode()
    assert "The word of the quarter" not in read(browser.get(LIST))


def test_customers_copy_has_the_message_and_erasing_leaves_that_of_others(
    post: PostOffice, newsletter: UUID
) -> None:
    cilla, dan = writing.cilla_and_dan()
    writing.say_yes(newsletter, cilla, dan)
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    subject = Subject(Kind.CUSTOMER, cilla)
    held = privacy.export_person(subject, actor=MACHINE, at=NOW)
    [part] = next(one for one in held.held if one.code == "outreach.mailings").parts
    assert {one.code: one.content for one in part.values}["subject"] == "New opening hours"
    assert privacy.erase_person(subject, actor=MACHINE, at=NOW)["outreach.mailings"] == 1
    assert [one.customer_ref for one in Addressee.objects.all()] == [dan]


def test_numbers_of_a_message_stay_when_those_who_got_it_are_erased(
    post: PostOffice, newsletter: UUID
) -> None:
    people = [*writing.many(3), *writing.cilla_and_dan()]
    writing.say_yes(newsletter, *people[:4])
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    before = selectors.whole_mailing(mailing).progress
    for one in people[2:]:  # two who got it, and Dan, who had not agreed
        privacy.erase_person(Subject(Kind.CUSTOMER, one), actor=MACHINE, at=NOW)
    after = selectors.whole_mailing(mailing).progress
    assert (before.sent, before.left_out, Addressee.objects.count()) == (4, 1, 2)
    assert (after.total, after.sent, after.left_out) == (5, 4, 1)
    row = Mailing.objects.get(pk=mailing)
    assert row.erased_since == {Addressee.State.SENT: 2, Addressee.State.LEFT_OUT: 1}
