from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tryggve.domains.customers.engine.comparison.keys import Keys, keys_of
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.values.cleaning import LONGEST
from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.engine.values.phones import Country

# Of e-mails, telephone numbers, addresses and tags each: without an end, one name on every line of a long list
# would grow a customer whom nobody can read and take a square of the time.
MOST_IN_LIST = 100
_MOST_PARAGRAPHS = 500
_LONGEST_NOTE = 3 * LONGEST
_FIELDS = tuple(field.name for field in fields(Details))
_LISTS = ("emails", "phones", "addresses", "tags", "uids")
_TEXTS = ("name", "organisation", "source", "job_title", "status")
_BESIDE = frozenset({"source", "tags", "note", "job_title", "status", "uids", "custom"})


@dataclass(frozen=True, slots=True)
class Merged:
    """What is known afterwards, which fields grew, and what stood against a value already there (by field)."""

    details: Details
    added: tuple[str, ...]
    conflicts: dict[str, str] = field(default_factory=dict)
    fresh_addresses: dict[str, list[int]] = field(default_factory=dict, compare=False)

    @property
    def says_who_as_before(self) -> bool:
        """Whether nothing was added by which people are told apart: a source, tags, a note, a country at most.

        Nor does an id from another address book tell it: each book gives one of its own.
        """
        return _BESIDE.union(() if self.fresh_addresses else ("addresses",)).issuperset(self.added)

    @property
    def is_too_much(self) -> bool:
        """Whether the customer would grow beyond what one card is to hold."""
        if has_too_much(self.details, [name for name in _LISTS if name in self.added]):
            return True
        note = self.details.note if "note" in self.added else ""
        return len(note) > _LONGEST_NOTE or note.count("\n\n") >= _MOST_PARAGRAPHS


def has_too_much(details: Details, lists: Iterable[str] = _LISTS) -> bool:
    """Whether one of those lists is longer than a customer's may be."""
    return any(len(getattr(details, name)) > MOST_IN_LIST for name in lists)


def merge(known: Details, new: Details, country: Country) -> Merged:
    """Everything of both: lists joined, notes appended, empty fields filled, filled ones never changed."""
    if new == known:
        return Merged(known, ())
    return join(known, keys_of(known, country), new, keys_of(new, country))


def join(known: Details, there: Keys, new: Details, coming: Keys) -> Merged:
    """As ``merge``, with the keys of both at hand; the work follows the size of what is new."""
    addresses, fresh = _joined_addresses(known.addresses, there.addresses, _keyed(new, coming))
    after: dict[str, Any] = {name: getattr(new, name) for name in _TEXTS if not getattr(known, name)}
    after["emails"] = known.emails + _missing(there.emails, coming.emails)
    after["phones"] = known.phones + _missing(there.phones, coming.phones)
    after["tags"] = known.tags + _missing(there.tags, coming.tags)
    after["addresses"] = addresses
    after["uids"] = known.uids + _missing(there.uids, coming.uids)
    after["custom"] = _answers(known, new)
    after["number_tags"] = tuple(dict.fromkeys(known.number_tags + new.number_tags))
    if not coming.paragraphs <= there.paragraphs:
        after["note"] = f"{known.note}\n\n{new.note}" if known.note else new.note
    added = tuple(name for name in _FIELDS if name in after and after[name] != getattr(known, name))
    details = replace(known, **{name: after[name] for name in added}) if added else known
    return Merged(details, added, _conflicts(known, new), fresh)


def _answers(known: Details, new: Details) -> tuple[tuple[str, str], ...]:
    """What was answered stays; what was not asked before is answered now."""
    if not new.custom:
        return known.custom
    answered = {field for field, answer in known.custom if answer}
    kept = tuple(one for one in known.custom if one[0] in answered)
    return kept + tuple(one for one in new.custom if one[0] not in answered)


def _missing(there: Mapping[str, str], coming: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(value for key, value in coming.items() if key not in there)


def _keyed(details: Details, keys: Keys) -> Iterable[tuple[str, Address]]:
    return ((key, details.addresses[place]) for key, places in keys.addresses.items() for place in places)


def _joined_addresses(
    known: tuple[Address, ...], there: Mapping[str, list[int]], coming: Iterable[tuple[str, Address]]
) -> tuple[tuple[Address, ...], dict[str, list[int]]]:
    """The addresses of both, and the places of those that were added."""
    joined = list(known)
    fresh: dict[str, list[int]] = {}
    for key, address in coming:
        same = [*there.get(key, ()), *fresh.get(key, ())]
        if any(not address.country or fold(joined[place].country) == fold(address.country) for place in same):
            continue
        without_country = next((place for place in same if not joined[place].country), None)
        if without_country is None:
            fresh.setdefault(key, []).append(len(joined))
            joined.append(address)
        else:
            joined[without_country] = replace(joined[without_country], country=address.country)
    return tuple(joined), fresh


def _conflicts(known: Details, new: Details) -> dict[str, str]:
    """By field, or by the id of a field of the firm's own."""
    texts = {
        name: value
        for name in _TEXTS
        if (value := getattr(new, name)) and getattr(known, name) not in ("", value)
    }
    if not new.custom:
        return texts
    answers = dict(known.custom)
    return texts | {
        field: answer
        for field, answer in new.custom
        if answer and answers.get(field) not in (None, "", answer)
    }
