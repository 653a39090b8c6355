"""Whether somebody may be written to now: each ground, each no, and what counts when both were said."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.by_right import asking, consenting
from tests.cast import DAN, NOW
from tests.erasure import erasing
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.policy.reach import NOBODY
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, people
from tryggve.domains.rights import api
from tryggve.domains.rights.api import Verdict
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.consents.consents import Kind as Event
from tryggve.domains.rights.services.purposes import purposes as services
from tryggve.domains.rights.tests import purposes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
DAY = timedelta(days=1)
LATER = NOW + 3 * DAY


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


def verdict(who: UUID, purpose: UUID, at: datetime = LATER) -> Verdict:
    person = customers.person(who)
    assert person is not None
    return api.verdicts([person], purpose, at=at)[who]


@pytest.fixture
def newsletter(firm: object) -> UUID:
    return consenting.prepare()


@pytest.fixture
def news(firm: object) -> UUID:
    """For which nobody's yes is needed."""
    purposes.choose("customer-news", kind="craft")
    return purposes.id_of("customer-news")


def test_by_consent_only_a_yes_that_holds_lets_anybody_write(newsletter: UUID) -> None:
    cilla = consenting.customer()
    said = [verdict(cilla, newsletter)]
    for kind, at in ((Event.GIVEN, NOW), (Event.WITHDRAWN, NOW + DAY)):
        consenting.say(cilla, newsletter, kind, at=at)
        said.append(verdict(cilla, newsletter))
    assert said == [Verdict.NO_CONSENT, Verdict.YES, Verdict.NO_CONSENT]


def test_yes_that_was_given_for_a_time_runs_out(newsletter: UUID) -> None:
    cilla = consenting.customer()
    consenting.say(cilla, newsletter, holds_until=NOW + DAY)
    at = [NOW + DAY - timedelta(seconds=1), NOW + DAY]
    assert [verdict(cilla, newsletter, one) for one in at] == [Verdict.YES, Verdict.NO_CONSENT]


def test_without_consent_anybody_may_be_written_to_until_they_say_no(news: UUID) -> None:
    cilla = consenting.customer()
    assert verdict(cilla, news) is Verdict.YES
    consenting.say(cilla, news, Event.WITHDRAWN)
    assert verdict(cilla, news) is Verdict.OBJECTED


@pytest.mark.parametrize("is_about_it", [True, False])
def test_objection_counts_from_the_moment_it_is_written_down(news: UUID, is_about_it: bool) -> None:
    cilla = consenting.customer()
    asking.asked(cilla, "OBJECTION", purpose=news if is_about_it else None)
    assert verdict(cilla, news) is Verdict.OBJECTED


def test_objection_to_another_purpose_changes_nothing(news: UUID, newsletter: UUID) -> None:
    cilla = consenting.customer()
    asking.asked(cilla, "OBJECTION", purpose=newsletter)
    assert verdict(cilla, news) is Verdict.YES


def test_of_an_objection_and_a_yes_the_newer_counts(newsletter: UUID) -> None:
    cilla = consenting.customer()
    consenting.say(cilla, newsletter, at=NOW - DAY)
    asking.asked(cilla, "OBJECTION")
    assert verdict(cilla, newsletter) is Verdict.OBJECTED
    consenting.say(cilla, newsletter, Event.GIVEN, at=NOW + DAY)
    assert verdict(cilla, newsletter) is Verdict.YES


def test_restricted_data_is_used_for_no_mail(newsletter: UUID, news: UUID) -> None:
    cilla = consenting.customer()
    consenting.say(cilla, newsletter)
    restrictions.restrict(customer=cilla, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert [verdict(cilla, one) for one in (newsletter, news)] == [Verdict.RESTRICTED] * 2


def test_purpose_that_has_ended_lets_nobody_write(news: UUID) -> None:
    cilla = consenting.customer()
    services.end_purpose(purpose=news, actor=MACHINE, at=NOW)
    assert verdict(cilla, news) is Verdict.ENDED


def test_address_of_somebody_erased_is_written_to_only_after_a_new_yes(news: UUID, newsletter: UUID) -> None:
    erasing.erase(consenting.customer())
    again = consenting.customer()
    assert verdict(again, news) is Verdict.HELD_BACK
    consenting.say(again, newsletter)
    assert verdict(again, newsletter) is Verdict.YES


def test_asking_about_many_takes_no_more_questions(
    news: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bring_in(people(range(600)))
    everybody = customers.people_tagged((), reach=EVERYBODY)
    assert len(everybody) == 600
    for some in (everybody[:5], everybody):
        with django_assert_num_queries(4):  # purpose, what was said, objections, whether anybody is held back
            assert set(api.verdicts(some, news, at=LATER).values()) == {Verdict.YES}


def test_segment_is_those_with_any_of_the_tags_within_reach(news: UUID) -> None:
    cilla, _dan = consenting.customer(), consenting.customer(DAN)
    assert [one.id for one in customers.people_tagged(["VIP", "none"], reach=EVERYBODY)] == [cilla]
    assert len(customers.people_tagged([], reach=EVERYBODY)) == 2
    assert customers.people_tagged([], reach=NOBODY) == []


def test_purposes_about_people_who_work_here_are_not_written_for(newsletter: UUID) -> None:
    told = api.purposes_to_write_for("sv")
    by_consent = {one.id for one in told if one.is_by_consent}
    assert newsletter in by_consent
    assert {one.basis for one in told} >= {"a", "b"}


def test_notice_is_linked_in_the_language_if_it_is_published(newsletter: UUID) -> None:
    assert api.notice_address("sv") == ""
    purposes.write_details()
    purposes.publish("da")
    assert [api.notice_address(one).partition("/notice/")[2] for one in ("da", "sv")] == ["da/", ""]
