from collections.abc import Iterable
from dataclasses import dataclass

from tryggve.domains.customers.engine.addresses import address_key, is_place
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.emails import email_key
from tryggve.domains.customers.engine.folding import fold, words
from tryggve.domains.customers.engine.phones import Country, phone_key


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a customer is recognised, in comparable form (but the organisation).

    No two kinds of mark can be the same text.
    """

    person: str
    organisation: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def contacts(self) -> tuple[str, ...]:
        return self.emails + self.phones

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known beside the name by which to tell namesakes apart."""
        return not (self.emails or self.phones or self.addresses)

    def shares_contact_with(self, other: "Marks") -> bool:
        return not set(self.contacts).isdisjoint(other.contacts)

    def emails_differ_from(self, other: "Marks") -> bool:
        """Whether both have e-mails and none in common."""
        return _differ(self.emails, other.emails)

    def phones_differ_from(self, other: "Marks") -> bool:
        """Whether both have telephone numbers and none in common."""
        return _differ(self.phones, other.phones)

    def may_be_colleague_of(self, other: "Marks") -> bool:
        """Whether no two different organisations are named."""
        if not (self.organisation and other.organisation) or self.organisation == other.organisation:
            return True
        return _name_key(self.organisation) == _name_key(other.organisation)


def marks_of(details: Details, country: Country) -> Marks:
    """The marks of a customer; telephone numbers are compared as written in that country."""
    addresses = [(f"|{address_key(address)}", is_place(address)) for address in details.addresses]
    return Marks(
        person=_person(details),
        organisation=details.organisation,
        emails=_once(f"@{email_key(email)}" for email in details.emails),
        phones=_once(f"+{key}" for phone in details.phones if (key := phone_key(phone, country))),
        addresses=_once(mark for mark, _is_place in addresses),
        places=_once(mark for mark, is_one in addresses if is_one),
    )


def _person(details: Details) -> str:
    """Kind and name, whatever the order of its words; empty for a customer without a name."""
    return f"{details.kind} {_name_key(details.name)}" if details.name else ""


def _name_key(name: str) -> str:
    return " ".join(sorted(words(name))) or fold(name)


def _once(marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(marks))


def _differ(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(some and others) and set(some).isdisjoint(others)
