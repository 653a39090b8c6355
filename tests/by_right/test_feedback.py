"""What customers think: asked, told without an account, and looked into; and who else might answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.by_right.asking import asked
from tests.by_right.consenting import customer, delivered, letters_sent, links_in, read, send_through, text_of
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import EVERYBODY, Reach, Refused
from tryggve.accounts.policy.reach import NOBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.services import responsible
from tryggve.domains.outreach import notices
from tryggve.domains.outreach.models import Feedback
from tryggve.domains.outreach.selectors import feedback as selectors
from tryggve.domains.outreach.services import feedback as services
from tryggve.domains.outreach.services.feedback import Channel, State
from tryggve.domains.rights.models import PortalLink
from tryggve.domains.rights.services import restrictions
from tryggve.lib.ids import new_id
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
BY: dict[str, Any] = {"actor": "system", "at": NOW, "reach": EVERYBODY}
TOLD = {"safe": "2", "better": "Lock the door.", "contact": "yes"}
MINE = "/my/feedback/"


@pytest.fixture
def link(cilla: UUID) -> str:
    """The path in a mail to Cilla."""
    [path] = links_in(services.feedback_address(customer=cilla, at=NOW))
    return path


def given(who: UUID, **answers: Any) -> UUID:
    return services.give(customer=who, answers=answers or {"safe": 1}, channel=Channel.PORTAL, at=NOW)


def follow(feedback: UUID, state: State, words: str = "", *, revision: int = 1, **other: Any) -> None:
    services.follow_up(feedback=feedback, seen_revision=revision, state=state, words=words, **{**BY, **other})


def test_customer_is_asked_by_a_real_mail_and_answers_without_an_account(
    cilla: UUID, office: PostOffice
) -> None:
    send_through(office)
    services.ask(customer=cilla, language="en", **BY)
    [path] = links_in(text_of(delivered(office, at=NOW)[0]))
    browser = Client()
    assert "Three questions" in read(browser.get(path))
    assert browser.post(path, TOLD)["Location"] == "/feedback/thanks/"
    whole = selectors.one(Feedback.objects.get().pk, language="en", **BY)
    assert [answer for _asks, answer in whole.answers or ()] == [
        "Rather unsafe",
        "Lock the door.",
        "Yes, please",
    ]
    assert (whole.feedback.customer_ref, whole.feedback.channel, whole.is_waiting) == (cilla, "LINK", True)


def test_customer_answers_on_the_own_page(inside: Client, cilla: UUID) -> None:
    assert "Tell us what you think" in read(inside.get(MINE))
    inside.post(MINE, {**TOLD, "safe": "5", "better": "", "contact": "no"})
    row = Feedback.objects.get()
    assert (row.customer_ref, row.channel, row.state, row.ended_at) == (cilla, "PORTAL", "NO_NEED", NOW)


def test_own_page_is_the_customers_alone(cilla: UUID) -> None:
    answers = [getattr(Client(), method)(MINE, TOLD) for method in ("get", "post")]
    assert [one["Location"] for one in answers] == ["/my/come-in/"] * 2
    assert not Feedback.objects.exists()


def test_opening_the_link_uses_nothing_up_and_shows_nobody(link: str) -> None:
    page = read(Client().get(link))
    Client().head(link)
    assert ("Cilla" in page, "cilla@" in page) == (False, False)
    assert PortalLink.objects.get().used_at is None


def test_link_is_answered_once(link: str) -> None:
    told = [Client().post(link, TOLD).status_code for _time in range(2)]
    assert (told, Feedback.objects.count(), Client().get(link).status_code) == ([302, 404], 1, 404)


def test_answer_that_is_not_whole_leaves_the_link_to_be_used(link: str) -> None:
    for wrong in ({"safe": "6", "contact": "no"}, {"contact": "no"}, {"safe": "2", "contact": "perhaps"}):
        assert Client().post(link, wrong).status_code == 200
    assert (Feedback.objects.count(), PortalLink.objects.get().used_at) == (0, None)


def test_link_runs_out_after_thirty_days(link: str, clock: time_machine.Traveller) -> None:
    clock.move_to(NOW + timedelta(days=30))
    assert Client().post(link, TOLD).status_code == 404


def test_link_for_feedback_opens_nothing_else_and_no_other_opens_it(link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    for path in (f"/my/link/{token}/", f"/consent/{token}/", f"/consent/stop/{token}/"):
        assert Client().post(path).status_code == 404
    assert Client().post("/feedback/guessed/", TOLD).status_code == 404


def test_place_that_guesses_links_is_stopped(cilla: UUID) -> None:
    told = [Client().get(f"/feedback/guess{number}/").status_code for number in range(21)]
    assert told == [404] * 20 + [429]


def test_answers_lie_sealed(cilla: UUID) -> None:
    given(cilla, safe=1, better="Lock the door.")
    assert b"Lock" not in bytes(Feedback.objects.get().answers_sealed)


def test_customer_who_says_much_in_a_day_is_asked_to_come_back(cilla: UUID, inside: Client) -> None:
    for _time in range(services.MOST_A_DAY):
        given(cilla)
    assert "Come back tomorrow" in read(inside.post(MINE, TOLD))
    assert Feedback.objects.count() == services.MOST_A_DAY


def test_follow_up_goes_from_open_to_spoken_to_to_looked_into(cilla: UUID, anna: Any) -> None:
    feedback = given(cilla)
    follow(feedback, State.CALLED, actor=anna.actor)
    later = NOW + timedelta(minutes=1)
    follow(feedback, State.HANDLED, "We lock the door now.", revision=2, actor=anna.actor, at=later)
    whole = selectors.one(feedback, language="en", **BY)
    assert [(one.state, one.who, one.words) for one in whole.steps] == [
        ("the customer was spoken to", anna.name, ""),
        ("looked into", anna.name, "We lock the door now."),
    ]
    assert (whole.is_waiting, whole.feedback.ended_at) == (False, later)
    assert selectors.waiting(**BY) == []


def test_what_was_looked_into_stays_so(cilla: UUID) -> None:
    feedback = given(cilla)
    follow(feedback, State.HANDLED)
    with pytest.raises(services.StepNotPossible):
        follow(feedback, State.CALLED, revision=2)


@pytest.mark.parametrize("state", [State.OPEN, State.NO_NEED])
def test_nobody_sets_it_back(cilla: UUID, state: State) -> None:
    with pytest.raises(services.StepNotPossible):
        follow(given(cilla), state)


def test_of_two_at_the_same_feedback_the_second_is_told(cilla: UUID) -> None:
    feedback = given(cilla)
    follow(feedback, State.CALLED)
    with pytest.raises(services.ChangedMeanwhile):
        follow(feedback, State.HANDLED)


def test_list_is_within_reach_the_oldest_first(cilla: UUID, clock: time_machine.Traveller) -> None:
    first = given(cilla)
    dan = customer(DAN)
    second = services.give(
        customer=dan, answers={"safe": 1}, channel=Channel.LINK, at=NOW + timedelta(minutes=1)
    )
    assert [(one.feedback.pk, one.name) for one in selectors.waiting(**BY)] == [
        (first, CILLA.title),
        (second, DAN.title),
    ]
    assert selectors.waiting(**{**BY, "reach": NOBODY}) == []


@pytest.mark.parametrize("shown", [selectors.waiting, selectors.ended])
def test_feedback_of_many_others_customers_hides_no_own(
    monkeypatch: pytest.MonkeyPatch, anna: Any, cilla: UUID, shown: Any
) -> None:
    monkeypatch.setattr(selectors, "MOST_SHOWN", 2)
    state = {selectors.waiting: State.OPEN, selectors.ended: State.HANDLED}[shown]
    others = [customer(DAN) for _number in range(3)]
    own = customer(DAN)
    responsible.assign(customer=own, responsible=anna.pk, **BY)
    for number, who in enumerate([own, *others, own] if state is State.HANDLED else [*others, own, own]):
        services.give(
            customer=who, answers={"safe": 1}, channel=Channel.LINK, at=NOW + timedelta(minutes=number)
        )
    Feedback.objects.update(state=state)
    within = Reach(frozenset({anna.pk}))
    found = shown(**{**BY, "reach": within})
    assert [one.feedback.customer_ref for one in found] == [own, own]
    assert len(shown(**BY)) == 2


def test_feedback_of_another_persons_customer_is_refused(cilla: UUID) -> None:
    feedback = given(cilla)
    with pytest.raises(Refused):
        selectors.one(feedback, language="en", **{**BY, "reach": NOBODY})
    with pytest.raises(Refused):
        follow(feedback, State.HANDLED, reach=NOBODY)
    with pytest.raises(Refused):
        services.ask(customer=cilla, language="en", **{**BY, "reach": NOBODY})


def test_restricted_customer_is_not_asked(cilla: UUID) -> None:
    restrictions.restrict(customer=cilla, **BY)
    with pytest.raises(customers.Restricted):
        services.ask(customer=cilla, language="en", **BY)
    assert letters_sent(notices.FEEDBACK_QUESTION) == []


def test_customer_who_wants_no_mails_is_not_asked(cilla: UUID) -> None:
    asked(cilla, "OBJECTION")
    with pytest.raises(services.CannotBeAsked):
        services.ask(customer=cilla, language="en", **BY)
    assert not PortalLink.objects.exists()


def test_reading_and_asking_are_in_the_log_without_a_word_of_it(cilla: UUID) -> None:
    feedback = given(cilla, safe=1, better="Lock the door.")
    services.ask(customer=cilla, language="en", **BY)
    selectors.one(feedback, language="en", **BY)
    entries = Entry.objects.filter(subject=cilla, action__startswith="outreach.").order_by("pk")
    assert {one.action for one in entries} == {
        "outreach.feedback-given",
        "outreach.feedback-asked",
        "outreach.feedback-read",
    }
    assert "Lock" not in str([one.facts for one in entries])


def test_copy_of_a_customers_data_has_what_was_told_and_done_and_erasure_takes_it(cilla: UUID) -> None:
    follow(given(cilla, safe=1, better="Lock the door."), State.HANDLED, "Locked.")
    subject = Subject(Kind.CUSTOMER, cilla)
    told = str(privacy.export_person(subject, actor="system", at=NOW).to_json())
    assert ("Lock the door." in told, "Locked." in told) == (True, True)
    assert privacy.erase_person(subject, actor="system", at=NOW)["outreach.feedback"] == 1
    assert not Feedback.objects.exists()


def test_feedback_is_forgotten_two_years_after_it_was_looked_into(cilla: UUID) -> None:
    waits, done = given(cilla), given(cilla)
    follow(done, State.HANDLED)
    assert services.forget_old(now=NOW.replace(year=2028)) == 0
    assert services.forget_old(now=NOW.replace(year=2028, day=3)) == 1
    assert Feedback.objects.get().pk == waits


def test_day_on_which_feedback_was_looked_into_is_that_of_the_company(cilla: UUID) -> None:
    follow(given(cilla), State.HANDLED, at=NOW.replace(hour=23, minute=30))  # half past midnight there
    assert services.forget_old(now=NOW.replace(year=2028, day=3)) == 0
    assert services.forget_old(now=NOW.replace(year=2028, day=4)) == 1


def test_colleague_asks_from_the_card_and_writes_down_what_was_done(as_bo: Client, cilla: UUID) -> None:
    assert f"/customers/{cilla}/feedback/" in read(as_bo.get(f"/customers/{cilla}/"))
    assert "on their way" in read(as_bo.post(f"/customers/{cilla}/feedback/", follow=True))
    assert letters_sent(notices.FEEDBACK_QUESTION)[0].address == CILLA.emails[0]
    feedback = given(cilla, safe=1, better="Lock the door.")
    assert "Cilla" in read(as_bo.get("/customers/feedback/"))
    page = f"/customers/feedback/{feedback}/"
    assert "Lock the door." in read(as_bo.get(page))
    told = {"state": "HANDLED", "words": "We lock it now.", "revision": "1"}
    step = f"{page}follow-up/"
    assert "Bo Dahl" in read(as_bo.post(step, told, follow=True))
    assert "Nothing was changed" in read(as_bo.post(step, told))
    assert "Cilla" in read(as_bo.get("/customers/feedback/?ended"))


def test_feedback_that_is_not_there_is_a_page_that_says_so(as_bo: Client) -> None:
    assert as_bo.get(f"/customers/feedback/{new_id()}/").status_code == 404
