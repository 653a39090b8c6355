"""Which of the values that stand in files are customers': noted beside them, since nobody can wait until everybody in
the register was asked. Whose each is lies sealed, and what is noted is made anew when either side has changed."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.datamap import index_file, sealing, value_tags

_Marked = tuple[UUID, list[str]]
_AT_ONCE: Final = 1000


def compare() -> bool:
    """Whether there was anything new to compare. Raises vault.Locked."""
    if not index_file.is_there():
        return False
    register = str(customers.newest_change())
    if index_file.compared_with() == register:
        return False
    index_file.put_ties(_ties(index_file.tags()), register=register)
    return True


def _ties(in_files: set[bytes]) -> Iterator[tuple[bytes, bytes]]:
    if not in_files:
        return
    keys = vault.keyring().loaded([value_tags.REGISTER])
    for customer, tag in _tagged():
        if tag in in_files:
            bound_to = sealing.tie_binding(tag)
            yield tag, keys.seal(customer.bytes, key=value_tags.REGISTER, bound_to=bound_to)


def _tagged() -> Iterator[tuple[UUID, bytes]]:
    """Everybody's values, hashed for a thousand people at a time; none where the key that made the tags is gone."""
    for some in _batches(customers.marks_of_everybody()):
        whose = [customer for customer, said in some for _mark in said]
        tags = value_tags.looked_up([mark for _customer, said in some for mark in said])
        yield from zip(whose, tags, strict=bool(tags))


def _batches(marked: Iterable[_Marked]) -> Iterator[list[_Marked]]:
    rest = iter(marked)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
