"""What is looked for, and how sure one is of it."""

from enum import IntEnum, StrEnum
from typing import Final


class Kind(StrEnum):
    """Names as they stand in reports; the order is that of strength: where two overlap, the earlier one wins."""

    SECRET = "SECRET"  # noqa: S105 - a kind
    IBAN = "IBAN"
    NO_FNR = "NO_FNR"
    FI_HETU = "FI_HETU"
    SE_PERSONNUMMER = "SE_PERSONNUMMER"
    SE_SAMORDNINGSNUMMER = "SE_SAMORDNINGSNUMMER"
    DK_CPR = "DK_CPR"
    SE_ORGNR = "SE_ORGNR"
    CARD = "CARD"
    EMAIL = "EMAIL"
    IP = "IP"
    SE_BANKGIRO = "SE_BANKGIRO"
    SE_PLUSGIRO = "SE_PLUSGIRO"
    NO_ORGNR = "NO_ORGNR"
    DK_CVR = "DK_CVR"
    OCR_REFERENCE = "OCR_REFERENCE"
    PHONE = "PHONE"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    ADDRESS = "ADDRESS"
    PERSON = "PERSON"
    SPECIAL = "SPECIAL"


KINDS: Final = tuple(Kind)
CODE_OF: Final = {kind: code for code, kind in enumerate(KINDS)}


class Confidence(IntEnum):
    """``NONE`` is reported nowhere: it may turn into more beside something else."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
