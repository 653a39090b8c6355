"""What the heading of a column means, whatever stands around the word that counts."""

import re
from collections.abc import Iterator

from tryggve.domains.customers.engine.columns import exports, heading_words
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.values.folding import words

_IN_ADDRESS: frozenset[Field] = frozenset(
    {"street", "house_number", "care_of", "postcode", "city", "postcode_city", "country"}
)
_AFTER_PREFIX: frozenset[Field] = _IN_ADDRESS | {"email", "phone"}
_DIGITS = "0123456789"
_LONGEST = 200
# «Org.nr/pers.nr», «Fødselsnr (11 siffer)».
_PARTS = re.compile(r"[/()\[\]]")
_FEW_WORDS = 4


def field_of(heading: str) -> Field | None:
    """The field that a heading names in Swedish, Danish, Norwegian, Finnish or English."""
    if len(heading) > _LONGEST or is_identity_number(heading):
        return None
    numbered = exports.numbered_address(heading)
    if numbered:
        return numbered[1]
    inner = exports.within(heading)
    return _named(words(heading)) or (_named(words(inner)) if inner else None)


def is_identity_number(heading: str) -> bool:
    """Whether the column holds numbers that point out one person (or a firm that may be one person)."""
    if len(heading) > _LONGEST:
        return False
    # «Person - ID» is Pipedrive's own count.
    told = exports.within(heading) or heading
    return _names_identity_number(told) or any(map(_names_identity_number, _PARTS.split(told)))


def _names_identity_number(part: str) -> bool:
    found = words(part)
    own = [word for word in found if word not in _OWNERS]
    without_numbers = [bare for word in own if (bare := word.rstrip(_DIGITS))]
    if not _IDENTITY_NUMBERS.isdisjoint(["".join(some) for some in (found, own, without_numbers)]):
        return True
    # In a sentence it may stand for anything.
    return len(found) <= _FEW_WORDS and any(
        word in _SURELY_IDENTITY_NUMBERS or word.startswith(_LONG_ONES) for word in found
    )


def may_be_job_title(heading: str) -> bool:
    """Whether the column holds a job title where no other does."""
    return "".join(words(heading)) in _PERHAPS_JOB_TITLE


def is_family_name_first(heading: str) -> bool:
    return "".join(words(heading)) in _FAMILY_NAME_FIRST


def is_date(heading: str) -> bool:
    return "".join(words(heading)) in _DATES


def is_kind(text: str) -> bool:
    """Whether a cell tells a person from an organisation: its word may be a heading as well."""
    return "".join(words(text)) in _KINDS


def joined_words(phrases: str) -> frozenset[str]:
    """Each phrase of a list with commas, folded and written together."""
    return frozenset("".join(words(phrase)) for phrase in phrases.split(","))


def _named(found: list[str]) -> Field | None:
    return next(_attempts(found), None)


def _attempts(found: list[str]) -> Iterator[Field]:
    """What the words name as they are, then without numbers, then without the words around the real one."""
    without_numbers = [bare for word in found if (bare := word.rstrip(_DIGITS))]
    plain = [word for word in without_numbers if word not in _QUALIFIERS]
    for attempt in (found, without_numbers, plain):
        if (field := _FIELDS.get("".join(attempt))) is not None:
            yield field
    of_address = _FIELDS.get("".join(word for word in plain if word not in _ADDRESSES))
    if of_address in _IN_ADDRESS:
        yield of_address
    if len(plain) == 1:
        yield from _after_prefix(plain[0])


def _after_prefix(word: str) -> Iterator[Field]:
    for prefix in _PREFIXES:
        field = _FIELDS.get(word.removeprefix(prefix))
        if field in _AFTER_PREFIX:
            yield field


_FIELDS: dict[str, Field] = {
    phrase: field
    for phrases_by_field in (exports.PHRASES, *heading_words.LANGUAGES.values())
    for field, phrases in phrases_by_field.items()
    for phrase in joined_words(phrases)
}
_IDENTITY_NUMBERS = joined_words(heading_words.IDENTITY_NUMBERS)
_SURELY_IDENTITY_NUMBERS = frozenset(words(heading_words.SURELY_IDENTITY_NUMBERS))
_LONG_ONES = tuple(word for word in _SURELY_IDENTITY_NUMBERS if len(word) > 5)
_PERHAPS_JOB_TITLE = joined_words(heading_words.PERHAPS_JOB_TITLE)
_FAMILY_NAME_FIRST = joined_words(heading_words.FAMILY_NAME_FIRST)
_DATES = joined_words(heading_words.DATES)
_KINDS = joined_words(heading_words.PERSONS) | joined_words(heading_words.ORGANISATIONS)
_QUALIFIERS = frozenset(words(heading_words.QUALIFIERS))
_ADDRESSES = frozenset(words(heading_words.ADDRESSES))
_OWNERS = frozenset(words(heading_words.OWNERS))
_PREFIXES = tuple(words(heading_words.PREFIXES))
