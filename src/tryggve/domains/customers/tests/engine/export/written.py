"""Files as an export writes them, and customers as people write them."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.export import csv_file, vcard_file, xlsx_file
from tryggve.domains.customers.engine.export.columns import Columns, Widths, Words
from tryggve.domains.customers.engine.export.records import Record

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WORDS = Words(
    headings={
        "kind": "Typ",
        "name": "Namn",
        "organisation": "Företag",
        "job_title": "Befattning",
        "email": "E-post",
        "phone": "Telefon",
        "street": "Gata",
        "postcode": "Postnummer",
        "city": "Ort",
        "country": "Land",
        "status": "Läge",
        "tags": "Etiketter",
        "note": "Anteckning",
        "source": "Källa",
        "uid": "UID",
    },
    kinds={"person": "Person", "organisation": "Organisation"},
    statuses={"": "", "prospect": "Prospekt", "customer": "Kund", "former": "Tidigare kund"},
    own={"shoe": "Skostorlek"},
)


def records(customers: Iterable[Details]) -> list[Record]:
    return [Record(str(UUID(int=number)), one, AT) for number, one in enumerate(customers, start=1)]


def rows(customers: Sequence[Details]) -> list[list[str]]:
    widths = Widths()
    for one in customers:
        widths.take(one)
    columns = Columns(widths, WORDS)
    return [columns.headings(), *map(columns.cells, records(customers))]


def file_of(customers: Sequence[Details], *, format: str) -> bytes:
    match format:
        case "vcard":
            return b"".join(vcard_file.pieces(records(customers)))
        case "xlsx":
            return b"".join(xlsx_file.pieces(rows(customers), title="Kunder"))
    return b"".join(csv_file.pieces(rows(customers), delimiter=";"))


def _kept(text: str) -> str:
    """As a form keeps it."""
    return unicodedata.normalize("NFC", text).strip()


def _line(text: str) -> str:
    return " ".join(_kept(text).split())


# Whatever a keyboard gives: quotes, formulas, letters from right to left, emoji, marks that stand alone.
ODD = [
    "=1+1", '"', "'", "'=x", "''-1", '="070"', "'070 12", "+46", "+46 70-174 06 05", "-5", "@x", "a;b,c", "שלום",
    "🦊👩‍🚒", "\u202eabc", "_x0041_", "é", "]]>", "<b>", "＝x", "\\n", "a:b",
]  # fmt: skip
LETTERS = st.text(st.characters(exclude_categories=["C"]), max_size=20)
PIECES = st.one_of(st.sampled_from(ODD), LETTERS)
LINES = PIECES.map(_line)
TEXTS = st.lists(PIECES, max_size=4).map("\n".join).map(_kept)
NAMES = st.one_of(
    st.sampled_from(["Anna Ek", "=Åsa", "@Bo", "'=Cy", "Ek, Dan"]),
    LETTERS.map(lambda text: _line(f"Eva {text}")),
)
EMAILS = st.from_regex(r"[a-z]{1,8}@[a-z]{2,8}\.se", fullmatch=True)
PHONES = st.from_regex(r"(\+46|0)[1-9][0-9]{1,2}-[0-9]{3} [0-9]{2} [0-9]{2}", fullmatch=True)
TAGS = st.from_regex(r"[a-zåäö]{2,10}", fullmatch=True)


def _some(what: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(what, max_size=3, unique=True).map(tuple)


def people() -> st.SearchStrategy[Details]:
    """Customers as a form or a list brings them in."""
    address = st.builds(
        Address,
        street=NAMES,
        postcode=st.sampled_from(["111 22", "541 30"]),
        city=st.sampled_from(["Lund", "Skövde", "=Ort"]),
        country=st.sampled_from(["", "Sverige"]),
    )
    return st.builds(
        Details,
        kind=st.just("person"),
        name=NAMES,
        organisation=st.one_of(st.just(""), NAMES),
        emails=_some(EMAILS),
        phones=_some(PHONES),
        addresses=st.lists(address, max_size=2, unique=True).map(tuple),
        note=TEXTS,
        tags=_some(TAGS),
        source=st.one_of(st.just(""), NAMES),
        job_title=st.one_of(st.just(""), NAMES),
        status=st.sampled_from(["", "prospect", "customer", "former"]),
        custom=st.one_of(st.just(()), LINES.map(lambda answer: (("shoe", answer),) if answer else ())),
    )
