"""By what somebody is known again who isn't in the register any more: how to reach them, and their numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
    emails = (f"@{email_key(email)}" for email in details.emails)
    phones = (f"+{key}" for phone in details.phones if (key := phone_key(phone, country)))
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


def _called(details: Details) -> Iterator[str]:
    """The words of the name, each after a space; an initial tells nobody apart."""
    return (f" {word}" for word in words(details.name or details.organisation) if len(word) > 1)
