"""What a customer takes along from the own page: the notice, and the file with all that is held."""

import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right import asking
from tests.by_right.consenting import come_in, customer, read
from tests.cast import CILLA, DAN, NOW
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.purposes import firm_details, notices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]


def answered(who: UUID) -> UUID:
    case = asking.known(asking.asked(who))
    packages.make_now(case=case, language="en", **asking.BY)
    asking.answer(case)
    return case


def test_package_is_fetched_once_the_company_has_answered(inside: Client, cilla: UUID) -> None:
    case = answered(cilla)
    assert f"/my/requests/{case}/package/" in read(inside.get("/my/requests/"))
    answer: Any = inside.post(f"/my/requests/{case}/package/")
    assert answer.status_code == 200
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert "index.html" in names
    assert ("no-store" in answer["Cache-Control"], answer["X-Accel-Buffering"]) == (True, "no")
    [entry] = Entry.objects.filter(action="rights.package-handed-out")
    assert (entry.actor, entry.subject) == ("anonymous", cilla)


@pytest.mark.parametrize(
    "told", [{"state": "OPEN", "closed_at": None}, {"identity_check": ""}, {"identity_check": "refused"}]
)
def test_package_stays_here_before_that(inside: Client, cilla: UUID, told: dict[str, Any]) -> None:
    case = answered(cilla)
    Case.objects.update(**told)
    assert "/package/" not in read(inside.get("/my/requests/"))
    assert inside.post(f"/my/requests/{case}/package/").status_code == 404


def test_package_of_another_is_not_there(inside: Client) -> None:
    case = answered(customer(DAN))
    assert inside.post(f"/my/requests/{case}/package/").status_code == 404


def test_mailbox_of_two_fetches_no_package(cilla: UUID, browser: Client) -> None:
    case = answered(cilla)
    come_in(browser)
    customer(Details(name="Dan Ek", emails=CILLA.emails))
    assert browser.post(f"/my/requests/{case}/package/").status_code == 403


def test_notice_stands_among_the_own_pages(inside: Client) -> None:
    assert "hasn't published this yet" in read(inside.get("/my/notice/")).replace("&#x27;", "'")
    told: dict[str, Any] = {
        "number": "",
        "email": "",
        "phone": "",
        "officer": "",
        "joint": "",
        "measures": [],
    }
    firm_details.change_firm_details(address="Umeå", actor="system", at=NOW, **told)
    notices.publish(language="sv", actor="system", at=NOW)
    page = read(inside.get("/my/notice/"))
    assert ('<div lang="sv">' in page, "Umeå" in page, "My requests" in page) == (True, True, True)
