"""By what a row is compared with those who are known, worked out once for all rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from tryggve.domains.customers.engine.comparison import likeness
from tryggve.domains.customers.engine.comparison.holders import Holders, Mark
from tryggve.domains.customers.engine.comparison.keys import Keys, keys_of
from tryggve.domains.customers.engine.comparison.marks import Marks, marks_of
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country


@dataclass(frozen=True, slots=True)
class RowMarks:
    """A row and its marks; ``called`` are the folded words of its name.

    ``is_fresh``: it has a name and a contact, and nobody here has its e-mails, telephone numbers, UIDs or numbers. At
    most the name and the address are known then, and no rule that asks for the others needs to be asked.
    """

    details: Details
    keys: Keys
    marks: Marks
    called: Sequence[str]
    is_fresh: bool

    def blocks(self) -> list[str]:
        return likeness.blocks_of(self.details, called=self.called)


def row_marks(details: Details, holders: Holders, country: Country) -> RowMarks:
    """The marks of a row, seen against those that are held now."""
    keys, called = keys_of(details, country), words(details.name)
    marks = marks_of(details, keys, called=called)
    own = marks.contacts
    is_fresh = bool(own and marks.person) and holders.has_none_of(own + marks.uids + marks.numbers)
    return RowMarks(details, keys, marks, called, is_fresh)


def all_marks(marks: Marks) -> list[Mark]:
    """Everything a customer is found by; with the name, so that namesakes are found among themselves."""
    person, contacts = marks.person, marks.contacts
    own: tuple[str, ...] = (*contacts, *marks.addresses, *marks.numbers)
    if marks.is_bare:
        own = (*own, "", *filter(None, [marks.firm]))
    return [
        *([person] if person else ()),
        *contacts,
        *marks.uids,
        *marks.numbers,
        *[(person, one) for one in own],
    ]
