import json
from dataclasses import dataclass, fields
from typing import Any, Literal

Kind = Literal["person", "organisation"]
Status = Literal["", "prospect", "customer", "former"]

_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What the firm knows of a customer, sealed as one document.

    ``uids`` are the ids that address books elsewhere gave (RFC 6350 §6.7.6); ``custom`` answers the firm's own
    questions, id of the field and text; ``number_tags`` are keyed hashes of identity numbers, which lie elsewhere.
    """

    kind: Kind = "person"
    name: str = ""
    organisation: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    job_title: str = ""
    status: Status = ""
    uids: tuple[str, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()
    number_tags: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What to call the customer when there is no name."""
        return next(filter(None, (self.name, self.organisation, *self.emails, *self.phones)), "")

    def to_bytes(self) -> bytes:
        """The document as JSON, empty fields left out, an address as a list; the same details, the same bytes."""
        # Not dataclasses.asdict, which copies everything deeply: an import writes a hundred thousand of these.
        filled: dict[str, Any] = {name: value for name in _NAMES if (value := getattr(self, name))}
        if self.addresses:
            filled["addresses"] = [_parts(address) for address in self.addresses]
        return _WRITTEN.encode(filled).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "Details":
        there: dict[str, Any] = json.loads(document.decode())
        return cls(
            kind=there.get("kind", "person"),
            name=there.get("name", ""),
            organisation=there.get("organisation", ""),
            emails=tuple(there.get("emails", ())),
            phones=tuple(there.get("phones", ())),
            addresses=tuple(map(_address, there.get("addresses", ()))),
            note=there.get("note", ""),
            tags=tuple(there.get("tags", ())),
            source=there.get("source", ""),
            job_title=there.get("job_title", ""),
            status=there.get("status", ""),
            uids=tuple(there.get("uids", ())),
            custom=tuple((field, answer) for field, answer in there.get("custom", ())),
            number_tags=tuple(there.get("number_tags", ())),
        )


_NAMES = tuple(field.name for field in fields(Details))


def _parts(address: Address) -> list[str]:
    """Its fields in their order, without the empty ones at the end: their names would be half of the document."""
    parts = [address.street, address.postcode, address.city, address.country]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _address(written: list[str] | dict[str, str]) -> Address:
    """The first documents named the fields."""
    return Address(**written) if isinstance(written, dict) else Address(*written)
