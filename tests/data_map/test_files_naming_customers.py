"""Files outside the register that name a customer are told where the customer is answered for."""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right import asking
from tests.cast import CILLA, NOW
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.datamap import source_details
from tryggve.domains.datamap.models import Scan
from tryggve.domains.datamap.selectors import ties
from tryggve.domains.datamap.services import scans, sources
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"
PHONE, NAME = "Ring 070-174 06 05 före kl. 9.", "Namn;Ort\nCilla Åkerström;Kiruna\n"


@pytest.fixture
def customer() -> UUID:
    [customer] = add(CILLA)
    return customer


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """One file with the customer's number, one with nothing but the name, which is on no list; one about nobody."""
    folder = tmp_path / "Hos Bengt"
    folder.mkdir()
    for name, text in {"lapp.txt": PHONE, "orter.csv": NAME, "tomt.txt": "Ingenting."}.items():
        (folder / name).write_text(text)
    row = sources.add_folder(
        told=source_details.Told(title="Papper", where=str(folder)), is_watched=False, actor=ANNA, at=NOW
    )
    scans.run(scans.ask(source=row.pk, why=Scan.Why.ASKED, actor=ANNA, at=NOW), now=lambda: NOW)
    return folder


def _parts(customer: UUID) -> list[dict[str, object]]:
    export = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=ANNA, at=NOW)
    [held] = [one for one in export.held if one.code == "datamap.files"]
    return [{value.code: value.content for value in part.values} for part in held.parts]


def test_package_names_the_file_and_not_its_folder(customer: UUID, papers: Path) -> None:
    [part] = _parts(customer)
    assert part["name"] == "lapp.txt"
    assert "Bengt" not in str(part)


def test_where_only_the_name_is_the_same_the_file_is_in_no_package(customer: UUID, papers: Path) -> None:
    assert {Path(one.path).name: one.by_name_alone for one in ties.named_in(customer)} == {
        "lapp.txt": False,
        "orter.csv": True,
    }
    assert not any(part["name"] == "orter.csv" for part in _parts(customer))


def test_before_a_customer_is_erased_their_files_are_told(
    as_anna: Client, customer: UUID, papers: Path
) -> None:
    page = as_anna.get(f"/customers/{customer}/erase/").content.decode()
    assert str(papers / "lapp.txt") in page
    assert "orter.csv" not in page


def test_request_shows_the_files_that_name_who_asks(as_anna: Client, customer: UUID, papers: Path) -> None:
    case = asking.asked(customer, received_on=NOW.date(), at=NOW)
    page = as_anna.get(f"/customers/requests/{case}/").content.decode()
    assert str(papers / "lapp.txt") in page


def test_customer_whom_no_file_names_has_no_such_list(as_anna: Client, papers: Path) -> None:
    [other] = add(Details(name="Berit Ek", emails=("berit@example.se",)))
    assert "outside the register" not in as_anna.get(f"/customers/{other}/erase/").content.decode()
