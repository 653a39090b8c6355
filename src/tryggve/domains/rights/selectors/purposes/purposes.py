"""What the company uses personal data for, and what it tells of itself, as it stands now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tryggve.domains.rights import models
from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine import purposes as engine
from tryggve.domains.rights.engine.purposes import Controller, Facts, Language, Purpose, Words
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Missing
from tryggve.ui import own_address


class NoSuchPurpose(Missing):
    """No purpose has that id."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A purpose as it is kept: its facts, and its words in each language that somebody wrote them in."""

    id: UUID
    code: str
    revision: int
    facts: Facts
    words: Mapping[str, Words]
    is_ended: bool

    def told_in(self, language: Language) -> Purpose:
        """In the language, or else in the first that it was written in."""
        words = self.words[language] if language in self.words else next(iter(self.words.values()))
        return Purpose(self.code, self.facts, words)


def purposes_in_use() -> list[Kept]:
    """In the order in which they are told. One question."""
    return [_kept(row) for row in models.Purpose.objects.filter(ended_at=None).order_by("position", "pk")]


def ended_purposes() -> list[Kept]:
    """Those that the company doesn't use data for any more, the latest first."""
    rows = models.Purpose.objects.exclude(ended_at=None).order_by("-ended_at", "pk")
    return [_kept(row) for row in rows]


def all_purposes() -> dict[UUID, Kept]:
    """Those in use and those that have ended, by their ids. One question."""
    return {row.pk: _kept(row) for row in models.Purpose.objects.order_by("position", "pk")}


def one_purpose(purpose: UUID) -> Kept:
    """Raises NoSuchPurpose."""
    row = models.Purpose.objects.filter(pk=purpose).first()
    if row is None:
        raise NoSuchPurpose
    return _kept(row)


def told_in(language: Language, kept: Iterable[Kept]) -> list[Purpose]:
    return [one.told_in(language) for one in kept]


def the_controller() -> Controller:
    """The company as its notice and record name it."""
    details = firm_details()
    return Controller(
        firm=setup.firm_name(),
        country=setup.firm_country(),
        number=details.number,
        address=details.address,
        email=details.email,
        phone=details.phone,
        page=own_address.link_to("portal:ask") if own_address.is_for_others() else "",
        officer=details.officer,
        joint=details.joint,
    )


def firm_details() -> models.FirmDetails:
    """What the company tells of itself; empty until somebody has written it."""
    return models.FirmDetails.objects.first() or models.FirmDetails(pk=1)


def measures() -> tuple[str, ...]:
    """How data is protected, as codes: by the product always, by the company itself where it says so."""
    chosen, of_firm = set(firm_details().measures), labels.firms_own_measures()
    return tuple(code for code in labels.known("measures") if code not in of_firm or code in chosen)


def in_other_words(language: Language, kept: Iterable[Kept]) -> list[Kept]:
    """Those that nobody has written in the language: who reads only that one wouldn't understand them."""
    return [one for one in kept if language not in one.words]


def _kept(row: models.Purpose) -> Kept:
    return Kept(
        id=row.pk,
        code=row.code,
        revision=row.revision,
        facts=engine.facts_from(row.facts),
        words={language: engine.words_from(told) for language, told in row.words.items()},
        is_ended=row.ended_at is not None,
    )
