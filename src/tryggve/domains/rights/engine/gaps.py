from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.plain_text import tidied
from tryggve.domains.rights.engine.purposes import Controller, Facts, Purpose, Words


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the law wants told and nobody has written: the field, and the purpose («» for the company)."""

    purpose: str
    field: str


class Incomplete(ValueError):
    """Something that the law wants told isn't there."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(", ".join(f"{gap.purpose}.{gap.field}" for gap in self.gaps))


def whole(controller: Controller, purposes: Iterable[Purpose]) -> tuple[Controller, tuple[Purpose, ...]]:
    """The same with every text as it is shown. Raises Incomplete."""
    tidy = tidied(controller), tuple(map(tidied, purposes))
    if found := tuple(gaps(*tidy)):
        raise Incomplete(found)
    return tidy


def gaps(controller: Controller, purposes: Sequence[Purpose]) -> Iterator[Gap]:
    """What must be written before a notice or record holds what GDPR art. 13, 14 and 30(1) ask for."""
    yield from (Gap("", field) for field in _of_controller(tidied(controller)))
    if not purposes:
        yield Gap("", "purposes")
    for purpose in map(tidied, purposes):
        missing = (*_of_words(purpose.words, purpose.facts), *_of_facts(purpose.facts))
        yield from (Gap(purpose.code, field) for field in missing)


def _of_controller(controller: Controller) -> Iterator[str]:
    if not controller.firm:
        yield "firm"
    if not controller.contact:
        yield "contact"


def _of_words(words: Words, facts: Facts) -> Iterator[str]:
    needed = ["name", "description", "keeping", "consequence"]
    if facts.legal_basis == "f":
        needed.append("interest")
    yield from (field for field in needed if not getattr(words, field))


def _of_facts(facts: Facts) -> Iterator[str]:
    needed = ["persons", "data", "retention"]
    if facts.legal_basis == "c":
        needed.append("law")
    if labels.is_sensitive(facts.data):
        needed.append("special_basis")
    yield from (field for field in needed if not getattr(facts, field))
    if any(not receiver.name for receiver in facts.recipients):
        yield "recipients"
    if any(not receiver.safeguard for receiver in facts.transfers):
        yield "safeguard"
