import re
from dataclasses import dataclass, field

from tryggve.domains.customers.engine.details import Address
from tryggve.domains.customers.engine.values.folding import fold, words

_POSTCODE_FIRST = re.compile(r"((?:[A-Za-z]{1,2}[- ])?\d[\d ]*\d)\s+(\D.*)")

_NO_LETTER = re.compile(r"[^\w|]|_")


@dataclass(slots=True)
class AddressParts:
    """An address whose parts stand in columns of their own, as they are met."""

    streets: list[str] = field(default_factory=list)
    care_of: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""

    def take_postcode_and_city(self, text: str) -> None:
        """«111 22 Stockholm» in one cell."""
        both = _POSTCODE_FIRST.fullmatch(text)
        self.postcode, self.city = (both[1], both[2]) if both else ("", text)

    def address(self) -> Address:
        lines = [self.care_of, *self.streets]
        return Address(", ".join(filter(None, lines)), self.postcode, self.city, self.country)


def with_care_of(text: str) -> str:
    """What stands in a c/o column, with those letters before it."""
    return text if words(text)[:2] == ["c", "o"] else f"c/o {text}"


def address_key(address: Address) -> str:
    """Street, postcode and city without case, accents, spaces and punctuation; the country is left out."""
    parts = (address.street, address.postcode, address.city)
    key = _NO_LETTER.sub("", fold("|".join(parts)))
    if key[:1] != "|" and key[-1:] != "|" and key.count("|") == 2 and "||" not in key:
        return key
    return "|".join("".join(words(part)) or fold(part) for part in parts)


def is_place(address: Address) -> bool:
    """Whether the address says enough to tell that two people live in the same place."""
    return bool(address.street and (address.postcode or address.city))
