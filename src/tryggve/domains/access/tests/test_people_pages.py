"""People, one person, roles and teams, as a browser shows and changes them."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tryggve.accounts import leaving, people, teams
from tryggve.accounts.models import Team, User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit.models import Entry

pytestmark = pytest.mark.django_db


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _role_of(person: User) -> str:
    return User.objects.get(pk=person.pk).role


def test_everybody_stands_there_in_a_sentence(as_anna: Client, bo: User) -> None:
    text = _text(as_anna.get("/company/people/"))
    assert "Anna Ek" in text
    assert "Sees and changes everything." in text
    assert (
        "Sees and changes all customers and does routines; not sensitive details, not bringing in lists"
        in text
    )


def test_who_is_alone_is_told_the_first_step(as_anna: Client, anna: User) -> None:
    assert "Nobody else yet" in _text(as_anna.get("/company/people/"))


def test_who_has_left_stands_apart(as_anna: Client, anna: User, bo: User) -> None:
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now())
    here, _heading, gone = _text(as_anna.get("/company/people/")).partition("No longer here")
    assert ("Bo Dahl" in here, "Bo Dahl" in gone) == (False, True)


def test_employee_sees_neither_people_nor_the_menus_word(as_bo: Client, bo: User) -> None:
    for path in ("", "roles/", f"{bo.pk}/", "invite/", "teams/"):
        assert as_bo.get(f"/company/people/{path}").status_code == HTTPStatus.FORBIDDEN
    assert "/company/people/" not in _text(as_bo.get("/customers/"))


def test_auditor_sees_people_and_no_buttons(anna: User, bo: User) -> None:
    people.change_role(person=bo.pk, role=Role.AUDITOR, by=anna, at=timezone.now())
    bo.refresh_from_db()
    browser = signing_in.browser_of(bo)
    assert "/company/people/invite/" not in _text(browser.get("/company/people/"))
    assert "/role/" not in _text(browser.get(f"/company/people/{anna.pk}/"))
    assert browser.get(f"/company/people/{anna.pk}/role/").status_code == HTTPStatus.FORBIDDEN


def test_unknown_person_is_nowhere(as_anna: Client) -> None:
    for page in ("", "role/", "areas/", "customers/", "deputy/", "leave/"):
        assert as_anna.get(f"/company/people/{uuid4()}/{page}").status_code == HTTPStatus.NOT_FOUND


def test_anna_changes_bos_role_and_it_counts_on_his_next_page(
    as_anna: Client, as_bo: Client, bo: User
) -> None:
    """His session goes on; what it opens is asked anew each time."""
    assert as_bo.get("/events/log/").status_code == HTTPStatus.FORBIDDEN
    answer = as_anna.post(f"/company/people/{bo.pk}/role/", {"role": "CAPTAIN"}, follow=True)
    assert "Bo Dahl, security captain:" in _text(answer)
    assert as_bo.get("/events/log/").status_code == HTTPStatus.OK
    as_anna.post(f"/company/people/{bo.pk}/role/", {"role": "EMPLOYEE"})
    assert as_bo.get("/events/log/").status_code == HTTPStatus.FORBIDDEN
    assert as_bo.get("/customers/").status_code == HTTPStatus.OK


def test_role_is_changed_only_shortly_after_the_second_factor(anna: User, bo: User) -> None:
    browser = signing_in.browser_of(anna, at=timezone.now() - timedelta(minutes=11))
    for answer in (
        browser.get(f"/company/people/{bo.pk}/role/"),
        browser.post(f"/company/people/{bo.pk}/role/", {"role": "CAPTAIN"}),
    ):
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].startswith("/sign-in/confirm/")
    assert _role_of(bo) == Role.EMPLOYEE
    assert browser.get("/company/people/").status_code == HTTPStatus.OK


def test_captain_is_refused_an_owners_pages_and_the_log_has_it(
    as_karin: Client, karin: User, anna: User
) -> None:
    person = f"/company/people/{anna.pk}/"
    assert "/role/" not in _text(as_karin.get(person))
    for page in ("role/", "customers/", "leave/", "areas/", "deputy/"):
        assert as_karin.get(person + page).status_code == HTTPStatus.FORBIDDEN
    for page in ("role/", "leave/", "reopen/", "deputy/end/"):
        answer = as_karin.post(person + page, {"role": "EMPLOYEE", "successor": str(karin.pk)})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    refused = Entry.objects.filter(action="accounts.refused", actor=karin.actor)
    assert {one.facts["rule"] for one in refused} == {"not-over-this-person"}
    assert refused.count() == 9
    assert (_role_of(anna), User.objects.get(pk=anna.pk).is_active) == (Role.OWNER, True)


def test_captain_is_offered_no_owner_and_can_not_ask_for_it(as_karin: Client, bo: User) -> None:
    page = f"/company/people/{bo.pk}/role/"
    assert 'value="OWNER"' not in _text(as_karin.get(page))
    assert "Please mend this" in _text(as_karin.post(page, {"role": "OWNER"}))
    assert _role_of(bo) == Role.EMPLOYEE
    assert as_karin.get(f"/company/people/{bo.pk}/areas/").status_code == HTTPStatus.FORBIDDEN


def test_nobody_opens_their_own_form(as_anna: Client, anna: User) -> None:
    person = f"/company/people/{anna.pk}/"
    assert "Nobody changes what they themselves may do" in _text(as_anna.get(person))
    assert as_anna.get(person + "role/").status_code == HTTPStatus.FORBIDDEN
    assert as_anna.post(person + "role/", {"role": "AUDITOR"}).status_code == HTTPStatus.FORBIDDEN


def test_areas_are_given_and_taken(as_anna: Client, bo: User) -> None:
    page = f"/company/people/{bo.pk}/areas/"
    as_is = {
        "CUSTOMERS": "2",
        "SENSITIVE": "0",
        "IMPORT": "0",
        "ERASURE": "0",
        "EXPORT": "0",
        "ROUTINES": "2",
    }
    answer = as_anna.post(page, as_is | {"SENSITIVE": "1", "ERASURE": "2"}, follow=True)
    assert "deletes customers" in _text(answer)
    assert User.objects.get(pk=bo.pk).given == {"SENSITIVE": 1, "ERASURE": 2}
    changes = Entry.objects.filter(action="accounts.area-changed")
    assert sorted(one.facts["area"] for one in changes) == ["erasure", "sensitive"]
    as_anna.post(page, as_is)
    assert User.objects.get(pk=bo.pk).given == {}


def test_area_beyond_the_table_is_not_offered_nor_taken(as_anna: Client, bo: User) -> None:
    page = f"/company/people/{bo.pk}/areas/"
    assert 'name="KEYS"' not in _text(as_anna.get(page))
    as_is = {
        "CUSTOMERS": "2",
        "SENSITIVE": "0",
        "IMPORT": "0",
        "ERASURE": "0",
        "EXPORT": "0",
        "ROUTINES": "2",
    }
    as_anna.post(page, as_is | {"KEYS": "2"})
    assert User.objects.get(pk=bo.pk).given == {}
    assert "Please mend this" in _text(as_anna.post(page, as_is | {"SENSITIVE": "7"}))


def test_who_sees_own_customers_only_is_not_offered_lists(as_anna: Client, anna: User, bo: User) -> None:
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=timezone.now())
    assert 'name="IMPORT"' not in _text(as_anna.get(f"/company/people/{bo.pk}/areas/"))


def test_log_set_as_it_is_counts_as_no_change(as_anna: Client, karin: User) -> None:
    """«See» is all there is in the log, on whatever level."""
    answer = as_anna.get(f"/company/people/{karin.pk}/areas/")
    form = answer.context["form"]
    same = {name: str(field.initial) for name, field in form.fields.items()}
    as_anna.post(f"/company/people/{karin.pk}/areas/", same)
    assert User.objects.get(pk=karin.pk).given == {}
    as_anna.post(f"/company/people/{karin.pk}/areas/", same | {"LOG": "0"})
    assert User.objects.get(pk=karin.pk).level_in(Area.LOG) == Level.NONE


def test_customers_and_teams_are_chosen_together(as_anna: Client, anna: User, bo: User) -> None:
    team = teams.make_team(name="North", by=anna, at=timezone.now())
    page = f"/company/people/{bo.pk}/customers/"
    answer = as_anna.post(page, {"scope": "TEAM", "teams": [str(team.pk)]}, follow=True)
    assert "Teams: North" in _text(answer)
    assert User.objects.get(pk=bo.pk).scope == Scope.TEAM


def test_deputy_is_chosen_by_days_and_ended(as_anna: Client, bo: User) -> None:
    today = timezone.localdate()
    page = f"/company/people/{bo.pk}/deputy/"
    days = {"first_day": today.isoformat(), "last_day": today.isoformat()}
    as_anna.post(page, days)
    bo.refresh_from_db()
    assert bo.deputy_from is not None
    assert bo.deputy_until is not None
    assert timezone.localtime(bo.deputy_from).date() == today
    assert bo.deputy_until - bo.deputy_from >= timedelta(hours=23)
    assert "Deputy for the security captain" in _text(as_anna.get("/company/people/"))
    as_anna.post(page + "end/")
    assert User.objects.get(pk=bo.pk).deputy_until is None


def test_deputy_in_the_past_is_told_why_not(as_anna: Client, bo: User) -> None:
    page = f"/company/people/{bo.pk}/deputy/"
    answer = as_anna.post(page, {"first_day": "2020-01-01", "last_day": "2020-01-02"})
    assert "not in the past" in _text(answer)


def test_roles_page_shows_the_table_and_who_has_what_beside_it(as_anna: Client, anna: User, bo: User) -> None:
    people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=timezone.now())
    text = _text(as_anna.get("/company/people/roles/"))
    assert '<td data-label="IT supplier">see and change</td>' in text
    assert "(takes data out)" in text


def test_team_is_made_filled_renamed_and_removed_after_a_yes(as_anna: Client, bo: User) -> None:
    assert "No teams yet" in _text(as_anna.get("/company/people/teams/"))
    page = as_anna.post("/company/people/teams/", {"name": "North"})["Location"]
    team = Team.objects.get()
    as_anna.post(page, {"members": [str(bo.pk)]})
    as_anna.post(f"{page}rename/", {"name": "South"})
    text = _text(as_anna.get("/company/people/teams/"))
    assert "South" in text
    assert "Bo Dahl" in text
    assert list(team.members.all()) == [bo]
    as_anna.post(page, {})
    assert team.members.count() == 0
    as_anna.get(f"{page}remove/")
    assert Team.objects.count() == 1
    as_anna.post(f"{page}remove/")
    assert Team.objects.count() == 0
    assert as_anna.get(page).status_code == HTTPStatus.NOT_FOUND


def test_name_of_another_team_is_told_beside_the_field(as_anna: Client, anna: User) -> None:
    teams.make_team(name="North", by=anna, at=timezone.now())
    south = teams.make_team(name="South", by=anna, at=timezone.now())
    for page in ("", f"{south.pk}/rename/"):
        answer = as_anna.post(f"/company/people/teams/{page}", {"name": "North"})
        assert "Another team is called that." in _text(answer)


def test_captain_is_told_why_she_does_not_join_a_team_herself(as_karin: Client, karin: User) -> None:
    team = teams.make_team(name="North", by=karin, at=timezone.now())
    answer = as_karin.post(f"/company/people/teams/{team.pk}/", {"members": [str(karin.pk)]})
    assert "Ask another owner of the company." in _text(answer)


def test_page_says_what_is_known_of_where_people_sign_in_from(as_anna: Client) -> None:
    page = as_anna.get("/company/people/").content.decode()
    assert "No address file: every country is unknown and treated as new." in page
