from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace

from tryggve.domains.customers.engine.addresses import address_key
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.emails import email_key
from tryggve.domains.customers.engine.folding import fold
from tryggve.domains.customers.engine.phones import Country, phone_key

_FIELDS = tuple(field.name for field in fields(Details))


@dataclass(frozen=True, slots=True)
class Merged:
    """What is known afterwards, which fields grew, and what stood against a value already there (by field)."""

    details: Details
    added: tuple[str, ...]
    conflicts: dict[str, str] = field(default_factory=dict)


def merge(known: Details, new: Details, country: Country) -> Merged:
    """Everything of both: lists joined, notes appended, empty fields filled, filled ones never changed."""
    if new == known:
        return Merged(known, ())
    after = replace(
        known,
        name=known.name or new.name,
        organisation=known.organisation or new.organisation,
        source=known.source or new.source,
        emails=known.emails + _missing(known.emails, new.emails, email_key),
        phones=known.phones + _missing(known.phones, new.phones, lambda phone: phone_key(phone, country)),
        addresses=_joined_addresses(known.addresses, new.addresses),
        tags=known.tags + _missing(known.tags, new.tags, fold),
        note=_joined_notes(known.note, new.note),
    )
    if after == known:
        return Merged(known, (), _conflicts(known, new))
    added = tuple(name for name in _FIELDS if getattr(after, name) != getattr(known, name))
    return Merged(after, added, _conflicts(known, new))


def _missing(known: tuple[str, ...], new: tuple[str, ...], key: Callable[[str], str]) -> tuple[str, ...]:
    if set(known).issuperset(new):
        return ()
    seen = {key(value) for value in known}
    return tuple(value for value in new if key(value) not in seen)


def _joined_addresses(known: tuple[Address, ...], new: tuple[Address, ...]) -> tuple[Address, ...]:
    if set(known).issuperset(new):
        return known
    joined = list(known)
    for address in new:
        same = [place for place, other in enumerate(joined) if address_key(other) == address_key(address)]
        if any(not address.country or fold(joined[place].country) == fold(address.country) for place in same):
            continue
        without_country = next((place for place in same if not joined[place].country), None)
        if without_country is None:
            joined.append(address)
        else:
            joined[without_country] = replace(joined[without_country], country=address.country)
    return tuple(joined)


def _joined_notes(known: str, new: str) -> str:
    if not new or not known:
        return known or new
    there = set(_paragraphs(known))
    return known if there.issuperset(_paragraphs(new)) else f"{known}\n\n{new}"


def _paragraphs(note: str) -> list[str]:
    return [paragraph.strip() for paragraph in note.split("\n\n") if paragraph.strip()]


def _conflicts(known: Details, new: Details) -> dict[str, str]:
    return {
        name: value
        for name in ("name", "organisation", "source")
        if (value := getattr(new, name)) and getattr(known, name) not in ("", value)
    }
