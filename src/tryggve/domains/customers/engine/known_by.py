"""By what somebody is known again who isn't in the register any more: how to reach them, and their numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.identity_numbers.spelling import number_key
from tryggve.domains.customers.engine.imports.tracing import number_mark
from tryggve.domains.customers.engine.values.emails import email_key
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country, phone_key


def known_by(details: Details, numbers: Iterable[str], country: Country) -> list[str]:
    """E-mails, telephone and identity numbers in comparable form, each once.

    A telephone number counts together with a word of the name, since a whole company answers at one; alone where there
    is no name. A name alone never does: others have it too. ``numbers`` are keys of identity numbers.
    """
    emails = map(_email_mark, details.emails)
    phones = filter(None, (_phone_mark(phone, country) for phone in details.phones))
    called = list(_called(details)) or [""]
    named = (f"{phone}{word}" for phone in phones for word in called)
    return list(dict.fromkeys([*emails, *named, *map(number_mark, numbers)]))


def barred_by(details: Details, numbers: Iterable[str], country: Country) -> list[str]:
    """What ``known_by`` can say of this one, however little of it stands in a list."""
    nameless = replace(details, name="", organisation="")
    return list(dict.fromkeys([*known_by(details, numbers, country), *known_by(nameless, (), country)]))


def known_by_of_row(draft: Draft, columns: Sequence[Column], country: Country) -> list[str]:
    """The same of a row of a list."""
    said = (draft.extra.get(one.heading, "") for one in columns if one.is_identity_number)
    return known_by(draft.details, filter(None, map(number_key, said)), country)


@dataclass(frozen=True, slots=True)
class ValueMarks:
    """Single values as ``barred_by`` tells them of somebody; empty for what is none."""

    country: Country

    def email(self, text: str) -> str:
        return _email_mark(text)

    def phone(self, text: str) -> str:
        """Whoever answers there."""
        return _phone_mark(text, self.country)

    def number(self, text: str) -> str:
        key = number_key(text)
        return number_mark(key) if key else ""

    def name(self, text: str) -> str:
        """Its words in any order; one word alone is many people's. ``barred_by`` tells no names."""
        said = sorted(words(text))
        return f"name {' '.join(said)}" if len(said) > 1 else ""


def _email_mark(email: str) -> str:
    return f"@{email_key(email)}"


def _phone_mark(phone: str, country: Country) -> str:
    key = phone_key(phone, country)
    return f"+{key}" if key else ""


def _called(details: Details) -> Iterator[str]:
    """The words of the name, each after a space; an initial tells nobody apart."""
    return (f" {word}" for word in words(details.name or details.organisation) if len(word) > 1)
