from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.engine.starter import Starter, firm_kinds


class FirmKindForm(forms.Form):
    """Which sort of company it is."""

    kind = forms.ChoiceField(label=_("What sort of company is it?"), widget=forms.RadioSelect)

    def __init__(self, *args: object, language: Language, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, labels.word("firm_kinds", kind, language=language)) for kind in firm_kinds()
        ]


@dataclass(frozen=True, slots=True)
class Offer:
    """A purpose that may be taken over: what is shown of it, and whether it is ticked."""

    code: str
    name: str
    description: str
    legal_basis: str
    keeping: str
    is_ticked: bool
    is_used: bool


def offers(
    starters: Sequence[Starter], *, language: Language, used: frozenset[str], is_ticked: bool
) -> list[Offer]:
    """The rows to tick, in the words of the language."""
    return [_offer(one, language, is_used=one.code in used, is_ticked=is_ticked) for one in starters]


def _offer(starter: Starter, language: Language, *, is_used: bool, is_ticked: bool) -> Offer:
    told = starter.told_in(language)
    return Offer(
        code=starter.code,
        name=told.words.name,
        description=told.words.description,
        legal_basis=labels.word("legal_bases", told.facts.legal_basis, language=language),
        keeping=labels.time_of(told.facts.retention, language=language, ending=told.words.ending),
        is_ticked=is_ticked,
        is_used=is_used,
    )
