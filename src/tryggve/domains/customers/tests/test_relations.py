"""What customers are to each other, on both their cards."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Reach, Refused
from tryggve.accounts.roles import Scope
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Relation
from tryggve.domains.customers.selectors import relations as selectors
from tryggve.domains.customers.services import relations, responsible
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
BERG = Details(kind="organisation", name="Berg AB", emails=("info@berg.example",))
_KIND = Relation.Kind


def _relate(one: UUID, other: UUID, kind: str = _KIND.CONTACT, *, reach: Reach = EVERYBODY) -> UUID:
    return relations.relate(customer=one, other=other, kind=kind, actor=MACHINE, at=NOW, reach=reach)


def _told(customer: UUID, reach: Reach = EVERYBODY) -> list[tuple[str, str]]:
    found = selectors.relations_of(customer, reach)
    return [(str(one.words), one.details.title) for one in found.related]


def _body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


@pytest.fixture
def own(bo: User) -> Client:
    """Bo, who sees his own customers only."""
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    return signing_in.browser_of(bo)


def _give(customer: UUID, to: User) -> None:
    responsible.assign(customer=customer, responsible=to.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)


@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [
        (_KIND.CONTACT, "Contact person of", "Contact person"),
        (_KIND.GUARDIAN, "Parent or guardian of", "Parent or guardian"),
        (_KIND.REFERRED, "Recommended by", "Has recommended"),
        (_KIND.PARTNER, "Spouse or partner", "Spouse or partner"),
        (_KIND.FAMILY, "Family", "Family"),
        (_KIND.OTHER, "Has to do with", "Has to do with"),
    ],
)
def test_both_cards_tell_it_in_their_direction(kind: str, there: str, back: str) -> None:
    cilla, dan = add(CILLA, DAN)
    _relate(cilla, dan, kind)
    assert (_told(cilla), _told(dan)) == ([(there, DAN.name)], [(back, CILLA.name)])


def test_relation_is_added_from_the_card_by_a_search_without_scripts(as_anna: Client) -> None:
    cilla, berg = add(CILLA, BERG)
    page = f"/customers/{cilla}/relate/"
    found = _body(as_anna.post(page, {"kind": "CONTACT", "text": "berg"}))
    assert (f'value="{berg}"' in found, f'value="{cilla}"' in found) == (True, False)
    answer = as_anna.post(f"/customers/{cilla}/relations/add/", {"kind": "CONTACT", "other": str(berg)})
    assert answer.headers["Location"] == f"/customers/{cilla}/"
    assert _told(berg) == [("Contact person", CILLA.name)]


def test_other_direction_can_be_chosen_on_either_card(as_anna: Client) -> None:
    cilla, berg = add(CILLA, BERG)
    as_anna.post(f"/customers/{berg}/relations/add/", {"kind": "CONTACT-back", "other": str(cilla)})
    assert _told(cilla) == [("Contact person of", BERG.name)]


def test_contact_persons_come_first_with_how_to_reach_them(as_anna: Client) -> None:
    cilla, dan, berg = add(CILLA, DAN, BERG)
    _relate(berg, dan, _KIND.OTHER)
    _relate(cilla, berg)
    assert [name for _words, name in _told(berg)] == [CILLA.name, DAN.name]
    text = _body(as_anna.get(f"/customers/{berg}/"))
    assert [reached in text for reached in (CILLA.phones[0], CILLA.emails[0], DAN.emails[0])] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(("kind", "count"), [(_KIND.FAMILY, 1), (_KIND.CONTACT, 2)])
def test_told_again_the_other_way_round_it_is_one_if_it_goes_both_ways(kind: str, count: int) -> None:
    cilla, dan = add(CILLA, DAN)
    assert _relate(cilla, dan, kind) == _relate(cilla, dan, kind)
    _relate(dan, cilla, kind)
    assert Relation.objects.count() == count


def test_nobody_is_related_to_himself(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    answer = as_anna.post(f"/customers/{cilla}/relations/add/", {"kind": "FAMILY", "other": str(cilla)})
    assert (answer.status_code, Relation.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    "typed", [{}, {"kind": "BOSS", "other": str(new_id())}, {"kind": "FAMILY", "other": "me"}]
)
def test_nonsense_is_refused(as_anna: Client, typed: dict[str, str]) -> None:
    [cilla] = add(CILLA)
    assert as_anna.post(f"/customers/{cilla}/relations/add/", typed).status_code == 400


def test_somebody_gone_meanwhile_is_told(as_anna: Client) -> None:
    cilla, dan = add(CILLA, DAN)
    deleting.delete_customer(customer=dan, actor=MACHINE, at=NOW)
    answer = as_anna.post(f"/customers/{cilla}/relations/add/", {"kind": "FAMILY", "other": str(dan)})
    assert (answer.status_code, "deleted already" in _body(answer)) == (409, True)


def test_both_must_be_within_reach(bo: User) -> None:
    cilla, dan = add(CILLA, DAN)
    _give(cilla, bo)
    reach = Reach(frozenset({bo.pk}))
    for one, other in ((cilla, dan), (dan, cilla)):
        with pytest.raises(Refused):
            _relate(one, other, reach=reach)
    relation = _relate(cilla, dan)
    with pytest.raises(Refused):
        relations.unrelate(customer=cilla, relation=relation, actor=MACHINE, at=NOW, reach=reach)
    assert Relation.objects.count() == 1


def test_customer_of_another_person_shows_nothing_but_that_there_is_one(own: Client, bo: User) -> None:
    cilla, dan = add(CILLA, DAN)
    _give(cilla, bo)
    relation = _relate(cilla, dan, _KIND.GUARDIAN)
    text = _body(own.get(f"/customers/{cilla}/"))
    assert "Another customer, whom a colleague looks after" in text
    for told in (DAN.name, DAN.emails[0], str(dan), str(relation), "Parent or guardian"):
        assert told not in text
    assert own.get(f"/customers/{cilla}/relations/{relation}/remove/").status_code == 404


def test_search_for_the_other_finds_only_those_within_reach(own: Client, bo: User) -> None:
    cilla, dan = add(CILLA, DAN)
    _give(cilla, bo)
    page = f"/customers/{cilla}/relate/"
    text = _body(own.post(page, {"kind": "FAMILY", "text": DAN.name}))
    assert ("Nobody else was found" in text, str(dan) in text) == (True, False)
    _give(dan, bo)
    assert str(dan) in _body(own.post(page, {"kind": "FAMILY", "text": DAN.name}))


def test_removal_is_asked_first_and_both_stay(as_anna: Client) -> None:
    cilla, dan = add(CILLA, DAN)
    page = f"/customers/{cilla}/relations/{_relate(cilla, dan)}/remove/"
    assert DAN.name in _body(as_anna.get(page))
    assert Relation.objects.count() == 1
    as_anna.post(page)
    assert (Relation.objects.count(), Customer.objects.count()) == (0, 2)


def test_relation_of_others_is_not_removed_from_this_card(as_anna: Client) -> None:
    cilla, dan, berg = add(CILLA, DAN, BERG)
    page = f"/customers/{cilla}/relations/{_relate(dan, berg)}/remove/"
    assert (as_anna.get(page).status_code, as_anna.post(page).status_code) == (404, 409)
    assert Relation.objects.count() == 1


def test_both_have_it_in_their_history() -> None:
    cilla, dan = add(CILLA, DAN)
    relation = _relate(cilla, dan)
    relations.unrelate(customer=dan, relation=relation, actor=MACHINE, at=NOW, reach=EVERYBODY)
    for one in (cilla, dan):
        assert [(entry.action, entry.facts) for entry in audit.entries_about(one)][:2] == [
            ("customers.unrelated", {"relation": str(relation)}),
            ("customers.related", {"relation": str(relation), "kind": "contact"}),
        ]


def test_one_has_no_more_than_a_card_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "MOST_OF_ONE", 1)
    cilla, dan, berg = add(CILLA, DAN, BERG)
    _relate(cilla, dan)
    with pytest.raises(relations.TooManyRelations):
        _relate(berg, dan)


def test_erasing_one_removes_the_relations_of_both() -> None:
    cilla, dan = add(CILLA, DAN)
    _relate(cilla, dan)
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert (Relation.objects.count(), _told(dan)) == (0, [])


def test_export_names_an_organisation_and_not_another_person() -> None:
    cilla, dan, berg = add(CILLA, DAN, BERG)
    _relate(cilla, berg)
    _relate(cilla, dan, _KIND.PARTNER)
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=NOW)
    [held] = [one for one in export.held if one.code == "customers.relations"]
    assert [(str(value.title), value.content) for part in held.parts for value in part.values] == [
        ("Contact person of", "Berg AB"),
        ("Spouse or partner", "another person"),
    ]


def test_customer_being_destroyed_is_on_no_card() -> None:
    cilla, dan = add(CILLA, DAN)
    _relate(cilla, dan)
    Customer.objects.filter(pk=dan).update(state=Customer.State.DESTROYING)
    found = selectors.relations_of(cilla, EVERYBODY)
    assert (found.related, found.hidden) == ([], 0)
