"""Persons in files: counted once each, told apart from those whom the register knows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers import actions as customer_actions
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.datamap import index_file, value_tags
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.selectors import people_found
from tryggve.domains.datamap.services import comparing
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import lying, people

pytestmark = pytest.mark.django_db
HOME = "/protection/data-map/"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


def _outside() -> int | None:
    comparing.compare()
    return people_found.people().outside


def _customers(numbers: range) -> None:
    add(*(Details(name=f"Kund {number:05}", emails=(f"kund{number:05}@example.se",)) for number in numbers))


def test_nobody_knows_how_many_are_outside_until_they_are_compared(disk: Source, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(10)))
    assert people_found.people().outside is None
    assert _outside() == 10
    lying(disk, tmp_path / "disk/b.csv", people(range(10, 12)))
    assert people_found.people().outside is None


def test_whom_the_register_knows_is_not_outside(disk: Source, tmp_path: Path) -> None:
    _customers(range(4))
    first = lying(disk, tmp_path / "disk/a.csv", people(range(10)))
    known = lying(disk, tmp_path / "disk/b.csv", people(range(3)))
    assert _outside() == 6
    assert people_found.people().outside_by_file == {first.pk: 6}
    assert known.pk not in people_found.people().outside_by_file


def test_same_stranger_in_two_files_is_one(disk: Source, tmp_path: Path) -> None:
    for name in ("a", "b"):
        lying(disk, tmp_path / f"disk/{name}.csv", people(range(10)))
    assert _outside() == 10


def test_copies_of_a_list_are_counted_once_where_some_are_known(disk: Source, tmp_path: Path) -> None:
    """Whom the register knows by telephone, it doesn't know by the address that stands beside it."""
    phones = [(Kind.PHONE, f"070-174 06 {number:02}") for number in range(6)]
    add(*(Details(name=f"K {number}", phones=(f"070-174 06 {number:02}",)) for number in range(4)))
    for name in ("a", "b"):
        lying(disk, tmp_path / f"disk/{name}.csv", [*people(range(6)), *phones])
    assert _outside() == 2
    assert sorted(people_found.people().outside_by_file.values()) == [2, 2]


def test_strangers_are_at_least_as_many_as_in_one_file(disk: Source, tmp_path: Path) -> None:
    """The one list has addresses, which nobody knows, the other telephone numbers, which nearly all are known."""
    add(*(Details(name=f"K {number}", phones=(f"070-174 06 {number:02}",)) for number in range(9)))
    lying(disk, tmp_path / "disk/a.csv", people(range(10)))
    lying(disk, tmp_path / "disk/b.csv", [(Kind.PHONE, f"070-174 06 {number:02}") for number in range(10)])
    assert _outside() == 10


@pytest.mark.parametrize(
    "value",
    [
        (Kind.EMAIL, "CILLA@example.se"),
        (Kind.PHONE, "+46 70 174 06 05"),
        (Kind.PERSON, "Åkerström, Cilla"),
        (Kind.SE_PERSONNUMMER, "19640823-3234"),
    ],
)
def test_customer_is_known_by_each_sign(disk: Source, tmp_path: Path, value: tuple[Kind, str]) -> None:
    lying(disk, tmp_path / "disk/a.txt", [value])
    assert _outside() == 1
    [cilla] = add(CILLA)
    keep(cilla, CILLAS)
    assert _outside() == 0


def test_row_with_one_known_value_is_a_known_person(disk: Source, tmp_path: Path) -> None:
    """The register has her telephone number, the list another address of hers, too."""
    add(replace(CILLA, emails=()))
    lying(disk, tmp_path / "disk/a.csv", [(Kind.EMAIL, "c@home.example"), (Kind.PHONE, "070-174 06 05")])
    assert _outside() == 0


def test_customer_who_changes_or_goes_is_compared_anew(disk: Source, tmp_path: Path) -> None:
    lying(disk, tmp_path / "disk/a.csv", people(range(2)))
    _customers(range(1))
    assert _outside() == 1
    assert not comparing.compare()
    _customers(range(1, 2))
    assert _outside() == 0


def test_file_counts_as_soon_as_its_row_is_written(disk: Source, tmp_path: Path) -> None:
    """Its values are known a moment before: what a page counts in between isn't remembered."""
    file = lying(disk, tmp_path / "disk/a.csv", people(range(9)))
    File.objects.filter(pk=file.pk).update(is_holding=False)
    lying(disk, tmp_path / "disk/b.csv", people(range(2)))
    assert people_found.people().persons == 2
    File.objects.filter(pk=file.pk).update(is_holding=True)
    assert people_found.people().persons == 9


def test_tie_to_a_customer_lies_sealed_and_goes_with_the_customer(disk: Source, tmp_path: Path) -> None:
    file = lying(disk, tmp_path / "disk/a.txt", [(Kind.EMAIL, CILLA.emails[0])])
    [cilla] = add(CILLA)
    comparing.compare()
    assert len(index_file.ties_in(file.pk)) == 1
    assert cilla.bytes not in index_file.path().read_bytes()

    customers.put_aside(customer=cilla, reach=EVERYBODY)
    comparing.compare()
    assert len(index_file.ties_in(file.pk)) == 1
    customers.destroy(
        customer=cilla, actor=MACHINE, at=NOW, deed=customer_actions.DELETED, settle=lambda _counts: None
    )
    comparing.compare()
    assert index_file.ties_in(file.pk) == []


def test_tags_of_a_key_that_is_gone_are_nobodys(disk: Source, tmp_path: Path) -> None:
    """As after a restore of older keys: the index is of no use then, and of no harm."""
    lying(disk, tmp_path / "disk/a.csv", people(range(3)))
    _customers(range(3))
    vault.keyring().destroy_keys([value_tags.REGISTER])
    assert _outside() == 3


def test_page_tells_in_which_files_and_notes_the_look(disk: Source, as_anna: Client, tmp_path: Path) -> None:
    assert "a few minutes after a place was looked through" in _page(as_anna)
    lying(disk, tmp_path / "disk/few.csv", people(range(2)))
    many = lying(disk, tmp_path / "disk/many.csv", people(range(10, 20)))
    mapped.message(disk_mail := mapped.mailbox(at=NOW + timedelta(minutes=1)), people(range(30, 33)))
    comparing.compare()
    page = _page(as_anna)
    assert page.index("many.csv") < page.index("few.csv")
    assert "About 10 persons in it" in page
    assert f"{HOME}files/{many.pk}/import/" in page
    # What lies in a mailbox is no list that can be brought in.
    assert page.count("/import/") == 2
    looks = Entry.objects.filter(action="datamap.files-looked-at")
    assert {one.facts["source"] for one in looks} == {str(disk.pk), str(disk_mail.pk)}


def _page(browser: Client) -> str:
    answer = browser.get(f"{HOME}files/people/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())
