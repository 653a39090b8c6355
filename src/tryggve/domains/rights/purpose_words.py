"""One purpose as the list shows it."""

from dataclasses import dataclass
from uuid import UUID

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.papers.phrases import Phrases, capital
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.selectors.purposes.purposes import Kept


@dataclass(frozen=True, slots=True)
class Lines:
    """``legal_basis`` and the others in words; ``is_sensitive`` where GDPR art. 9 is asked too."""

    id: UUID
    name: str
    description: str
    legal_basis: str
    data: str
    needed: str
    recipients: str
    kept: str
    is_sensitive: bool


def lines_of(purpose: Kept, language: Language) -> Lines:
    told, phrases = purpose.told_in(language), Phrases(language)
    facts = told.facts
    return Lines(
        id=purpose.id,
        name=told.words.name,
        description=told.words.description,
        legal_basis=capital(labels.word("legal_bases", facts.legal_basis, language=language)),
        data=capital(phrases.named("data", facts.data)),
        needed=capital(phrases.named("fields", facts.fields)),
        recipients=capital(phrases.named("recipients", [one.name for one in facts.recipients])),
        kept=capital(phrases.time_of(told)),
        is_sensitive=bool(facts.special_basis),
    )
