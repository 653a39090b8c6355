"""What a company uses personal data for: facts that hold in any language, and sentences in each.

For most cases use :func:`from_documents` for what is kept, and ``starter.starter_set`` for a company that begins.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

LegalBasis = Literal["a", "b", "c", "d", "e", "f"]
Required = Literal["contract", "law", "voluntary"]
Language = Literal["sv", "da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class UnreadablePurpose(ValueError):
    """What is kept of a purpose has other fields, or values of another kind, than a purpose has."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who gets data. ``name`` is a code of the labels, or the company's own word («Fortnox»).

    ``processor``: works for the company only (GDPR art. 28). ``country`` (ISO 3166-1 alpha-2) and ``safeguard`` (code:
    «A45-3») are for those outside the EU and EEA; empty within.
    """

    name: str
    processor: bool = False
    country: str = ""
    safeguard: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds in any language; codes of the labels, or the company's own words.

    ``legal_basis`` and ``special_basis`` are letters of GDPR art. 6(1) and 9(2); ``law`` the act that obliges, when
    the legal basis is «c»; ``retention`` the code of a rule; ``required`` by what the person must give the data
    (art. 13(2)(e)); ``sources`` those that it comes from besides the person; ``fields`` what of a customer's card it
    needs; ``dpv`` identifiers of the W3C Data Privacy Vocabulary 2.3.
    """

    legal_basis: LegalBasis
    persons: tuple[str, ...]
    data: tuple[str, ...]
    retention: str
    required: Required = "voluntary"
    law: str = ""
    special_basis: str = ""
    recipients: tuple[Receiver, ...] = ()
    sources: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    dpv: tuple[str, ...] = ()

    @property
    def transfers(self) -> tuple[Receiver, ...]:
        """Those who get data outside the EU and EEA."""
        return tuple(receiver for receiver in self.recipients if receiver.country)

    @property
    def is_by_consent(self) -> bool:
        """Whether nothing may be done without the person's consent (GDPR art. 6(1)(a) or 9(2)(a))."""
        return "a" in (self.legal_basis, self.special_basis)


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in one language, whole sentences but for ``name`` and ``interest``, which stand in others.

    ``keeping``: why so long; ``consequence``: what follows if the person doesn't give the data; ``interest``: what the
    company wants, when the legal basis is «f»; ``special``: why sensitive data is needed; ``automated``: how a
    decision without people is made and what it means for the person (art. 22), empty when there is none; ``ending``:
    what the time of keeping counts from («the purchase»).
    """

    name: str
    description: str
    keeping: str
    consequence: str
    interest: str = ""
    special: str = ""
    automated: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose as it is told in one language."""

    code: str
    facts: Facts
    words: Words


@dataclass(frozen=True, slots=True)
class Controller:
    """The company that decides. ``country`` is ISO 3166-1 alpha-2; the empty ones don't apply.

    ``page``: where a person can see and choose; ``officer``: the data protection officer and how to reach them;
    ``joint``: who decides together with it (GDPR art. 26); ``representative``: art. 27.
    """

    firm: str
    country: str
    number: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    page: str = ""
    officer: str = ""
    joint: str = ""
    representative: str = ""

    @property
    def contact(self) -> str:
        """The easiest way to reach it."""
        return self.email or self.phone or self.address


def to_document(part: Facts | Words | Controller) -> dict[str, Any]:
    """The same as JSON has it."""
    return asdict(part)


def from_documents(
    code: str, *, facts: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]], language: str
) -> Purpose:
    """A purpose as it is kept, in the language, or else in the first that it was written in.

    ``words`` by language. Raises UnreadablePurpose.
    """
    if not words:
        raise UnreadablePurpose(code)
    told = words[language] if language in words else next(iter(words.values()))
    return Purpose(code, facts_from(facts), words_from(told))


def facts_from(document: Mapping[str, Any]) -> Facts:
    """Raises UnreadablePurpose."""
    told = {name: _value(name, value) for name, value in document.items()}
    if told.get("legal_basis") not in get_args(LegalBasis) or told.get("required") not in (
        None,
        *get_args(Required),
    ):
        raise UnreadablePurpose("legal_basis, required")
    try:
        return Facts(**told)
    except TypeError as error:
        raise UnreadablePurpose(str(error)) from error


def words_from(document: Mapping[str, Any]) -> Words:
    """Raises UnreadablePurpose."""
    if not all(isinstance(value, str) for value in document.values()):
        raise UnreadablePurpose(sorted(document))
    try:
        return Words(**document)
    except TypeError as error:
        raise UnreadablePurpose(str(error)) from error


def _value(name: str, value: Any) -> Any:
    if name == "recipients" and isinstance(value, list | tuple):
        return tuple(map(_receiver, value))
    if name in _LISTS and isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if name not in _LISTS and name != "recipients" and isinstance(value, str):
        return value
    raise UnreadablePurpose(name)


def _receiver(value: Any) -> Receiver:
    kinds = {"name": str, "processor": bool, "country": str, "safeguard": str}
    if not isinstance(value, Mapping) or "name" not in value:
        raise UnreadablePurpose("recipients")
    if not all(isinstance(one, kinds.get(name, type(None))) for name, one in value.items()):
        raise UnreadablePurpose("recipients")
    return Receiver(**value)


_LISTS = frozenset({"persons", "data", "sources", "fields", "dpv"})
