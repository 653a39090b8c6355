import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What the firm knows of a customer, sealed as one document."""

    kind: Kind = "person"
    name: str = ""
    organisation: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""

    @property
    def title(self) -> str:
        """What to call the customer when there is no name."""
        return next(filter(None, (self.name, self.organisation, *self.emails, *self.phones)), "")

    def to_bytes(self) -> bytes:
        """The document as JSON, empty fields left out; the same details always give the same bytes."""
        filled = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(filled, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, document: bytes) -> "Details":
        fields: dict[str, Any] = json.loads(document)
        return cls(
            kind=fields.get("kind", "person"),
            name=fields.get("name", ""),
            organisation=fields.get("organisation", ""),
            emails=tuple(fields.get("emails", ())),
            phones=tuple(fields.get("phones", ())),
            addresses=tuple(Address(**address) for address in fields.get("addresses", ())),
            note=fields.get("note", ""),
            tags=tuple(fields.get("tags", ())),
            source=fields.get("source", ""),
        )
