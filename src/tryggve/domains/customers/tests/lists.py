"""Small lists to bring in, and what the register holds afterwards."""

from collections.abc import Iterable
from uuid import UUID

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.results import ImportResult
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import imports, records

MACHINE = "machine:anna"


def hire(*actors: str) -> None:
    """Make these people of the log owners: a list is brought in only for who may have that done."""
    for number, actor in enumerate(actors):
        User.objects.create(
            pk=UUID(actor.partition(":")[2]), email=f"{number}@example.se", name="Anna Ek", role=Role.OWNER
        )


def csv_of(*rows: str) -> bytes:
    """A list under the headings Name, E-mail, Phone, Note, Shoe size; the last feeds no field."""
    return "\n".join(["Name;E-mail;Phone;Note;Shoe size", *rows, ""]).encode()


def people(numbers: Iterable[int], *, note: str = "") -> bytes:
    """A list of made-up customers; the same number is the same person."""
    return csv_of(*(f"Kund {number:05};kund{number:05}@example.se;;{note}" for number in numbers))


def bring_in(content: bytes, *, source: str = "") -> ImportResult:
    return imports.import_content(content=content, source=source, actor=MACHINE, at=NOW)


def add(*customers: Details) -> list[UUID]:
    return [records.add_customer(details=one, actor=MACHINE, at=NOW) for one in customers]


def in_force() -> dict[str, Details]:
    """Everybody whom a reader sees, by what they are called."""
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).values_list(
        "pk", "revision", "details_sealed"
    )
    return {details.title: details for _customer, details in sealing.opened(rows)}


def untouched() -> list[tuple[object, ...]]:
    """Every customer's row as it lies in the database."""
    return [
        tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
        for row in Customer.objects.order_by("pk").values_list()
    ]
