from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach.engine.questions import Answers, Question, questions
from tryggve.domains.outreach.services.feedback import LONGEST_WORDS, State

_YES, _NO = "yes", "no"
_DONE = (
    (State.CALLED, _("I have spoken to the customer; something is left to do")),
    (State.HANDLED, _("It is looked into; nothing is left to do")),
)


class Asked(forms.Form):
    """The questions, a field each."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = questions(language)
        for one in self._asked:
            self.fields[one.code] = _field(one)

    def answers(self) -> Answers:
        """By the questions' codes; what was left empty is left out."""
        given = ((one, self.cleaned_data.get(one.code)) for one in self._asked)
        return {one.code: _answer(one, value) for one, value in given if value}


class FollowUp(forms.Form):
    """What was done about it."""

    state = forms.ChoiceField(label=_("What have you done?"), choices=_DONE, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What came of it?"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Such as what you change from now on. The customer can read it in a copy of their data."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def chosen(self) -> State:
        return State(self.cleaned_data["state"])


def _field(one: Question) -> forms.Field:
    if one.kind == "text":
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=one.asks, help_text=one.help, max_length=LONGEST_WORDS, required=False, widget=area
        )
    steps = [(str(number), words) for number, words in enumerate(one.steps, start=1)]
    choices = steps if one.kind == "scale" else [(_YES, one.yes), (_NO, one.no)]
    return forms.ChoiceField(label=one.asks, help_text=one.help, choices=choices, widget=forms.RadioSelect)


def _answer(one: Question, value: str) -> int | str | bool:
    if one.kind == "scale":
        return int(value)
    return value == _YES if one.kind == "yes-no" else value.strip()
