from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from tryggve.domains.rights.engine.purposes import LANGUAGES, Words
from tryggve.domains.rights.selectors.consents import choices, consents
from tryggve.domains.rights.selectors.consents.consents import Text
from tryggve.ui import own_address


@dataclass(frozen=True, slots=True)
class Asked:
    """A purpose that customers are asked about, and the words for it in each language that there are any in."""

    purpose: UUID
    code: str
    words: Words
    texts: Mapping[str, Text]

    @property
    def missing(self) -> list[str]:
        return [one for one in LANGUAGES if one not in self.texts]


def all_asked(language: str) -> list[Asked]:
    """In the order of the purposes. Two questions."""
    texts, spoken = consents.newest_texts(), choices.spoken(language)
    return [
        Asked(one.id, one.code, one.told_in(spoken).words, texts.get(one.id, {}))
        for one in consents.purposes_by_consent()
    ]


def sign_up_pieces() -> list[tuple[str, list[choices.Choice]]]:
    """By language, what strangers can be asked about; only languages in which there are words for something."""
    found = [
        (one, [choice for choice in choices.all_of(one) if choice.text.language == one]) for one in LANGUAGES
    ]
    return [(language, asked) for language, asked in found if asked]


def sign_up_address() -> str:
    """Where the form for strangers is sent to."""
    return own_address.link_to("portal:sign-up")


def form_address(code: str) -> str:
    """Where a form on the company's website sends the address that somebody typed."""
    return own_address.origin() + reverse("portal:form", args=[code])
