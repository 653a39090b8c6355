"""Answers to the firm's own fields, as people write and read them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.custom_fields import Field, Marks

WRONG: Mapping[str, StrOrPromise] = {
    "bad_number": gettext_lazy("This is not a number."),
    "bad_date": gettext_lazy("This is not a date."),
    "not_yes_or_no": gettext_lazy("Answer yes or no."),
    "not_a_choice": gettext_lazy("Choose one of those offered."),
    "too_long": gettext_lazy("This is too long."),
    "control_characters": gettext_lazy("There are invisible control characters in it."),
    "bad_characters": gettext_lazy("There are letters in it that can't be read."),
}


def marks() -> Marks:
    """How numbers are written in the reader's language."""
    return Marks(formats.get_format("DECIMAL_SEPARATOR"), formats.get_format("THOUSAND_SEPARATOR"))


def shown_answer(field: Field, answer: str) -> str:
    """An answer for reading; as it is kept when the field's kind doesn't understand it."""
    match field.kind:
        case "YES_NO":
            return {"yes": _("yes"), "no": _("no")}.get(answer, answer)
        case "NUMBER" if answer.lstrip("-").replace(".", "", 1).isdecimal():
            return formats.number_format(Decimal(answer), use_l10n=True, force_grouping=True)
        case "DATE":
            return _date(answer)
    return answer


def typed_answer(field: Field, answer: str) -> str:
    """An answer as it stands in a form: a number without anything between the thousands."""
    if field.kind == "NUMBER":
        return answer.replace(".", marks().decimal)
    return answer


def _date(answer: str) -> str:
    try:
        return formats.date_format(date.fromisoformat(answer), "DATE_FORMAT")
    except ValueError:
        return answer
