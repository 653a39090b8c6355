"""The 21 kinds of the report, each with the ways it is written and what is mistaken for it."""

from collections.abc import Mapping, Sequence

from bench.mess.kinds import contact, denmark, finland, hints, money, norway, people, phone, sweden
from bench.mess.values import Forms

_ALL = (
    *(contact.EMAIL, phone.PHONE, sweden.PERSONNUMMER, sweden.SAMORDNINGSNUMMER, sweden.ORGNR, denmark.CPR),
    *(
        denmark.CVR,
        norway.FNR,
        norway.ORGNR,
        finland.HETU,
        money.IBAN,
        money.BANKGIRO,
        money.PLUSGIRO,
        money.OCR,
    ),
    *(
        money.CARD,
        contact.ADDRESS,
        contact.IP,
        people.DATE_OF_BIRTH,
        people.PERSON,
        hints.SPECIAL,
        hints.SECRET,
    ),
)
KINDS: Mapping[str, Forms] = {forms.kind: forms for forms in _ALL}


def of_language(language: str) -> Sequence[Forms]:
    """Those that are met in texts of that language."""
    return [forms for forms in _ALL if not forms.said or language in forms.said]
