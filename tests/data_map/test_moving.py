"""A paper goes to the customer whom it names: sealed on the card first, then deleted where it lay."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import CILLA, DAN, PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Document
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, SafeCopy
from tryggve.domains.datamap.services import comparing
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import lying, people

pytestmark = pytest.mark.django_db
FILES = "/protection/data-map/files/"


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


@pytest.fixture
def offer(tmp_path: Path, cilla: UUID) -> File:
    """An offer to Cilla."""
    disk = mapped.folder(tmp_path / "disk", at=timezone.now())
    file = lying(disk, tmp_path / "disk/offert.txt", [(Kind.EMAIL, CILLA.emails[0])])
    comparing.compare()
    return file


def test_file_moves_to_the_customer_whom_it_names(
    offer: File, cilla: UUID, as_anna: Client, anna: User, tmp_path: Path
) -> None:
    [dan] = add(DAN)
    assert f"{FILES}{offer.pk}/move/" in as_anna.get(f"{FILES}{offer.pk}/").content.decode()
    page = as_anna.get(f"{FILES}{offer.pk}/move/").content.decode()
    assert str(cilla) in page
    assert str(dan) not in page

    answer = as_anna.post(f"{FILES}{offer.pk}/move/", {"customer": str(cilla)})
    copy = SafeCopy.objects.get()
    assert answer["Location"] == f"/protection/data-map/deleted/{copy.pk}/"
    assert Document.objects.get().customer_id == cilla
    assert not (tmp_path / "disk/offert.txt").exists()
    done = Entry.objects.filter(action__in=["datamap.file-moved", "datamap.file-deleted"]).order_by("pk")
    assert [(one.action, one.actor) for one in done] == [
        ("datamap.file-moved", anna.actor),
        ("datamap.file-deleted", anna.actor),
    ]


def test_customer_may_see_who_learned_that_a_file_names_them(
    offer: File, cilla: UUID, as_anna: Client
) -> None:
    as_anna.get(f"{FILES}{offer.pk}/move/")
    [look] = Entry.objects.filter(action="datamap.named-looked-at")
    assert (look.subject, look.facts) == (cilla, {"file": str(offer.pk)})


def test_nobody_else_can_be_chosen(offer: File, as_anna: Client, tmp_path: Path) -> None:
    [dan] = add(DAN)
    answer = as_anna.post(f"{FILES}{offer.pk}/move/", {"customer": str(dan)})
    assert answer.status_code == 200
    assert ((tmp_path / "disk/offert.txt").exists(), Document.objects.count()) == (True, 0)


def test_customers_of_others_are_not_offered(offer: File, cilla: UUID) -> None:
    kim = accounts.create_user(
        email="kim@example.se", password=PASSWORD, name="Kim", language="en", role=Role.CAPTAIN
    )
    User.objects.filter(pk=kim.pk).update(scope=Scope.OWN)
    kim.refresh_from_db()
    page = signing_in.browser_of(kim).get(f"{FILES}{offer.pk}/move/").content.decode()
    assert "There is nobody to choose" in page
    assert str(cilla) not in page


def test_list_of_many_customers_is_moved_to_nobody(as_anna: Client, tmp_path: Path) -> None:
    add(*(Details(name=f"Kund {number}", emails=(f"kund{number:05}@example.se",)) for number in range(21)))
    disk = mapped.folder(tmp_path / "disk", at=timezone.now())
    file = lying(disk, tmp_path / "disk/kunder.csv", people(range(21)))
    comparing.compare()
    assert "There is nobody to choose" in as_anna.get(f"{FILES}{file.pk}/move/").content.decode()


def test_only_the_name_is_told_as_that(cilla: UUID, as_anna: Client, tmp_path: Path) -> None:
    disk = mapped.folder(tmp_path / "disk", at=timezone.now())
    file = lying(disk, tmp_path / "disk/brev.txt", [(Kind.PERSON, "Cilla Åkerström")])
    comparing.compare()
    assert "only the name is the same" in as_anna.get(f"{FILES}{file.pk}/move/").content.decode()


def test_file_that_cannot_be_deleted_is_not_copied_to_the_card(
    offer: File, cilla: UUID, as_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, mode: int, **_where: int) -> bool:
        return mode != os.W_OK

    # As root, who these tests may run as, every folder can be written to.
    monkeypatch.setattr(os, "access", refuse)
    answer = as_anna.post(f"{FILES}{offer.pk}/move/", {"customer": str(cilla)})
    assert "doesn&#x27;t let Tryggve delete" in answer.content.decode()
    assert (Document.objects.count(), SafeCopy.objects.count()) == (0, 0)
