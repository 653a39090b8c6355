from dataclasses import dataclass

from tryggve.domains.customers.engine.addresses import is_place
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.emails import email_key
from tryggve.domains.customers.engine.folding import fold, words
from tryggve.domains.customers.engine.keys import Keys
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
    def firm(self) -> str:
        """The organisation in comparable form; empty without one."""
        return f"={_name_key(self.organisation)}" if self.organisation else ""

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

    def is_at_odds_with(self, other: "Marks") -> bool:
        """Whether contacts, places or organisations speak against these two being one person."""
        contacts_differ = self.emails_differ_from(other) or self.phones_differ_from(other)
        return contacts_differ or _differ(self.places, other.places) or not self.may_be_colleague_of(other)

    def may_be_colleague_of(self, other: "Marks") -> bool:
        """Whether no two different organisations are named."""
        if not (self.organisation and other.organisation) or self.organisation == other.organisation:
            return True
        return _name_key(self.organisation) == _name_key(other.organisation)


def marks_of(details: Details, keys: Keys) -> Marks:
    """The marks of a customer whose keys are at hand."""
    return Marks(
        person=_person(details),
        organisation=details.organisation,
        emails=tuple(f"@{key}" for key in keys.emails),
        phones=tuple(f"+{key}" for key in keys.phones if key),
        addresses=tuple(f"|{key}" for key in keys.addresses),
        places=tuple(
            f"|{key}" for key, places in keys.addresses.items() if is_place(details.addresses[places[0]])
        ),
    )


def general_marks(details: Details, country: Country) -> list[str]:
    """The marks by which customers are found whoever they are; a name is one of them, no name is none."""
    person = _person(details)
    emails = (f"@{email_key(email)}" for email in details.emails)
    phones = (f"+{key}" for phone in details.phones if (key := phone_key(phone, country)))
    return list(dict.fromkeys([*([person] if person else []), *emails, *phones]))


def _person(details: Details) -> str:
    """Kind and name, whatever the order of its words; empty for a customer without a name."""
    return f"{details.kind} {_name_key(details.name)}" if details.name else ""


def _name_key(name: str) -> str:
    return " ".join(sorted(words(name))) or fold(name)


def _differ(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(some and others) and set(some).isdisjoint(others)
