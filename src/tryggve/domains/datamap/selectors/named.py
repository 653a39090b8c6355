"""Which customers a file names, by what was compared with the register last."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import index_file, sealing, value_tags
from tryggve.domains.datamap.value_tags import Sort

# A file that names more is a list, and no paper about somebody.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Named:
    """``by_name_alone``: it may be another person of that name."""

    customer: UUID
    name: str
    by_name_alone: bool


def how_many(file: UUID) -> int:
    """Customers, those too that somebody may not see. Raises vault.Locked."""
    return len(_ties(file))


def named_in(file: UUID, *, reach: Reach) -> list[Named]:
    """Those whom somebody may see, the surest first; nobody of more than MOST. Raises vault.Locked.

    Whoever shows them writes that down.
    """
    found, ties = [], _ties(file)
    for customer, sorts in ties.items() if len(ties) <= MOST else ():
        try:
            person = customers.person(customer)
        except vault.CannotOpen:
            continue
        if person is not None and reach.covers(person.responsible):
            found.append(Named(customer, person.name, by_name_alone=sorts == {Sort.NAME}))
    return sorted(found, key=lambda one: (one.by_name_alone, one.name.casefold(), one.customer))


def _ties(file: UUID) -> dict[UUID, set[Sort]]:
    sealed = index_file.ties_in(file)
    if not sealed:
        return {}
    keys = vault.keyring().loaded([value_tags.REGISTER])
    found: dict[UUID, set[Sort]] = defaultdict(set)
    for tag, blob in sealed:
        try:
            customer = UUID(bytes=keys.open(blob, bound_to=sealing.tie_binding(tag)))
        except vault.CannotOpen:
            continue
        found[customer].add(value_tags.sort_of(tag))
    return found
