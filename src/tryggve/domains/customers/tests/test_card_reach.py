"""Bo sees his own customers only: every page that hangs on another's card is closed to him."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Scope
from tryggve.domains.customers.models import Note, Relation
from tryggve.domains.customers.services import notes, relations, responsible
from tryggve.domains.customers.tests.lists import MACHINE, add

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": MACHINE, "at": NOW, "reach": EVERYBODY}
PAGES = {
    "history/": "get",
    "notes/": "get",
    "notes/add/": "post",
    "notes/NOTE/": "both",
    "notes/NOTE/delete/": "both",
    "relate/": "both",
    "relations/add/": "post",
    "relations/RELATION/remove/": "both",
}


@pytest.fixture
def own(bo: User) -> Client:
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    return signing_in.browser_of(bo)


def _customers(bo: User) -> tuple[UUID, UUID, dict[str, str]]:
    """Bo's own, another's, and what hangs on them."""
    his, others = add(CILLA, DAN)
    responsible.assign(customer=his, responsible=bo.pk, **BY)
    note = notes.add_note(customer=others, text="about Dan", **BY)
    relation = relations.relate(customer=others, other=his, kind="FAMILY", **BY)
    return his, others, {"NOTE": str(note), "RELATION": str(relation)}


@pytest.mark.parametrize("page", PAGES)
def test_page_of_another_persons_customer_is_refused(own: Client, bo: User, page: str) -> None:
    his, others, ids = _customers(bo)
    address = f"/customers/{others}/{page}"
    for name, id in ids.items():
        address = address.replace(name, id)
    typed = {"text": "mine", "revision": "1", "kind": "OTHER", "other": str(his)}
    methods = ["get", "post"] if PAGES[page] == "both" else [PAGES[page]]
    for method in methods:
        answer = getattr(own, method)(address, typed if method == "post" else {})
        assert answer.status_code == 403
        assert ("Dan" in answer.content.decode(), "about Dan" in answer.content.decode()) == (False, False)
    assert [(note.pk, note.revision) for note in Note.objects.all()] == [(UUID(ids["NOTE"]), 1)]
    assert [str(one.pk) for one in Relation.objects.all()] == [ids["RELATION"]]


def test_note_of_another_persons_customer_is_not_reached_through_an_own_one(own: Client, bo: User) -> None:
    his, _others, ids = _customers(bo)
    for page in ("", "delete/"):
        address = f"/customers/{his}/notes/{ids['NOTE']}/{page}"
        assert own.get(address).status_code == 404
        assert own.post(address, {"text": "mine", "revision": "1"}).status_code in (404, 409)
    assert Note.objects.count() == 1
