"""Those who get data, a row each."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.plain_text import shown
from tryggve.domains.rights.engine.purposes import Language, Receiver

EMPTY_ROWS = 2
MOST = 30
LIST = "receivers-known"


class Choice(forms.ChoiceField):
    """One of several, of which nothing is one too."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class ReceiverForm(forms.Form):
    """One of them; a row without a name is nobody."""

    name = forms.CharField(
        label=_("Who?"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("On whose behalf?"),
        choices=[
            ("processor", _("yours, by agreement")),
            ("own", _("their own, as a bank or authority")),
        ],
    )
    country = Choice(label=_("Where?"))
    safeguard = Choice(label=_("Outside the EU: why is it allowed?"))

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language: Language = language
        inside = ("", pgettext_lazy("where a supplier is", "in the EU or EEA"))
        none = ("", pgettext_lazy("why a transfer is allowed", "not outside the EU"))
        self._choose("country", inside, "countries")
        self._choose("safeguard", none, "safeguards")

    def _choose(self, field: str, empty: tuple[str, Any], group: labels.Group) -> None:
        known = [(code, labels.word(group, code, language=self.language)) for code in labels.known(group)]
        # What somebody wrote in another way stays to be chosen.
        present = self.initial.get(field)
        if present and present not in labels.known(group):
            known.append((present, present))
        self.fields[field].choices = [empty, *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        name, abroad = shown(answers.get("name") or ""), answers.get("country")
        if name and abroad and not answers.get("safeguard"):
            self.add_error("safeguard", _("Say why data may go there. Ask the supplier if you don't know."))
        return answers | {"name": name}

    def receiver(self) -> Receiver | None:
        answers = self.cleaned_data
        if not answers.get("name"):
            return None
        return Receiver(
            name=code_of(answers["name"], self.language),
            processor=answers["role"] == "processor",
            country=answers["country"],
            safeguard=answers["safeguard"] if answers["country"] else "",
        )


def rows(
    data: Any, receivers: Iterable[Receiver], *, language: Language
) -> "forms.BaseFormSet[ReceiverForm]":
    """A row for each, and some empty ones."""
    made = forms.formset_factory(ReceiverForm, extra=EMPTY_ROWS, max_num=MOST, validate_max=True)
    initial = [
        {
            "name": labels.word("recipients", one.name, language=language),
            "role": "processor" if one.processor else "own",
            "country": one.country,
            "safeguard": one.safeguard,
        }
        for one in receivers
    ]
    return made(data, initial=initial, prefix="receivers", form_kwargs={"language": language})


def receivers_of(rows: "forms.BaseFormSet[ReceiverForm]") -> tuple[Receiver, ...]:
    """Those that have a name, each of them once."""
    found = (row.receiver() for row in rows)
    return tuple({one.name: one for one in found if one is not None}.values())


def known_names(language: Language) -> list[str]:
    """What is offered while one types."""
    return [labels.word("recipients", code, language=language) for code in labels.known("recipients")]


def code_of(name: str, language: Language) -> str:
    """The code of a word that we know, so that it stands in every language; else the company's own word."""
    by_word = {
        labels.word("recipients", code, language=language).casefold(): code
        for code in labels.known("recipients")
    }
    return by_word.get(name.casefold(), name)
