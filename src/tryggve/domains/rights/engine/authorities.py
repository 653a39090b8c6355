from dataclasses import dataclass
from datetime import date
from functools import cache

from tryggve.domains.rights.engine.calendars import law_files


@dataclass(frozen=True, slots=True)
class Authority:
    """Where a person may complain (GDPR art. 77), as it was on the day ``checked``."""

    name: str
    address: str
    email: str
    phone: str
    web: str
    source: str
    checked: date

    @property
    def contact(self) -> str:
        """In one line: what it is called and where to find it."""
        return f"{self.name}, {self.web}, {self.email}, {self.phone}"


class UnknownCountry(ValueError):
    """No supervisory authority is known there."""


@cache
def authority_of(country: str) -> Authority:
    """The authority of a country (ISO 3166-1 alpha-2). Raises UnknownCountry."""
    told = law_files.read("", "authorities")
    if country not in told or country == "checked":
        raise UnknownCountry(country)
    return Authority(**told[country], checked=told["checked"])
