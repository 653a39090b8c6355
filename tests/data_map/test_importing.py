"""A list that lies in a folder is brought into the register by the register's own preview."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import Source
from tryggve.domains.datamap.services import handing_over
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import lying, people

pytestmark = pytest.mark.django_db(transaction=True)
FILES = "/protection/data-map/files/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk", at=timezone.now())


def test_list_leads_to_the_preview_of_the_register(
    disk: Source, as_anna: Client, anna: User, tmp_path: Path
) -> None:
    file = lying(disk, tmp_path / "disk/kunder.csv", people(range(3)))
    answer = as_anna.post(f"{FILES}{file.pk}/import/")
    assert "/customers/import/" in answer["Location"]
    preview = as_anna.get(answer["Location"]).content.decode()
    assert "kunder.csv" in preview
    # Nothing is brought in, and nothing taken away, before somebody says yes there.
    assert (Customer.objects.filter(state="ACTIVE").count(), (tmp_path / "disk/kunder.csv").exists()) == (
        0,
        True,
    )
    [told] = Entry.objects.filter(action="datamap.file-imported")
    assert (told.actor, told.facts) == (anna.actor, {"file": str(file.pk)})


def test_file_that_is_no_list_is_refused_in_words(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    path = tmp_path / "disk/kunder.xlsx"
    file = lying(disk, path, [(Kind.EMAIL, "PK\x03\x04kund@example.se")])
    answer = as_anna.post(f"{FILES}{file.pk}/import/", follow=True)
    assert answer.redirect_chain == [(f"{FILES}{file.pk}/", 302)]
    assert path.exists()
    assert not Entry.objects.filter(action="datamap.file-imported").exists()


def test_changed_file_is_not_imported(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    file = lying(disk, tmp_path / "disk/kunder.csv", people(range(3)))
    (tmp_path / "disk/kunder.csv").write_text("E-post\nmallory@example.se\n")
    page = as_anna.post(f"{FILES}{file.pk}/import/", follow=True).content.decode()
    assert "was changed since Tryggve looked into it" in page


def test_too_large_file_is_no_list(
    disk: Source, as_anna: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "_LARGEST_LIST", 10)
    file = lying(disk, tmp_path / "disk/kunder.csv", people(range(3)))
    assert "too large" in as_anna.post(f"{FILES}{file.pk}/import/", follow=True).content.decode()


def test_who_sees_only_some_customers_brings_no_file_in(disk: Source, tmp_path: Path) -> None:
    kim = accounts.create_user(
        email="kim@example.se", password=PASSWORD, name="Kim", language="en", role=Role.CAPTAIN
    )
    User.objects.filter(pk=kim.pk).update(scope=Scope.OWN)
    kim.refresh_from_db()
    file = lying(disk, tmp_path / "disk/kunder.csv", people(range(3)))
    browser = signing_in.browser_of(kim)
    page = browser.get(f"{FILES}{file.pk}/").content.decode()
    assert f"{FILES}{file.pk}/delete/" in page
    assert f"{FILES}{file.pk}/import/" not in page
    assert browser.post(f"{FILES}{file.pk}/import/").status_code == 403
