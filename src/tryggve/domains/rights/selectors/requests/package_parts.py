"""What goes into a package, read when it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone, translation

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import package_data, package_page, package_zip
from tryggve.domains.rights.engine.authorities import authority_of
from tryggve.domains.rights.engine.package_data import Json, Right
from tryggve.domains.rights.engine.package_zip import Entry
from tryggve.domains.rights.models import Case, Package
from tryggve.domains.rights.selectors import looks
from tryggve.domains.rights.selectors.purposes import notices
from tryggve.domains.rights.selectors.requests.case_rows import CustomerGone
from tryggve.domains.setup import api as setup
from tryggve.privacy import registry
from tryggve.privacy import services as privacy
from tryggve.privacy.export import UNREADABLE, Export, Held
from tryggve.privacy.subjects import Kind, Subject

_ACCESS: Right = "access"


@dataclass(frozen=True)
class Parts:
    """The files of a package, what its manifest tells of it, and the key that all of it is sealed under."""

    entries: Sequence[Entry]
    facts: Mapping[str, object]
    key: UUID


def parts_of(package: Package, *, actor: str, at: datetime) -> Parts:
    """Everything that is held, or of who takes it elsewhere, what the customer gave; the look is in the log.

    What is damaged is told of in its place, and counted in the manifest. Raises CustomerGone, vault.Locked, and what
    else an exporter raises: nothing is left out silently.
    """
    customer = package.case.customer_ref
    known = customers.kept_people([customer]).get(customer)
    if known is None:
        raise CustomerGone
    right = _right_of(package.case)
    with translation.override(package.language):
        whole = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=actor, at=at)
        chosen = whole if right == _ACCESS else given_alone(whole)
        held = chosen.to_json()
    documents, damaged = _documents(customer, package.documents)
    names = {place: name for place, (_id, name) in documents.items()}
    entries = [
        package_zip.of_bytes("index.html", _page(package, held, names, damaged, at=at)),
        package_zip.of_bytes(
            "data.jsonld", package_data.as_json_ld(held, firm=setup.firm_name(), right=right)
        ),
        package_zip.of_bytes("data.csv", package_data.as_csv(held)),
        *_contact(customer, right),
        *_notice(package.language, right),
        *(
            Entry(place, partial(customers.document_pieces, customer, document))
            for place, (document, _name) in documents.items()
        ),
    ]
    facts = {**_facts(package, right, at), "unreadable": chosen.unreadable + len(damaged)}
    return Parts(entries, facts, known.key)


def given_alone(whole: Export) -> Export:
    """The same with nothing but what the person gave (GDPR art. 20(1)); parts that are empty then are left out."""
    given = {one.code: one.given for one in registry.holdings(Kind.CUSTOMER)}
    held = [_given_of(one, given.get(one.code, frozenset())) for one in whole.held]
    return replace(whole, held=[one for one in held if one.parts])


def _given_of(one: Held, codes: frozenset[str]) -> Held:
    wanted = codes | {UNREADABLE} if codes else codes
    parts = [
        replace(part, values=[value for value in part.values if value.code in wanted], source="")
        for part in one.parts
    ]
    return replace(one, parts=[part for part in parts if part.values])


def _right_of(case: Case) -> Right:
    return "portability" if case.kind == Case.Kind.PORTABILITY else _ACCESS


def _documents(customer: UUID, only: Sequence[str] | None) -> tuple[dict[str, tuple[UUID, str]], list[str]]:
    """By where it lies in the package the document and what it is called; and what the damaged ones are called."""
    wanted = [one for one in customers.papers_of(customer) if only is None or str(one[0]) in only]
    whole = {one[0] for one in wanted if customers.is_document_whole(customer, one[0])}
    documents = {
        package_zip.document_name(number, name): (document, name)
        for number, (document, name, _since) in enumerate(wanted, start=1)
        if document in whole
    }
    return documents, [name for document, name, _since in wanted if document not in whole]


def _contact(customer: UUID, right: Right) -> list[Entry]:
    """Of a damaged card there is none; that it is damaged is told where it stands."""
    try:
        card = customers.contact_card(customer, given_alone=right != _ACCESS)
    except vault.CannotOpen:
        return []
    return [package_zip.of_bytes("contact.vcf", card)]


def _page(
    package: Package, held: Json, names: Mapping[str, str], damaged: Sequence[str], *, at: datetime
) -> bytes:
    right, language = _right_of(package.case), package.language
    seen = looks.looks_at(package.case.customer_ref, language=language) if right == _ACCESS else None
    return package_page.page(
        held,
        looks=seen,
        documents=names,
        damaged=damaged,
        firm=setup.firm_name(),
        authority=authority_of(setup.firm_country()).contact,
        right=right,
        language=language,
        made_on=timezone.localdate(at),
    )


def _notice(language: str, right: Right) -> list[Entry]:
    """What the company tells everybody of its purposes, receivers and times belongs to the answer (art. 15(1))."""
    if right != _ACCESS:
        return []
    try:
        paper = notices.current_notice(language).paper
    except notices.NoSuchNotice:
        return []
    return [package_zip.of_bytes("notice.html", package_page.as_file(paper))]


def _facts(package: Package, right: Right, at: datetime) -> Mapping[str, object]:
    return {
        "made_at": at.isoformat(),
        "right": right,
        "language": package.language,
        "case": str(package.case_id),
        "customer": str(package.case.customer_ref),
    }
