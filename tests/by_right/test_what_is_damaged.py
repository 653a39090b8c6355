"""A customer of whose data something is damaged still gets the rest, and is told of the gap."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right import asking
from tests.by_right.consenting import read
from tests.cast import NOW
from tests.erasure.erasing import AFTER, ask, state_of
from tryggve.domains.customers import document_files
from tryggve.domains.customers.models import Customer, Document, Note
from tryggve.domains.customers.selectors import documents as papers
from tryggve.domains.customers.services import documents, notes
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.rights.models import Package
from tryggve.domains.rights.selectors.requests.packages import newest_package
from tryggve.domains.rights.services import package_jobs, packages
from tryggve.domains.rights.services.destruction import destroying

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
BY = asking.BY
GAP = "Something is kept here that can"


def with_damaged_note(cilla: UUID) -> UUID:
    bad = notes.add_note(customer=cilla, text="Lost.", **BY)
    notes.add_note(customer=cilla, text="She wants oak.", **BY)
    Note.objects.filter(pk=bad).update(text_sealed=b"\x01" * 80)
    return asking.known(asking.asked(cilla))


def add_file(cilla: UUID, name: str, *, at: datetime = NOW) -> None:
    source = io.BytesIO(b"What we agreed.")
    documents.add_document(customer=cilla, name=name, source=source, **{**BY, "at": at})


def test_package_has_the_rest_and_tells_of_the_gap_on_its_page_and_in_its_manifest(cilla: UUID) -> None:
    package = asking.package_of(with_damaged_note(cilla))
    page = package.read("index.html").decode()
    assert "She wants oak." in page
    assert page.count(GAP) == 1
    assert asking.json_in(package, "manifest.json")["unreadable"] == 1


def test_whole_package_tells_of_no_gap(cilla: UUID) -> None:
    package = asking.package_of(asking.known(asking.asked(cilla)))
    assert asking.json_in(package, "manifest.json")["unreadable"] == 0


def test_own_page_shows_the_rest_beside_what_is_damaged(inside: Client, cilla: UUID) -> None:
    mailing = Mailing.objects.create(
        language="en", words_sealed=b"\x01" * 80, per_minute=1, made_at=NOW, made_by="system", changed_at=NOW
    )
    Addressee.objects.create(mailing=mailing, customer_ref=cilla, next_try_at=NOW)
    page = read(inside.get("/my/data/"))
    assert GAP in page
    assert "070-174 06 05" in page


def test_order_that_fails_leaves_the_package_that_is_there(
    cilla: UUID, django_capture_on_commit_callbacks: Any
) -> None:
    case = asking.known(asking.asked(cilla))
    with django_capture_on_commit_callbacks(execute=True):
        first = packages.make_now(case=case, language="en", **BY)
        packages.order_package(
            case=case,
            seen_revision=asking.revision_of(case),
            language="sv",
            documents=None,
            **{**BY, "at": NOW + timedelta(minutes=1)},
        )
        package_jobs.give_up(str(Package.objects.get(state="WAITING").pk))
    ready, shown = packages.ready_package(case), newest_package(case)
    assert ready is not None
    assert shown is not None
    assert (ready.pk, shown.id, shown.is_older) == (first, first, True)


def test_newer_package_takes_the_place_of_the_older_when_it_is_there(cilla: UUID) -> None:
    case = asking.known(asking.asked(cilla))
    packages.make_now(case=case, language="en", **BY)
    second = packages.make_now(case=case, language="en", **BY)
    assert [one.pk for one in Package.objects.all()] == [second]


def test_package_has_what_is_left_beside_a_damaged_card(cilla: UUID) -> None:
    notes.add_note(customer=cilla, text="She wants oak.", **BY)
    case = asking.known(asking.asked(cilla))
    row = Customer.objects.get(pk=cilla)
    Customer.objects.filter(pk=cilla).update(details_sealed=bytes(row.details_sealed)[:-1] + b"\0")
    package = asking.package_of(case)
    # The card itself, what is sensitive on it, and what lists said of it.
    page = package.read("index.html").decode()
    assert ("She wants oak." in page, page.count(GAP), "contact.vcf" in package.namelist()) == (
        True,
        3,
        False,
    )
    assert asking.json_in(package, "manifest.json")["unreadable"] == 3


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_package_has_the_other_files_and_names_the_one_that_cannot_be_read(cilla: UUID, how: str) -> None:
    add_file(cilla, "lost.txt", at=NOW - timedelta(minutes=1))
    add_file(cilla, "kept.txt")
    file = document_files.place_of(
        next(one.file for one in papers.documents_of(cilla) if one.name == "lost.txt")
    )
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"\0")
    package = asking.package_of(asking.known(asking.asked(cilla)))
    inside = [name for name in package.namelist() if name.startswith("documents/")]
    assert [(name, package.read(name)) for name in inside] == [("documents/002-kept.txt", b"What we agreed.")]
    page = package.read("index.html").decode()
    assert ("lost.txt: this file is damaged" in page, "kept.txt: this file" in page) == (True, False)
    assert asking.json_in(package, "manifest.json")["unreadable"] == 1


def test_file_whose_name_cannot_be_read_is_told_as_a_gap(cilla: UUID) -> None:
    add_file(cilla, "a.txt")
    Document.objects.update(name_sealed=b"\x01" * 80)
    package = asking.package_of(asking.known(asking.asked(cilla)))
    assert package.read("index.html").decode().count(GAP) == 1


@pytest.mark.parametrize("blob", [b"\x01", b"\x01" * 80, b"\x09" * 80])
def test_request_of_who_has_a_card_beyond_reading_is_shown_and_the_customer_can_be_erased(
    cilla: UUID, as_anna: Client, blob: bytes
) -> None:
    case = asking.known(asking.asked(cilla, "ERASURE"))
    Customer.objects.filter(pk=cilla).update(details_sealed=blob)
    assert as_anna.get(f"/customers/requests/{case}/").status_code == 200
    ask(cilla)
    assert (destroying.destroy_due(at=AFTER), state_of(cilla)) == (1, None)
