from collections.abc import Sequence
from typing import NamedTuple

from tryggve.domains.customers.engine.comparison.keys import Keys, uid_key
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.addresses import is_place
from tryggve.domains.customers.engine.values.emails import email_key
from tryggve.domains.customers.engine.values.folding import fold, words
from tryggve.domains.customers.engine.values.phones import Country, phone_key


class Marks(NamedTuple):
    """By what a customer is recognised, in comparable form (but the organisation).

    No two kinds of mark can be the same text.
    """

    person: str
    organisation: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    places: tuple[str, ...]
    uids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

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
        return not (
            _have_nothing_in_common(self.emails, other.emails)
            and _have_nothing_in_common(self.phones, other.phones)
        )

    def emails_differ_from(self, other: "Marks") -> bool:
        """Whether both have e-mails and none in common."""
        return _differ(self.emails, other.emails)

    def phones_differ_from(self, other: "Marks") -> bool:
        """Whether both have telephone numbers and none in common."""
        return _differ(self.phones, other.phones)

    def is_at_odds_with(self, other: "Marks") -> bool:
        """Whether contacts, places or organisations speak against these two being one person."""
        return (
            _differ(self.emails, other.emails)
            or _differ(self.phones, other.phones)
            or _differ(self.places, other.places)
            or not self.may_be_colleague_of(other)
        )

    def may_be_colleague_of(self, other: "Marks") -> bool:
        """Whether no two different organisations are named."""
        if not (self.organisation and other.organisation) or self.organisation == other.organisation:
            return True
        return _name_key(self.organisation) == _name_key(other.organisation)


def marks_of(details: Details, keys: Keys, *, called: Sequence[str] | None = None) -> Marks:
    """The marks of a customer whose keys are at hand, and the folded words of the name if they are too."""
    return Marks(
        person=_person(details, called),
        organisation=details.organisation,
        emails=tuple([f"@{key}" for key in keys.emails]),
        phones=tuple([f"+{key}" for key in keys.phones if key]),
        addresses=tuple([f"|{key}" for key in keys.addresses]),
        places=tuple(
            [f"|{key}" for key, places in keys.addresses.items() if is_place(details.addresses[places[0]])]
        ),
        uids=tuple([f"^{key}" for key in keys.uids if key]) if keys.uids else (),
        numbers=tuple([f"!{tag}" for tag in details.number_tags]) if details.number_tags else (),
    )


def general_marks(details: Details, country: Country) -> list[str]:
    """The marks by which customers are found whoever they are; a name is one of them, no name is none."""
    person = _person(details)
    emails = (f"@{email_key(email)}" for email in details.emails)
    phones = (f"+{key}" for phone in details.phones if (key := phone_key(phone, country)))
    uids = (f"^{key}" for uid in details.uids if (key := uid_key(uid)))
    numbers = (f"!{tag}" for tag in details.number_tags)
    return list(dict.fromkeys([*([person] if person else []), *emails, *phones, *uids, *numbers]))


def _person(details: Details, called: Sequence[str] | None = None) -> str:
    """Kind and name, whatever the order of its words; empty for a customer without a name."""
    if not details.name:
        return ""
    name = " ".join(sorted(called)) if called else _name_key(details.name)
    return f"{details.kind} {name}"


def _name_key(name: str) -> str:
    return " ".join(sorted(words(name))) or fold(name)


def _differ(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(some and others) and _have_nothing_in_common(some, others)


def _have_nothing_in_common(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    # Most have one of each, and a name on every tenth line is compared very often.
    if len(some) == 1 == len(others):
        return some[0] != others[0]
    return set(some).isdisjoint(others)
