"""One purpose, asked for in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.calendars.keeping_rules import offered_rules
from tryggve.domains.rights.engine.papers.phrases import capital
from tryggve.domains.rights.engine.plain_text import shown
from tryggve.domains.rights.engine.purposes import Facts, Language, Purpose, Receiver, Words

_LONG = {"rows": 3}
# By the name of the field: the labels that it offers, which is also what the fact is called.
_GROUPS: dict[str, labels.Group] = {"persons": "persons", "details": "data", "sources": "sources"}
_OF_INTEREST, _OF_LAW = "f", "c"
_SAME = "same"
_SENTENCES_ASKED = ("name", "description", "keeping", "consequence")


class Ticks(forms.MultipleChoiceField):
    """Asked for, but own words count as well: the form sees to it that there is one of them."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def _several(label: Any, help_text: Any = "", *, required: bool = True) -> Ticks:
    return Ticks(label=label, help_text=help_text, required=required, widget=forms.CheckboxSelectMultiple)


def _own_words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("One on each line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _sentences(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs=_LONG),
    )


class PurposeForm(forms.Form):
    """What the company does with data, about whom, why it may and how long; read by ``facts`` and ``words``."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("What do you call it?"), max_length=100, help_text=_("Two or three words: «Newsletter».")
    )
    description = _sentences(
        _("What do you do with the data?"), _("As you would say it to the customer."), required=True
    )
    persons = _several(_("Whom is the data about?"))
    persons_more = _own_words(_("Others whom it is about"))
    details = _several(_("What do you keep?"), _("No more than you need for this."))
    details_more = _own_words(_("Other things that you keep"))
    needed = _several(
        _("What do you need of the customer's card for this?"),
        _("Nobody needs to fill in the rest for its sake. Tick nothing if it isn't about customers."),
        required=False,
    )
    sources = _several(
        _("Does it come from somebody else than the person?"),
        _("Tick nothing if it doesn't."),
        required=False,
    )
    sources_more = _own_words(_("Other places that it comes from"))
    legal_basis = forms.ChoiceField(
        label=_("Why may you?"),
        widget=forms.RadioSelect,
        choices=[
            ("b", _("It is needed for what the person has ordered or asked for (agreement)")),
            ("a", _("The person has said yes, and may take it back (consent)")),
            ("c", _("A law says that we must (legal obligation)")),
            ("f", _("We need it, and it harms the person little (legitimate interest)")),
            ("d", _("Somebody's life or health depends on it (vital interests)")),
            ("e", _("It is a task of public interest, as the law says")),
        ],
    )
    law = forms.ChoiceField(label=_("Which law?"), required=False)
    law_other = forms.CharField(label=_("Another law"), required=False, max_length=200)
    interest = forms.CharField(
        label=_("What do you need it for?"),
        required=False,
        max_length=300,
        help_text=_("For legitimate interest. Ends the sentence «We have an interest: …»"),
    )
    special_basis = forms.ChoiceField(
        label=_("Is there sensitive data in it, such as health, religion or trade union?"), required=False
    )
    special = _sentences(_("Why do you need the sensitive data?"))
    retention = forms.ChoiceField(label=_("How long do you keep it?"))
    ending = forms.CharField(
        label=_("What does the time count from?"),
        required=False,
        max_length=100,
        help_text=_("If the time counts from the end of something. Ends the sentence: «3 years after …»"),
    )
    keeping = _sentences(_("Why so long?"), required=True)
    required = forms.ChoiceField(
        label=_("Must the person give you the data?"),
        widget=forms.RadioSelect,
        choices=[
            ("contract", _("Yes, else there can be no agreement")),
            ("law", _("Yes, a law says so")),
            ("voluntary", pgettext_lazy("must the person give data", "No")),
        ],
    )
    consequence = _sentences(_("What happens if they don't?"), required=True)
    automated = _sentences(
        _("Does a computer decide anything about the person, without people?"),
        _("Then say how, and what it means for the person. Usually empty."),
    )

    means_the_same = forms.ChoiceField(
        label=_("Customers are asked for a yes to this. Do you still do the same thing?"),
        widget=forms.RadioSelect,
        choices=[
            (_SAME, _("Yes, it is only said better: their yes still holds")),
            ("other", _("No: nobody has said yes to this yet, and I ask everybody anew")),
        ],
    )

    def __init__(
        self, typed: Mapping[str, Any] | None, *, language: Language, country: str, known: Purpose | None
    ) -> None:
        super().__init__(typed, initial=_initial(known) if known else {"required": "voluntary"})
        self.language: Language = language
        self.known = known
        if known is None or not known.facts.is_by_consent:
            del self.fields["means_the_same"]
        for name, group in _GROUPS.items():
            self._choose(name, [(code, self._word(group, code)) for code in labels.known(group)])
        self._choose("law", [("", "–"), *((law, self._word("laws", law)) for law in labels.known("laws"))])
        none = ("", pgettext_lazy("sensitive data", "No"))
        bases = [(code, self._word("special_bases", code)) for code in labels.known("special_bases")]
        self._choose("special_basis", [none, *bases])
        self._choose("retention", self._times(country))
        self._choose("needed", [(code, self._word("fields", code)) for code in labels.known("fields")])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        answers |= {name: shown(text) for name, text in answers.items() if _is_sentence(name, text)}
        for name in _SENTENCES_ASKED:
            if name in answers and not answers[name]:  # of letters that nobody sees
                self.add_error(name, self.fields[name].error_messages["required"])
        for name in ("persons", "details"):
            if not (answers.get(name) or _lines(answers.get(f"{name}_more", ""))):
                self.add_error(name, _("Tick one at least, or write your own below."))
        self._require_reason(answers)
        return answers

    def _require_reason(self, answers: dict[str, Any]) -> None:
        basis = answers.get("legal_basis")
        if basis == _OF_LAW and not (answers.get("law") or answers.get("law_other")):
            self.add_error("law", _("Say which law it is."))
        if basis == _OF_INTEREST and not answers.get("interest"):
            self.add_error("interest", _("Say what you need it for."))
        if labels.is_sensitive(answers.get("details", ())) and not answers.get("special_basis"):
            self.add_error("special_basis", _("You have ticked data about health: say why you may keep it."))

    def is_still_the_same(self) -> bool:
        """Whether what customers said yes to is what the purpose says from now on."""
        return self.cleaned_data.get("means_the_same") == _SAME

    def facts(self, *, recipients: tuple[Receiver, ...]) -> Facts:
        """The answers that hold in any language."""
        answers = self.cleaned_data
        before = self.known.facts if self.known else Facts("b", (), (), "")
        law = (answers["law_other"] or answers["law"]) if answers["legal_basis"] == _OF_LAW else ""
        return replace(
            before,
            legal_basis=answers["legal_basis"],
            persons=_as_before(before.persons, self._all("persons")),
            data=_as_before(before.data, self._all("details")),
            recipients=recipients,
            sources=_as_before(before.sources, self._all("sources")),
            fields=_as_before(before.fields, answers["needed"]),
            law=law,
            special_basis=answers["special_basis"],
            retention=answers["retention"],
            required=answers["required"],
        )

    def words(self) -> Words:
        """The answers that are sentences of the language."""
        names = (
            "name",
            "description",
            "keeping",
            "consequence",
            "interest",
            "special",
            "automated",
            "ending",
        )
        return Words(**{name: self.cleaned_data[name] for name in names})

    def _all(self, name: str) -> tuple[str, ...]:
        return (*self.cleaned_data[name], *_lines(self.cleaned_data[f"{name}_more"]))

    def _times(self, country: str) -> list[tuple[str, str]]:
        codes = [rule.code for rule in offered_rules(country)]
        present = self.known.facts.retention if self.known else ""
        if present and present not in codes:
            codes.append(present)
        return [(code, capital(labels.time_of(code, language=self.language, ending="…"))) for code in codes]

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def _word(self, group: labels.Group, code: str) -> str:
        return capital(labels.word(group, code, language=self.language))


def _initial(known: Purpose) -> dict[str, Any]:
    facts, words = known.facts, known.words
    told = {name: getattr(words, name) for name in Words.__slots__}
    told |= {name: getattr(facts, name) for name in ("legal_basis", "special_basis", "retention", "required")}
    for name, group in _GROUPS.items():
        codes, offered = getattr(facts, group), labels.known(group)
        told[name] = [code for code in codes if code in offered]
        told[f"{name}_more"] = "\n".join(code for code in codes if code not in offered)
    told["needed"] = [code for code in facts.fields if code in labels.known("fields")]
    is_known_law = facts.law in labels.known("laws")
    return told | {"law": facts.law if is_known_law else "", "law_other": "" if is_known_law else facts.law}


def _as_before(before: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """In the order in which they stood, what is new last: a browser sends ticks in the order of the page."""
    return tuple(sorted(chosen, key=lambda code: before.index(code) if code in before else len(before)))


def _lines(text: str) -> list[str]:
    lines = (shown(line) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _is_sentence(name: str, text: Any) -> bool:
    return isinstance(text, str) and not name.endswith("_more")
