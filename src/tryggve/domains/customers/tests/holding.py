"""Lists that hold somebody, and what can be read of what they hold."""

from uuid import UUID

from tests.cast import NOW
from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import imported
from tryggve.domains.customers.services import import_jobs, imports
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, csv_of

NEEDLES = ("cilla@example.se", "070-174 06 05", "Åkerström")
BO, DANS = "Bo Ek;bo@example.se;;tea;43", "Dan Sørensen;dan@example.dk;+45 20 12 34 56"
HERS = ("Cilla Åkerström;cilla@example.se;;ring;38", "Åkerström, Cilla;;070-174 06 05", ";cilla@example.se")
HERS_ASIDE = ("Cilla Åkerström;cilla@;070-174 06 05", "Cilla Åkerström;cilla@example.se;07x;ring")


def waiting(*rows: str, content: bytes = b"") -> UUID:
    return imports.preview_file(
        name="a.csv", content=content or csv_of(*rows), source="fair", actor=MACHINE, at=NOW
    )


def confirm(batch: UUID) -> None:
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)


def carry_out(batch: UUID) -> None:
    import_jobs.run_confirmed(batch=batch, at=NOW)


def delete(customer: UUID) -> None:
    deleting.delete_customer(customer=customer, actor=MACHINE, at=NOW)


def document_of(batch: UUID, document: str) -> bytes:
    blob = getattr(Import.objects.get(pk=batch), f"{document}_sealed")
    binding = sealing.import_binding(batch, document)
    return b"" if blob is None else vault.keyring().open(bytes(blob), bound_to=binding)


def cells_in(batch: UUID) -> list[list[str]]:
    """The cells of every line that a list still holds, and an empty one for each that it doesn't."""
    return [
        list(cells)
        for cells, _line in WaitingList.from_bytes(document_of(batch, "file")).understood("SE").lines
    ]


def readable_in(batch: UUID) -> str:
    """All that can be read of what an import holds."""
    texts = [document_of(batch, "leftovers").decode(), document_of(batch, "result").decode()]
    if file := document_of(batch, "file"):
        held = WaitingList.from_bytes(file)
        texts += [held.source, repr(held.columns), repr(held.traces()), repr(cells_in(batch))]
    return "\n".join(texts)


def needles_in(batch: UUID) -> list[str]:
    return [needle for needle in NEEDLES if needle in readable_in(batch)]


def shown(batch: UUID) -> imported.Shown:
    return imported.import_shown(batch=batch, actor=MACHINE, at=NOW)
