from dataclasses import dataclass, field

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.addresses import address_key
from tryggve.domains.customers.engine.values.emails import email_key
from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.engine.values.phones import Country, phone_key


@dataclass(slots=True)
class Keys:
    """What a customer has, in comparable form: worked out once, then grown along with the customer.

    ``emails``, ``phones``, ``tags`` and ``uids`` give each value as it is written; ``addresses`` gives the places in
    the customer's own list, as two addresses may differ by their country only.
    """

    emails: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, list[int]] = field(default_factory=dict)
    paragraphs: set[str] = field(default_factory=set)

    def take(self, coming: "Keys", fresh_addresses: dict[str, list[int]]) -> None:
        """Add what another has; ``fresh_addresses`` are places in this customer's grown list."""
        for key, places in fresh_addresses.items():
            self.addresses.setdefault(key, []).extend(places)
        for own, other in (
            (self.emails, coming.emails),
            (self.phones, coming.phones),
            (self.tags, coming.tags),
            (self.uids, coming.uids),
        ):
            for key, value in other.items():
                own.setdefault(key, value)
        self.paragraphs |= coming.paragraphs


def uid_key(uid: str) -> str:
    """An address book's id of somebody in comparable form: vCard 4 writes it as a URN, older ones don't."""
    return uid.strip().casefold().removeprefix("urn:uuid:")


def keys_of(details: Details, country: Country) -> Keys:
    """The keys of everything a customer has; telephone numbers are compared as written in that country."""
    keys = Keys()
    if details.note:
        keys.paragraphs.update(bare for part in details.note.split("\n\n") if (bare := part.strip()))
    for tag in details.tags:
        keys.tags.setdefault(fold(tag), tag)
    for uid in details.uids:
        keys.uids.setdefault(uid_key(uid), uid)
    for email in details.emails:
        keys.emails.setdefault(email_key(email), email)
    for phone in details.phones:
        keys.phones.setdefault(phone_key(phone, country), phone)
    for place, address in enumerate(details.addresses):
        keys.addresses.setdefault(address_key(address), []).append(place)
    return keys
