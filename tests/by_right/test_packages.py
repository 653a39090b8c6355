"""Packages of what is held: what is in them, where they lie, who gets them, when they go."""

import hashlib
import io
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from tests.by_right.asking import (
    BY,
    asked,
    cilla,
    json_in,
    known,
    package_of,
    revision_of,
    steps_of,
)
from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Refused
from tryggve.accounts.policy.reach import NOBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import documents, notes
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Package, PortalChoice
from tryggve.domains.rights.selectors.requests import packages as selectors
from tryggve.domains.rights.selectors.requests.case_rows import NoSuchCase
from tryggve.domains.rights.services import package_jobs, packages
from tryggve.domains.rights.services.requests import case_answers
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]


def _document(customer: UUID, name: str, content: bytes) -> UUID:
    return documents.add_document(customer=customer, name=name, source=io.BytesIO(content), **BY)


def _order(case: UUID, **facts: Any) -> UUID:
    told: dict[str, Any] = {"language": "sv", "documents": None, **BY, **facts}
    return packages.order_package(case=case, seen_revision=revision_of(case), **told)


class _Fetched(HTMLParser):
    """What a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if tag in {"script", "img", "link", "iframe", "form", "a"} or names & {"src", "href", "onload"}:
            self.found.append(tag)


def test_access_has_everything_that_is_held() -> None:
    customer = cilla()
    keep(customer, CILLAS)
    notes.add_note(customer=customer, text="Ringde om köket", **BY)
    _document(customer, "Köket.txt", b"a kitchen")
    package = package_of(known(asked(customer)), language="sv")
    assert package.namelist() == [
        "index.html",
        "data.jsonld",
        "data.csv",
        "contact.vcf",
        "documents/001-Köket.txt",
        "manifest.json",
    ]
    assert package.read("documents/001-Köket.txt") == b"a kitchen"
    page = package.read("index.html").decode()
    for told in (CILLA.name, "Ringde om köket", "070-174 06 05", "Köket.txt", "What do you know about me?"):
        assert told in page
    assert "Ringde om köket" in package.read("data.csv").decode()
    assert b"VERSION:4.0" in package.read("contact.vcf")


def test_manifest_has_the_sum_of_each_file() -> None:
    package = package_of(known(asked(cilla())))
    told = {one["name"]: one["sha256"] for one in json_in(package, "manifest.json")["files"]}
    assert told == {
        name: hashlib.sha256(package.read(name)).hexdigest()
        for name in package.namelist()
        if name != "manifest.json"
    }


def test_json_ld_speaks_of_a_person_in_the_words_of_schema_org() -> None:
    told = json_in(package_of(known(asked(cilla()))), "data.jsonld")
    assert told["@type"] == ["schema:Person", "dpv:DataSubject"]
    assert told["schema:name"] == CILLA.name
    assert told["schema:email"] == ["cilla@example.se"]
    assert told["schema:address"][0]["schema:addressLocality"] == "Stockholm"
    assert told["dpv:hasRight"] == {"@id": "eu-gdpr:A15"}
    held = {one["schema:identifier"]: one for one in told["dpv:hasPersonalData"]}
    assert held["customers.register"]["dpv:hasLegalBasis"] == {"@id": "eu-gdpr:A6-1-b"}
    prefixes = {name.partition(":")[0] for name in _names(told)}
    assert prefixes - {"@context", "@id", "@type", "@value"} <= set(told["@context"])


def _names(value: Any) -> set[str]:
    """Every word of a vocabulary that the document uses."""
    if isinstance(value, list):
        return {name for one in value for name in _names(one)}
    if not isinstance(value, dict):
        return set()
    below = {name for key, one in value.items() if key != "@context" for name in _names(one)}
    return below | set(value)


def test_portability_has_only_what_the_customer_gave() -> None:
    customer = cilla()
    keep(customer, CILLAS)
    notes.add_note(customer=customer, text="Ringde om köket", **BY)
    given = _document(customer, "Photo.txt", b"from Cilla")
    _document(customer, "Offer.txt", b"from us")
    case = known(asked(customer, "PORTABILITY"))
    package_jobs.make(package=_order(case, documents=[given], language="en"), at=NOW)
    _package, pieces = packages.hand_out(case=case, reason="x", **BY)
    package = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert [name for name in package.namelist() if name.startswith("documents/")] == [
        "documents/001-Photo.txt"
    ]
    every = b"".join(package.read(name) for name in package.namelist()).decode()
    for given_by_her in (CILLA.name, "cilla@example.se", "070-174 06 05", "Storgatan 1"):
        assert given_by_her in every
    for ours in ("Ringde om köket", "Likes to be called in the morning.", "vip", "autumn fair", "Offer"):
        assert ours not in every


def test_page_of_the_package_fetches_nothing_and_is_in_the_customers_language() -> None:
    with translation.override("da"):
        page = package_of(known(asked(cilla())), language="sv").read("index.html").decode()
    parser = _Fetched()
    parser.feed(page)
    assert parser.found == []
    assert '<html lang="sv">' in page
    assert "Det här har vi sparat om dig" in page
    assert "imy@imy.se" in page


def test_who_has_looked_is_told_by_role_and_by_name_where_the_firm_chose_that(anna: User) -> None:
    case = known(asked(cilla(), actor=anna.actor))
    page = package_of(case).read("index.html").decode()
    assert "owner" in page
    assert "Anna Ek" not in page
    PortalChoice.objects.create(pk=1, shows_names=True)
    assert "owner, Anna Ek" in package_of(case).read("index.html").decode()


def test_package_lies_sealed_and_its_making_and_fetching_are_in_the_log() -> None:
    customer = cilla()
    case = known(asked(customer))
    package_of(case)
    sealed = package_files.place_of(Package.objects.get().pk).read_bytes()
    assert b"PK\x03\x04" not in sealed
    assert b"cilla@example.se" not in sealed
    told = Entry.objects.filter(subject=customer, action__startswith="rights.package").order_by("pk")
    assert [one.action for one in told] == [
        "rights.package-ordered",
        "rights.package-made",
        "rights.package-handed-out",
    ]
    assert steps_of(case)[-2:] == ["package-ordered", "package-made"]


def test_package_before_it_is_known_who_asks_is_refused() -> None:
    case = asked(cilla())
    with pytest.raises(case_answers.IdentityUnknown):
        _order(case)
    assert not Package.objects.exists()


def test_package_for_another_kind_of_request_is_refused() -> None:
    with pytest.raises(packages.NotWithPackage):
        _order(known(asked(cilla(), "ERASURE")))


def test_package_of_another_persons_customer_is_refused() -> None:
    case = known(asked(cilla()))
    with pytest.raises(Refused):
        _order(case, reach=NOBODY)
    package_of(case)
    with pytest.raises(Refused):
        packages.hand_out(case=case, reason="", actor="system", at=NOW, reach=NOBODY)


def test_second_package_is_refused_while_one_is_being_made_and_takes_its_place_after() -> None:
    case = known(asked(cilla()))
    first = _order(case)
    with pytest.raises(packages.BeingMade):
        _order(case)
    package_jobs.make(package=first, at=NOW)
    second = _order(case)
    package_jobs.make(package=second, at=NOW)
    assert list(Package.objects.values_list("pk", flat=True)) == [second]


def test_making_it_again_after_a_crash_gives_one_package() -> None:
    case = known(asked(cilla()))
    package = _order(case)
    package_files.folder().mkdir(exist_ok=True)
    package_files.place_of(package).write_bytes(b"half")
    package_jobs.make(package=package, at=NOW)
    package_jobs.make(package=package, at=NOW)
    assert steps_of(case).count("package-made") == 1
    standing = selectors.newest_package(case)
    assert standing is not None
    assert (standing.state, standing.files_done, standing.files_total) == ("READY", 4, 4)


def test_package_that_cannot_be_sealed_is_none() -> None:
    customer = cilla()
    case = known(asked(customer))
    package = _order(case)
    details = Customer.objects.values_list("details_sealed", flat=True).get(pk=customer)
    vault.keyring().destroy_keys([vault.key_id_of(bytes(details))])
    with pytest.raises(vault.KeyGone):
        package_jobs.make(package=package, at=NOW)
    assert Package.objects.get().state == Package.State.FAILED
    assert not package_files.place_of(package).exists()
    assert selectors.package_for(case) is None
    with pytest.raises(packages.NoPackage):
        packages.hand_out(case=case, reason="", **BY)


def test_package_ordered_by_who_may_no_longer_is_not_made(bo: User) -> None:
    package = _order(known(asked(cilla())), actor=bo.actor)
    with pytest.raises(Refused):
        package_jobs.make(package=package, at=NOW)
    assert Package.objects.get().state == Package.State.FAILED


def test_package_is_removed_thirty_days_after(django_capture_on_commit_callbacks: Any) -> None:
    case = known(asked(cilla()))
    package_of(case)
    place = package_files.place_of(Package.objects.get().pk)
    assert packages.forget_old(at=NOW + timedelta(days=30)) == 0
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert packages.forget_old(at=NOW + timedelta(days=30, seconds=1)) == 1
    assert not place.exists()
    assert selectors.package_for(case) is None


def test_erasure_takes_the_package_along(django_capture_on_commit_callbacks: Any) -> None:
    customer = cilla()
    package_of(known(asked(customer)))
    place = package_files.place_of(Package.objects.get().pk)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor="system", at=NOW)
    assert not place.exists()
    assert not Package.objects.exists()


def test_package_without_a_request_is_not_found() -> None:
    with pytest.raises(NoSuchCase):
        packages.make_now(case=new_id(), language="en", actor="system", at=NOW, reach=EVERYBODY)
