"""What people call that which is looked for."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tryggve.domains.datamap.engine.kinds import Kind

_NAMES: Final[Mapping[Kind, Promise]] = {
    Kind.EMAIL: pgettext_lazy("kind of data", "e-mail addresses"),
    Kind.PHONE: pgettext_lazy("kind of data", "telephone numbers"),
    Kind.SE_PERSONNUMMER: pgettext_lazy("kind of data", "Swedish personal numbers"),
    Kind.SE_SAMORDNINGSNUMMER: pgettext_lazy("kind of data", "Swedish coordination numbers"),
    Kind.SE_ORGNR: pgettext_lazy("kind of data", "Swedish organisation numbers"),
    Kind.DK_CPR: pgettext_lazy("kind of data", "Danish CPR numbers"),
    Kind.DK_CVR: pgettext_lazy("kind of data", "Danish CVR numbers"),
    Kind.NO_FNR: pgettext_lazy("kind of data", "Norwegian birth numbers"),
    Kind.NO_ORGNR: pgettext_lazy("kind of data", "Norwegian organisation numbers"),
    Kind.FI_HETU: pgettext_lazy("kind of data", "Finnish identity codes"),
    Kind.IBAN: pgettext_lazy("kind of data", "bank accounts (IBAN)"),
    Kind.SE_BANKGIRO: pgettext_lazy("kind of data", "bankgiro numbers"),
    Kind.SE_PLUSGIRO: pgettext_lazy("kind of data", "plusgiro numbers"),
    Kind.OCR_REFERENCE: pgettext_lazy("kind of data", "payment references (OCR)"),
    Kind.CARD: pgettext_lazy("kind of data", "payment cards"),
    Kind.ADDRESS: pgettext_lazy("kind of data", "postal addresses"),
    Kind.IP: pgettext_lazy("kind of data", "IP addresses"),
    Kind.DATE_OF_BIRTH: pgettext_lazy("kind of data", "dates of birth"),
    Kind.PERSON: pgettext_lazy("kind of data", "names of persons"),
    Kind.SPECIAL: pgettext_lazy("kind of data", "signs of sensitive data beside a person"),
    Kind.SECRET: pgettext_lazy("kind of data", "passwords and keys in clear text"),
}


def name(kind: Kind | str) -> str:
    return str(_NAMES[Kind(kind)])
