"""The firm's own fields on the form of a customer: an input of its kind for each."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.engine.custom_fields import (
    LONGEST_ANSWER,
    BadAnswer,
    Custom,
    Field,
    parsed_answer,
)
from tryggve.domains.customers.words import custom_fields as custom_words


class AnswerField(forms.CharField):
    """An answer to one of the firm's own fields, as it is kept."""

    def __init__(self, own: Field, known: str) -> None:
        super().__init__(
            label=own.name, required=False, max_length=LONGEST_ANSWER, widget=_widget(own, known)
        )
        self.own, self.known = own, known

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        # A choice that was taken away since, or what an import brought, may stay.
        if text in {self.known, custom_words.typed_answer(self.own, self.known)}:
            return self.known
        try:
            return parsed_answer(self.own, text, marks=custom_words.marks())
        except BadAnswer as wrong:
            raise forms.ValidationError(custom_words.WRONG[str(wrong)]) from None


def fields_for(own: Iterable[Field], known: Custom) -> Iterator[tuple[str, AnswerField]]:
    """A form field for each, by its name on the form; ``known`` is what was answered before."""
    answers = dict(known)
    for field in own:
        yield name_of(field), AnswerField(field, answers.get(field.id, ""))


def name_of(field: Field) -> str:
    """What the field is called on the form."""
    return f"own_{field.id}"


def written(own: Iterable[Field], known: Custom) -> dict[str, str]:
    """The answers as the fields show them."""
    answers = dict(known)
    return {name_of(field): custom_words.typed_answer(field, answers.get(field.id, "")) for field in own}


def _widget(own: Field, known: str) -> forms.Widget:
    match own.kind:
        case "YES_NO":
            return forms.Select(choices=[("", _("Not said")), ("yes", _("yes")), ("no", _("no"))])
        case "CHOICE":
            gone = [known] if known and known not in own.choices else []
            return forms.Select(choices=[("", _("Not said")), *((one, one) for one in [*own.choices, *gone])])
        case "DATE":
            return forms.TextInput(attrs={"type": "date"})
        case "NUMBER":
            return forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.TextInput()
