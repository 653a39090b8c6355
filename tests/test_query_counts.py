"""How many questions a page asks the database: counted, and the same however much there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from tests import signing_in
from tests.by_right import asking as requests
from tests.by_right import consenting
from tests.cast import CILLA, DAN, PASSWORD
from tests.counting import asked
from tests.telephone import telephone_of
from tryggve.accounts import services as accounts
from tryggve.accounts import teams, tokens
from tryggve.accounts.models import User
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.services import invitations
from tryggve.domains.customers import actions as customer_actions
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Note
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import custom_fields, documents, notes, relations
from tryggve.domains.customers.tests.lists import add, bring_in, people
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.datamap import index_file
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.domains.rights.engine.starter import starter_set
from tryggve.domains.rights.services.purposes import firm_details, notices, purposes
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db


@permission("setup.home")
def empty(request: HttpRequest) -> HttpResponse:
    """A page of our own that shows nothing."""
    return HttpResponse()


urlpatterns = [path("empty/", empty), path("", include("tryggve.config.urls"))]


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """Those of the test before hold customers who were never committed, and files that name nobody here."""
    register_index.forget()
    index_file.path().unlink(missing_ok=True)


def _more_customers(anna: User) -> None:
    bring_in(people(range(60)))


def _more_people(anna: User) -> None:
    for number in range(12):
        email, role = f"person{number}@example.se", list(Role)[number % len(Role)]
        one = accounts.create_user(
            email=email, password=PASSWORD, name=f"Person {number}", language="sv", role=role
        )
        teams.make_team(name=f"Team {number}", by=anna, at=timezone.now()).members.add(one, anna)
        place = invitations.Place(Role.EMPLOYEE, Scope.ALL, {})
        invitations.invite(
            email=f"other{number}@example.se", name="Other", language="sv", place=place, by_mail=False,
            by=anna, at=timezone.now(),
        )  # fmt: skip


def _more_entries(anna: User) -> None:
    for _time in range(60):
        audit.record(actions.SIGNED_OUT, actor=anna.actor, at=timezone.now())


def _more_sessions(anna: User) -> None:
    for number in range(8):
        signing_in.browser_of(anna)
        if number == 0:
            telephone_of(anna)
        tokens.make(
            user=anna, name="t", scopes=["customers.api"], lasts=timedelta(days=1), actor=anna.actor,
            at=timezone.now(),
        )  # fmt: skip


def _begin_with_purposes(anna: User) -> dict[str, Any]:
    by: dict[str, Any] = {"actor": anna.actor, "at": timezone.now()}
    purposes.choose_starters(firm_kind="craft", codes=["jobs"], **by)
    firm_details.change_firm_details(
        email="hej@annas.example", number="", address="", phone="", officer="", joint="", measures=[], **by
    )
    return by


def _more_purposes(anna: User) -> None:
    """Those of a coach beside those of a craft firm, and several versions of the notice."""
    for kind, ending in (("craft", "se"), ("coach", "com"), ("clinic", "dk")):
        codes = [one.code for one in starter_set(kind, country="SE")]
        by: dict[str, Any] = {"actor": anna.actor, "at": timezone.now()}
        purposes.choose_starters(firm_kind=kind, codes=codes, **by)
        firm_details.change_firm_details(
            email=f"hej@annas.{ending}", number="", address="", phone="", officer="", joint="", measures=[], **by
        )  # fmt: skip
        for language in LANGUAGES:
            notices.publish(language=language, **by)


def test_empty_page_for_who_is_signed_in_asks_at_most_four_times(as_anna: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert len(asked(as_anna, "/empty/")) == 2  # session, person


@pytest.mark.parametrize(
    ("page", "more", "count"),
    [
        ("/customers/", _more_customers, 6),
        ("/customers/?status=none&sort=newest", _more_customers, 6),
        ("/customers/choose/", _more_customers, 6),
        ("card", _more_customers, 9),
        ("/company/people/", _more_people, 6),
        ("person", _more_people, 5),
        ("/company/people/roles/", _more_people, 4),
        ("/company/people/teams/", _more_people, 5),
        ("/company/people/passwords/", _more_people, 10),
        ("/company/sign-in/", _more_sessions, 9),
        ("/company/tokens/", _more_sessions, 4),
        ("/events/log/", _more_entries, 9),
        ("/customers/purposes/", _more_purposes, 10),
        ("/customers/purposes/start/?kind=shop", _more_purposes, 5),
        ("/company/record/", _more_purposes, 9),
        ("/company/notice/", _more_purposes, 9),
        ("/company/notice/sv/", _more_purposes, 10),
        ("/notice/sv/", _more_purposes, 4),
    ],
)
def test_page_asks_as_often_however_much_there_is(
    anna: User, bo: User, as_anna: Client, page: str, more: Callable[[User], Any], count: int
) -> None:
    [cilla] = add(CILLA)
    notices.publish(language="sv", **_begin_with_purposes(anna))
    teams.make_team(name="Workshop", by=anna, at=timezone.now()).members.add(bo)
    address = {"card": f"/customers/{cilla}/", "person": f"/company/people/{bo.pk}/"}.get(page, page)
    few = asked(as_anna, address)
    more(anna)
    many = asked(as_anna, address)
    assert (len(few), len(many)) == (count, count), "\n".join(many)


def _rich_card(anna: User) -> UUID:
    """A customer with something in every panel."""
    by: dict[str, Any] = {"actor": anna.actor, "at": timezone.now()}
    field = custom_fields.add_field(name="Size", kind="NUMBER", choices=[], is_sensitive=False, **by)
    cilla, dan = add(replace(CILLA, custom=((str(field), "38"),)), DAN)
    consenting.say(cilla, consenting.prepare(), at=by["at"])
    requests.asked(cilla, at=by["at"], received_on=timezone.localdate())
    relations.relate(customer=cilla, other=dan, kind="PARTNER", reach=EVERYBODY, **by)
    notes.add_note(customer=cilla, text="a note", reach=EVERYBODY, **by)
    documents.add_document(customer=cilla, name="a.txt", source=BytesIO(b"agreement"), reach=EVERYBODY, **by)
    keep(cilla, CILLAS)
    return cilla


def _more_on_the_card(customer: UUID, anna: User) -> None:
    """A thousand notes, fifty relations, and ten thousand entries about others."""
    now = timezone.now()
    blob = bytes(Note.objects.filter(customer=customer)[0].text_sealed)
    by = {"text_sealed": blob, "written_by": anna.actor, "written_at": now}
    Note.objects.bulk_create(Note(customer_id=customer, **by) for _one in range(1000))
    for other in add(*(Details(name=f"Other {number}") for number in range(50))):
        relations.relate(
            customer=other, other=customer, kind="CONTACT", actor=anna.actor, at=now, reach=EVERYBODY
        )
    for _one in range(10_000):
        audit.record(customer_actions.LISTED, actor=anna.actor, at=now, subject=new_id(), shown=1, page=1)


def test_card_asks_at_most_twelve_times_however_much_hangs_on_it(anna: User, as_anna: Client) -> None:
    customer = _rich_card(anna)
    few = asked(as_anna, f"/customers/{customer}/")
    _more_on_the_card(customer, anna)
    many = asked(as_anna, f"/customers/{customer}/")
    assert (len(few), len(many)) == (12, 12), "\n".join(many)
