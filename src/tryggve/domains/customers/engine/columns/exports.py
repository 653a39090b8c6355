"""Headings of the files that common programs export, where they differ from what people write themselves.

Google Contacts («Google CSV»), HubSpot, Pipedrive and Mailchimp: as published files and programs that read them have
them, the present ones and those before. Outlook has the words of ``heading_words`` with «Business» or «(arbejde)»
around them (https://support.microsoft.com/office/4518d70d-8fe9-46ad-94fa-1494247193c7), Fortnox, Visma and e-conomic
those of bookkeeping («Fakturaadress», «Leveransort»). They change: a column that is unknown is kept beside.
"""

import re

from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.values.folding import fold, words

# Between several values of one column (Google).
SEPARATOR = ":::"
# Groups in which Google puts everybody: they say nothing of anyone.
EVERYBODY = frozenset({"mycontacts", "my contacts", "other contacts"})

# Google's, then HubSpot's.
PHRASES: dict[Field, str] = {
    "job_title": "organization title",
    "organisation": "associated company",
    "source": "original traffic source",
}

_LONGEST = 200
_OWNER = re.compile(r"(?:person|contact|organi[sz]ation|company)\s+[-\u2013]\s+(.+)")
_OF_ADDRESS = re.compile(r"(.+?)\s+of\s+(?:\w+\s+)?address")
_NUMBERED_ADDRESS = re.compile(r"address (\d{1,2}) - (.+)")
_PARTS: dict[str, Field] = {
    "street": "street",
    "po box": "street",
    "extended address": "street",
    "postal code": "postcode",
    "city": "city",
    "country": "country",
}


def within(heading: str) -> str | None:
    """What a column of Pipedrive holds: «Email - Work» of «Person - Email - Work», «City» of «City of address»."""
    folded = fold(heading[:_LONGEST]).strip()
    owner = _OWNER.fullmatch(folded)
    rest = owner[1] if owner else folded
    part = _OF_ADDRESS.fullmatch(rest)
    return part[1] if part else rest if owner else None


def is_part_of_address(heading: str) -> bool:
    """Whether the column holds a part of an address which another column holds whole (Pipedrive)."""
    return _OF_ADDRESS.fullmatch(fold(heading[:_LONGEST]).strip()) is not None


def numbered_address(heading: str) -> tuple[int, Field | None] | None:
    """The number of the address and the part of it that a column of Google Contacts holds; None for another."""
    found = _NUMBERED_ADDRESS.fullmatch(" ".join(fold(heading[:_LONGEST]).split()))
    return (int(found[1]), _PARTS.get(found[2])) if found else None


def tag(label: str) -> str:
    """The name of a group without the signs of Google and Mailchimp around it; empty when everybody is in it."""
    bare = label.strip(' "').removeprefix("* ").strip()
    return "" if " ".join(words(bare)) in EVERYBODY and label.strip().startswith("*") else bare
